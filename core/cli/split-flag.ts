import type { ColumnInfo, Split } from '../data/types';
import { fail, ok, type Result } from '../result';
import { parseList, resolveColumn } from './columns';

/** What `--split` says, with references to columns (names or #n) in place of names. */
export type SplitWords =
  | { readonly kind: 'grouped'; readonly column: string }
  | { readonly kind: 'ordered'; readonly column: string | null }
  | { readonly kind: 'column'; readonly column: string; readonly test: readonly string[] }
  /** Both counts from 0. */
  | { readonly kind: 'fold'; readonly fold: number; readonly folds: number };

/** What goes with `--split`. */
export interface SplitFlags {
  readonly split?: string;
  readonly group?: string;
  readonly repeat?: number;
  readonly testFraction?: number;
}

const FORMS = 'grouped:<column>, ordered, ordered:<column>, column:<name>=<value>,<value> or fold:<i>/<k>';

/** Reads `--split` and checks it against the flags that go with it. Null without the flag. */
export function splitWords({ split, group, repeat, testFraction }: SplitFlags): Result<SplitWords | null> {
  if (split === undefined) {
    const alone = group !== undefined ? '--group' : repeat !== undefined ? '--repeat' : null;
    return alone === null ? ok(null) : usage(`${alone} goes with folds: write --split fold:1/5 as well.`);
  }
  const words = readSplit(split);
  if (!words.ok) return words;
  const { kind } = words.value;
  if (kind !== 'fold' && (group !== undefined || repeat !== undefined))
    return usage(
      `${group === undefined ? '--repeat' : '--group'} goes with folds, not with --split ${split}: ${
        group === undefined ? 'leave it out' : `write --split grouped:${group}, or --split fold:1/5`
      }.`,
    );
  if ((kind === 'fold' || kind === 'column') && testFraction !== undefined)
    return usage(`--split ${split} says itself which rows are held out: leave out --test-fraction.`);
  return words;
}

function readSplit(text: string): Result<SplitWords> {
  const colon = text.indexOf(':');
  const kind = (colon === -1 ? text : text.slice(0, colon)).trim();
  const rest = colon === -1 ? null : text.slice(colon + 1).trim();
  switch (kind) {
    case 'grouped':
      return rest
        ? ok({ kind, column: rest })
        : usage('--split grouped needs a column, as in --split grouped:patient.');
    case 'ordered':
      return rest === ''
        ? usage('--split ordered: has no column; write --split ordered for the order of the file.')
        : ok({ kind, column: rest });
    case 'column':
      return ownColumn(rest ?? '');
    case 'fold':
      return fold(rest ?? '');
    default:
      return usage(`There is no split “${text}”; write one of ${FORMS}.`);
  }
}

/** `set=test,valid`; a name with an equals sign is quoted: `"a=b"=test`. */
function ownColumn(text: string): Result<SplitWords> {
  const found = /^(?:"((?:[^"]|"")+)"|([^"=][^=]*))=(.+)$/s.exec(text);
  if (found === null)
    return usage('--split column needs a name and the values to hold out, as in --split column:set=test.');
  const test = parseList([found[3]]);
  if (!test.ok)
    return usage(`The values ${found[3]} of --split column have an extra comma or an open quote; write set="a, b",c.`);
  return ok({ kind: 'column', column: found[1]?.replaceAll('""', '"') ?? found[2].trim(), test: test.value });
}

function fold(text: string): Result<SplitWords> {
  const found = /^(\d{1,6})\/(\d{1,6})$/.exec(text);
  const [i, k] = found === null ? [0, 0] : [Number(found[1]), Number(found[2])];
  return k >= 2 && i >= 1 && i <= k
    ? ok({ kind: 'fold', fold: i - 1, folds: k })
    : usage(`--split fold:${text} is no fold; write fold:1/5 for the first of five.`);
}

/** The split in the words of a recipe. */
export function splitOf(
  words: SplitWords | null,
  { group, repeat = 1 }: SplitFlags,
  fraction: number,
  seed: number,
  columns: readonly ColumnInfo[],
): Result<Split> {
  if (words === null) return ok({ kind: 'fraction', fraction, seed });
  const named = (reference: string | null | undefined) =>
    reference === null || reference === undefined ? ok(null) : resolveColumn(reference, columns);
  if (words.kind === 'fold') {
    const groups = named(group);
    return groups.ok ? ok({ ...words, repeat: repeat - 1, seed, groups: groups.value }) : groups;
  }
  const column = named(words.column);
  if (!column.ok) return column;
  if (words.kind === 'ordered') return ok({ kind: 'ordered', column: column.value, fraction });
  const name = column.value!;
  return words.kind === 'grouped'
    ? ok({ kind: 'grouped', column: name, fraction, seed })
    : ok({ kind: 'column', column: name, test: [...words.test] });
}

const usage = (message: string): Result<never> => fail('usage/split', message);
