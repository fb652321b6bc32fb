import { DEFAULT_LEAK } from '../model/activations';
import type { PredictingModel } from '../model/model-file';
import type { Line } from './lines';

/** The numbers around an expert's line: mean = offset + scale × g(line). */
export type Response = Pick<PredictingModel, 'activation' | 'leak' | 'output'>;

/**
 * An expert as text, columns by their labels: "Strength = 12.5 + 0.7312 × Age − 0.25 × [sex=F]", or with a response
 * "Strength = 2.3 + 79.9 × sigmoid(0.4 + 0.01 × Age)". A name that could be misread stands in brackets; a category's [column=level] is
 * 1 for rows of that level, else 0. A ReLU takes the scale into its line: scale × g(line) = g(scale × line).
 *
 * Every number is rounded as far as the evaluated text stays within `tolerance` of the exact mean at every training row: each of the
 * d + 3 roundings at most (d + 1 of a linear expert) may cost the same share of it.
 *
 * @param line     the expert's mean where it is linear, else its score
 * @param largest  d: largest absolute value of each encoded column over the training rows
 */
export function equationText(
  target: string,
  names: readonly string[],
  line: Line,
  largest: ArrayLike<number>,
  tolerance: number,
  response: Response = LINEAR,
): string {
  const left = `${reference(target)} = `;
  const { activation, leak, output } = response;
  if (activation === 'linear') return left + sumText(names, line, largest, tolerance / (names.length + 1));
  const share = tolerance / (names.length + 3);
  const offset = rounded(output.offset, share);
  const before = left + (offset === '0' ? '' : `${signed(offset)} + `);
  if (activation === 'relu' || activation === 'leaky-relu') {
    const { constant, slopes } = line;
    const scaled = { constant: output.scale * constant, slopes: slopes.map((slope) => output.scale * slope) };
    const inner = sumText(names, scaled, largest, share);
    return before + (activation === 'relu' ? `relu(${inner})` : `leaky_relu(${inner}, ${leak ?? DEFAULT_LEAK})`);
  }
  const scale = output.scale === 1 ? '' : `${rounded(output.scale, share)} × `;
  const inner = sumText(names, line, largest, share / (output.scale * STEEPEST[activation]));
  return `${before}${scale}${activation}(${inner})`;
}

const LINEAR: Response = { activation: 'linear', output: { offset: 0, scale: 1 } };

/** The largest slope of a bounded response. */
const STEEPEST = { sigmoid: 0.25, tanh: 1 };

/** constant + Σ slope × name, every number rounded as far as it changes the sum by no more than `error` at any row. */
function sumText(names: readonly string[], line: Line, largest: ArrayLike<number>, error: number): string {
  let text = signed(rounded(line.constant, error));
  names.forEach((name, j) => {
    const slope = rounded(line.slopes[j], largest[j] > 0 ? error / largest[j] : Number.POSITIVE_INFINITY);
    if (Number(slope) === 0) return;
    text += slope.startsWith('-') ? ` − ${slope.slice(1)} × ${reference(name)}` : ` + ${slope} × ${reference(name)}`;
  });
  return text;
}

const reference = (name: string) => (/^[\p{L}_][\p{L}\p{N}_ ]*$/u.test(name) ? name : `[${name}]`);

/** With a true minus before it; one in an exponent stays, so that the number can be pasted. */
const signed = (number: string) => number.replace(/^-/, '−');

/** The shortest decimal within `error` of the value; exact (shortest round-trip form) where no error is allowed. */
export function rounded(value: number, error: number): string {
  if (value === 0 || Math.abs(value) <= error) return '0';
  for (let digits = 1; digits < 17; digits++) {
    const candidate = Number(value.toPrecision(digits));
    if (Math.abs(candidate - value) <= error) return String(candidate);
  }
  return String(value);
}
