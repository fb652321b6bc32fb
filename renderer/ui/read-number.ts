import { compact } from '../format';

export interface NumberRule {
  readonly min: number;
  readonly max: number;
  readonly integer?: boolean;
  readonly optional?: boolean;
}

type Read = { readonly ok: true; readonly value: number | null } | { readonly ok: false; readonly error: string };

/** "1,000": thousands to some, one and no thousandths to others. */
const grouped = /^[+-]?[1-9]\d{0,2}(,\d{3})+$/;

/**
 * The number a person typed (decimal comma, true minus, "1e-6", thousands apart in whole numbers), or what is wrong with it in
 * words.
 */
export function readNumber(text: string, rule: NumberRule): Read {
  const typed = text.trim().replace('\u2212', '-');
  const twoWays = grouped.test(typed);
  const plain = twoWays ? typed.replaceAll(',', '') : typed.replaceAll(',', '.');
  if (twoWays && !rule.integer)
    return {
      ok: false,
      error: `“${text.trim()}” can be read in two ways; write ${plain}, or the fraction with a point.`,
    };
  if (plain === '') return rule.optional ? { ok: true, value: null } : { ok: false, error: `Give ${range(rule)}.` };
  const value = Number(plain);
  if (!Number.isFinite(value)) return { ok: false, error: `“${text.trim()}” is not a number; give ${range(rule)}.` };
  if (rule.integer && !Number.isInteger(value)) return { ok: false, error: `Give ${range(rule)}.` };
  if (value < rule.min || value > rule.max) return { ok: false, error: `Give ${range(rule)}.` };
  return { ok: true, value };
}

function range({ min, max, integer }: NumberRule): string {
  const kind = integer ? 'a whole number' : 'a number';
  const low = Number.isFinite(min) && Math.abs(min) < 1e15;
  const high = Number.isFinite(max) && Math.abs(max) < 1e15;
  if (low && high) return `${kind} from ${compact(min, 12)} to ${compact(max, 12)}`;
  if (low) return `${kind} of at least ${compact(min, 12)}`;
  return high ? `${kind} of at most ${compact(max, 12)}` : kind;
}
