import { fixed } from '../format';

/** An axis from min to max with a tick every `step`, both ends on a tick. */
export interface LinearScale {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** Ticks at 1, 2 or 5 times a power of ten around [low, high], about `count` intervals. */
export function niceScale(low: number, high: number, count = 5): LinearScale {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) {
    const around = Number.isFinite(low) ? low : 0;
    const step = around === 0 ? 1 : 10 ** Math.floor(Math.log10(Math.abs(around)));
    return { min: around - step, max: around + step, step };
  }
  const raw = span / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((m) => m * power).find((candidate) => candidate >= raw * 0.999) ?? 10 * power;
  return { min: floorTo(low, step), max: ceilTo(high, step), step };
}

/** The same scale around zero, as residuals want it. */
export function symmetricScale(largest: number, count = 4): LinearScale {
  const half = niceScale(0, largest > 0 ? largest : 1, count / 2);
  return { min: -half.max, max: half.max, step: half.step };
}

// Multiples of the step are computed by division so that 0.1 + 0.2 does not add a tick.
const floorTo = (value: number, step: number): number => clean(Math.floor(value / step + 1e-9) * step);
const ceilTo = (value: number, step: number): number => clean(Math.ceil(value / step - 1e-9) * step);
const clean = (value: number): number => Number(value.toPrecision(12));

/** Ticks of a logarithmic axis: the powers of ten in [min, max], with 2 and 5 times them, or even steps, where few fit. */
export function logTicks(min: number, max: number): number[] {
  const from = Math.floor(Math.log10(min));
  const to = Math.ceil(Math.log10(max));
  const exponents = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const inside = (value: number): boolean => value >= min * (1 - 1e-9) && value <= max * (1 + 1e-9);
  const ticks = (multiples: readonly number[]): number[] =>
    exponents.flatMap((exponent) => multiples.map((m) => clean(m * 10 ** exponent))).filter(inside);
  const powers = ticks([1]);
  if (powers.length >= 3) return powers;
  const finer = ticks([1, 2, 5]);
  if (finer.length >= 3) return finer;
  // A narrow range is nearly linear: even steps read best.
  const { min: first, max: last, step } = niceScale(min, max, 4);
  return Array.from({ length: Math.round((last - first) / step) + 1 }, (_, i) => clean(first + i * step)).filter(
    inside,
  );
}

/** A tick's number: as many decimals as its step needs, a true minus, thousands apart from five digits on (1970 is a year). */
export function axisNumber(value: number, step: number): string {
  const decimals = Math.max(0, Math.min(12, -Math.floor(Math.log10(step) + 1e-9)));
  const rounded = Math.abs(value) < step * 1e-6 ? 0 : value;
  return fixed(rounded, decimals).replace(/^(\D?\d),(\d{3})(?!,)/, '$1$2');
}
