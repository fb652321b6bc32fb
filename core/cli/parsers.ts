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

const units = { B: 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };

/** --memory: a number with its unit, in bytes. */
export function memorySize(text: string): number {
  const found = /^(\d+\.?\d*|\.\d+)\s*([KMGT]?B)$/i.exec(text.trim());
  const bytes = found ? Number(found[1]) * units[found[2].toUpperCase() as keyof typeof units] : 0;
  if (bytes >= 1) return bytes;
  throw new InvalidArgumentError('Give a size such as 500MB or 2GB.');
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
