import type { DuckDBConnection } from '@duckdb/node-api';
import { numberOf, numeral, perColumn, rowsOf, textOf, type Reading } from './database';
import type { ColumnName } from './names';
import type { NumericSummary } from './summarise';
import type { TableInfo } from './types';

type Proposal = TableInfo['proposals'][number];

/** Codes that people put where there is no number: -999, 9999, -99.9, -200, -1, 32767, 1e30. */
const code =
  /^(?:-?9{2,7}(?:\.9+)?|-9|-1|-[1278]00|-?7{3,4}|-?8{3,4}|-1000|-32768|-?32767|-?1e\+?(?:10|20|30|36)|-?9\.9+e\+?\d+)$/;
/** A value stands apart when the nearest other one is farther away than this many times the range of the rest. */
const APART = 0.5;
const FAR_APART = 5;
/** Cells with it, at least, where it is no usual code. */
const REPEATED = 3;
/** Codes looked for on each side of a column. */
const DEPTH = 2;

interface Candidate {
  readonly column: number;
  readonly side: 'min' | 'max';
  readonly value: number;
}

/**
 * Values that a careful person would take for "no value": the smallest or largest of a column, far from the rest and a usual
 * code (or very far, and repeated). Nothing is done with them here.
 */
export async function findSentinels(
  connection: DuckDBConnection,
  columns: readonly number[],
  names: readonly ColumnName[],
  summaries: ReadonlyMap<number, NumericSummary>,
  reading: Reading,
): Promise<Proposal[]> {
  const proposals: Proposal[] = [];
  let candidates = columns.flatMap((column) => candidatesOf(column, summaries.get(column)!));
  for (let depth = 0; depth < DEPTH && candidates.length > 0; depth++) {
    const looked = await lookedAt(connection, candidates, reading);
    const next: Candidate[] = [];
    for (const [i, candidate] of candidates.entries()) {
      const because = looked[i] && evidenceOf(looked[i]);
      if (!because) continue;
      const { column } = candidate;
      for (const { token, count } of await writtenAs(connection, candidate, reading))
        proposals.push({ column: names[column].name, token, count, because });
      next.push({ ...candidate, value: looked[i]!.nearest });
    }
    candidates = next;
  }
  return proposals;
}

/** Ends of a column worth a look by the figures that are known already: a usual code, or one with hardly anything near it. */
function candidatesOf(column: number, { summary, histogram, distinct }: NumericSummary): Candidate[] {
  if (distinct < 3) return [];
  return (['min', 'max'] as const).flatMap((side) => {
    const value = summary[side];
    const counts = side === 'min' ? histogram.counts : [...histogram.counts].reverse();
    const empty = counts.findIndex((count, i) => i > 0 && count > 0) - 1;
    const worth = code.test(String(value))
      ? value < 0 || empty >= counts.length / 4
      : counts[0] >= REPEATED && empty >= 0.75 * counts.length;
    return worth ? [{ column, side, value }] : [];
  });
}

/** What stands beside each candidate; null where nothing does. */
async function lookedAt(
  connection: DuckDBConnection,
  candidates: readonly Candidate[],
  reading: Reading,
): Promise<(Extreme | null)[]> {
  const each = candidates.map((_, i) => i);
  const figures = await perColumn(connection, each, 'cells', (i) => {
    const { column, side, value } = candidates[i];
    const v = numberOf(column, reading);
    const beyond = `filter (${v} ${side === 'min' ? '>' : '<'} ${numeral(value)})`;
    return [
      `${side}(${v}) ${beyond}`,
      `${side === 'min' ? 'max' : 'min'}(${v}) ${beyond}`,
      `count(*) filter (${v} < 0)`,
      `bool_and(${v} = trunc(${v})) ${beyond}`,
      `count(*) filter (${v} = ${numeral(value)})`,
    ];
  });
  return figures.map(([nearest, farthest, negative, whole, cells], i) => {
    if (nearest === null) return null;
    const { value } = candidates[i];
    return {
      value,
      cells: Number(cells),
      nearest: Number(nearest),
      farthest: Number(farthest),
      negative: Number(negative) - (value < 0 ? Number(cells) : 0),
      whole: whole === true,
    };
  });
}

/** The texts that stand for the value. */
async function writtenAs(
  connection: DuckDBConnection,
  { column, value }: Candidate,
  reading: Reading,
): Promise<{ token: string; count: number }[]> {
  const rows = await rowsOf(
    connection,
    `select ${textOf(column, reading)} as t, count(*) from cells where ${numberOf(column, reading)} = ${numeral(value)} group by t order by 2 desc, 1`,
  );
  return rows.map(([text, count]) => ({ token: String(text), count: Number(count) }));
}

interface Extreme {
  readonly value: number;
  readonly cells: number;
  /** Of the other values: the next one, the one at the other end, how many are below 0, whether all are whole. */
  readonly nearest: number;
  readonly farthest: number;
  readonly negative: number;
  readonly whole: boolean;
}

/** Why the value could stand for "no value"; null when nothing speaks for it. */
function evidenceOf({ value, cells, nearest, farthest, negative, whole }: Extreme): string | null {
  const range = Math.abs(farthest - nearest);
  const gap = Math.abs(value - nearest);
  const usual = code.test(String(value));
  const small = Math.abs(value) < 10;
  const apart = gap > (usual ? APART : FAR_APART) * range && range > 0;
  const alone = value < 0 && negative === 0;
  const odd = Number.isInteger(value) && !whole;
  const proposed = usual
    ? small
      ? alone && odd && cells > 1
      : (apart && (cells > 1 || alone || gap > 2 * range)) || (alone && (cells > 1 || odd))
    : apart && cells >= REPEATED;
  if (!proposed) return null;
  const others = `the other values go from ${shown(Math.min(nearest, farthest))} to ${shown(Math.max(nearest, farthest))}`;
  const signs = [alone ? 'it is the only value below 0' : '', odd ? 'it is a whole number among decimals' : ''];
  return [
    `${cells.toLocaleString('en')} ${cells === 1 ? 'cell has' : 'cells have'} it`,
    others,
    ...signs.filter(Boolean),
  ].join(', ');
}

const shown = (value: number): string => String(Number(value.toPrecision(6)));

/** One sentence however many there are; the proposals themselves are listed beside it. */
export function sentinelWarnings(proposals: readonly Proposal[]): string[] {
  if (proposals.length === 0) return [];
  const [{ token, column, because }] = proposals;
  const columns = new Set(proposals.map((proposal) => proposal.column)).size;
  const rest =
    columns > 1 ? ` The same may hold for ${columns - 1} other ${columns === 2 ? 'column' : 'columns'}.` : '';
  return [
    `“${token}” in “${column}” may stand for “no value” (${because}) but was read as a number: treat it as missing there if it does.${rest}`,
  ];
}
