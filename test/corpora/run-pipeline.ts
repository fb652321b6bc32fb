import type { ModelFile } from '../../core/model/model-file';
import { evaluateRow } from '../core/evaluate/fixture';

type Raw = Readonly<Record<string, string>>;
type Value = number | string | null;

/** Days since 1970 of a date, by an own reading: three runs of digits in an order, a clock behind them. */
function days(text: string, order: string): number {
  const [first, second, third, h = 0, m = 0, s = 0] = text.match(/\d+/g)!.map(Number);
  if (order === 'time') return (first * 3600 + second * 60 + (third ?? 0)) / 86_400;
  const [year, month, day] = { 'year-month-day': [first, second, third], 'day-month-year': [third, second, first] }[
    order
  ] ?? [third, first, second];
  return Date.UTC(year, month - 1, day) / 86_400_000 + (h * 3600 + m * 60 + s) / 86_400;
}

function part(day: number, name: string): number {
  const date = new Date(Math.round(day * 86_400_000));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    weekday: date.getUTCDay() === 0 ? 7 : date.getUTCDay(),
    hour: date.getUTCHours(),
  }[name]!;
}

function transformed(x: number, { kind, lambda = 1 }: { kind: string; lambda?: number }): number {
  if (kind === 'log') return Math.log(x);
  if (kind === 'log1p') return Math.log1p(x);
  if (kind === 'sqrt') return Math.sqrt(x);
  if (x >= 0) return lambda === 0 ? Math.log1p(x) : Math.expm1(lambda * Math.log1p(x)) / lambda;
  return lambda === 2 ? -Math.log1p(-x) : -Math.expm1((2 - lambda) * Math.log1p(-x)) / (2 - lambda);
}

/** The encoded vector of a raw row by the steps of model.json alone; null where it has no prediction. "" is a missing value. */
export function encodeByPipeline(model: ModelFile, raw: Raw): number[] | null {
  const value: Record<string, Value> = {};
  for (const { column, kind } of model.features)
    value[column] = raw[column] === '' ? null : kind === 'numeric' ? Number(raw[column]) : raw[column];
  const made: Record<string, number> = {};
  for (const step of model.pipeline) {
    if (step.step === 'drop-missing') {
      if (step.columns.some((column) => value[column] === null)) return null;
      continue;
    }
    const x = value[step.column];
    switch (step.step) {
      case 'date':
        if (x !== null) value[step.column] = days(String(x), step.order);
        break;
      case 'impute':
        value[step.column] = x ?? step.value;
        break;
      case 'indicator':
        made[step.name] = raw[step.column] === '' ? 1 : 0;
        break;
      case 'winsorise':
        value[step.column] = Math.min(step.high, Math.max(step.low, Number(x)));
        break;
      case 'transform':
        made[step.name] = transformed(Number(x), step.transform);
        break;
      case 'elapsed-days':
        made[step.name] = Number(x) - step.origin;
        break;
      case 'date-parts':
        for (const one of step.parts) made[one.name] = part(Number(x), one.part);
        break;
      case 'pool':
        if (step.levels.includes(String(x))) value[step.column] = step.into;
        break;
      case 'one-hot':
        for (const level of step.levels) made[`${step.column}=${level}`] = x === level ? 1 : 0;
        break;
    }
  }
  return model.columns.map(({ name }) => made[name] ?? Number(value[name]));
}

const back = (t: number, { kind, lambda = 1 }: { kind: string; lambda?: number }): number => {
  if (kind === 'sqrt') return t > 0 ? t ** 2 : 0;
  if (t >= 0) return lambda === 0 ? Math.expm1(t) : (1 + lambda * t) ** (1 / lambda) - 1;
  return lambda === 2 ? -Math.expm1(-t) : 1 - (1 - (2 - lambda) * t) ** (1 / (2 - lambda));
};

/** Prediction, sd and means in the target's units, as model.json says. */
export function predictByFile(model: ModelFile, z: readonly number[]) {
  const linear = evaluateRow(model, z);
  const target = model.targetTransform;
  if (!target) return linear;
  const moments = model.experts.map(({ sigma }, e): [number, number] => {
    const mu = linear.means[e];
    if (target.kind === 'log') {
      const mean = Math.exp(mu + sigma ** 2 / 2);
      return [mean, mean ** 2 * (Math.exp(sigma ** 2) - 1)];
    }
    const { nodes, weights } = target.rule!;
    const at = nodes.map((node) => back(mu + sigma * node, target));
    const mean = at.reduce((sum, y, q) => sum + weights[q] * y, 0);
    return [mean, at.reduce((sum, y, q) => sum + weights[q] * (y - mean) ** 2, 0)];
  });
  const means = moments.map(([mean]) => mean);
  const prediction = means.reduce((sum, mean, e) => sum + linear.gates[e] * mean, 0);
  const variance = moments.reduce((sum, [mean, v], e) => sum + linear.gates[e] * (v + (mean - prediction) ** 2), 0);
  return { means, gates: linear.gates, prediction, sd: Math.sqrt(variance) };
}
