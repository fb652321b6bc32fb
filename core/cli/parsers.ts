import { InvalidArgumentError } from 'commander';

/** Parsers of option values: what commander prints before "is invalid" comes from it, the reason from here. */
const numeric = (text: string) =>
  /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : Number.NaN;

export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = numeric(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
    throw new InvalidArgumentError(`Give a whole number ${range}.`);
  };
}

export function numberBetween(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = numeric(text);
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Give a number from ${least} to ${most}.`);
  };
}

export function positiveNumber(text: string): number {
  const value = numeric(text);
  if (value > 0 && value < Infinity) return value;
  throw new InvalidArgumentError('Give a number above 0.');
}

/** --noise: a word, or sigma in target units. */
export function noiseLevel(text: string): 'shared' | 'per-expert' | number {
  if (text === 'shared' || text === 'per-expert') return text;
  const value = numeric(text);
  if (value > 0 && value < Infinity) return value;
  throw new InvalidArgumentError('Give shared, per-expert, or a number above 0 in target units.');
}

/** Collects the values of an option that may be repeated. */
export const repeated = (text: string, before: readonly string[] | undefined): string[] => [...(before ?? []), text];
