import { compact } from '../format';

export interface NumberRule {
  readonly min: number;
  readonly max: number;
  readonly integer?: boolean;
  readonly optional?: boolean;
  /** The numbers around the field are written with a decimal comma: "1.000" is the doubtful one, not "1,000". */
  readonly decimalComma?: boolean;
}

type Read = { readonly ok: true; readonly value: number | null } | { readonly ok: false; readonly error: string };

/** "1,000": thousands to some, one and no thousandths to others. */
const grouped = /^[+-]?[1-9]\d{0,2}(,\d{3})+$/;
const groupedByPoint = /^[+-]?[1-9]\d{0,2}\.\d{3}$/;
/** Numbers whose marks leave no doubt: 1,234.5 and 1.234,5 and 1.234.567. */
const surelyComma = /^[+-]?[1-9]\d{0,2}(,\d{3})+\.\d*$/;
const surelyPoint = /^[+-]?[1-9]\d{0,2}((\.\d{3})+,\d*|(\.\d{3}){2,})$/;

/**
 * The number a person typed (decimal comma, true minus, "1e-6", thousands apart where nothing else can be meant), or what is wrong
 * with it in words.
 */
export function readNumber(text: string, rule: NumberRule): Read {
  const typed = text.trim().replace('\u2212', '-');
  const twoWays = (rule.decimalComma ? groupedByPoint : grouped).test(typed);
  const plain =
    surelyComma.test(typed) || (twoWays && !rule.decimalComma)
      ? typed.replaceAll(',', '')
      : surelyPoint.test(typed) || twoWays
        ? typed.replaceAll('.', '').replace(',', '.')
        : typed.replaceAll(',', '.');
  if (twoWays && !rule.integer)
    return {
      ok: false,
      error: `“${text.trim()}” can be read in two ways; write ${plain}, or the fraction with a ${rule.decimalComma ? 'comma' : 'point'}.`,
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
