import { random } from '../../core/random';

/** One row of the table that leaks are looked for in, as texts; '' is missing. */
export type Row = Readonly<Record<(typeof columns)[number], string>>;

/** Features first; the rest says which rows are held out and how much they count. */
export const columns = [
  'size',
  'depth',
  'length',
  'colour',
  'fresh',
  'day',
  'patient',
  'year',
  'set',
  'weight',
  'price',
] as const;

export const features = ['size', 'depth', 'length', 'colour', 'fresh', 'day'] as const;

const ROWS = 160;
const day = (n: number) => new Date(Date.UTC(2020, 0, 1) + n * 86_400_000).toISOString().slice(0, 10);

/** Two rules for a price, with a gate; some cells are missing, one colour is rare, size and price are above 0. */
export function rows(): Row[] {
  const stream = random(77);
  return Array.from({ length: ROWS }, (_, i) => {
    const size = Math.exp(0.5 * stream.normal());
    const depth = stream.normal();
    const colour = i % 23 === 4 ? 'amber' : ['red', 'blue', 'green'][stream.integer(3)];
    const high = stream.uniform() < 1 / (1 + Math.exp(-3 * depth));
    const price = (high ? 9 + 3 * size : 6 - depth) + 0.4 * stream.normal() + (colour === 'blue' ? 1 : 0);
    return {
      size: i % 17 === 5 ? '' : size.toFixed(4),
      depth: depth.toFixed(4),
      length: (depth + 0.3 * stream.normal()).toFixed(4),
      colour: i % 29 === 6 ? '' : colour,
      fresh: stream.uniform() < 0.5 ? 'yes' : 'no',
      day: i % 31 === 7 ? '' : day(stream.integer(700)),
      patient: `p${i % 20}`,
      year: String(2001 + Math.floor(i / 8)),
      set: i % 4 === 1 ? 'test' : 'train',
      weight: String(1 + (i % 3)),
      price: Math.max(0.1, price).toFixed(4),
    };
  });
}

/** Other cells for one row; those that divide the rows stay. */
export type Change = (row: Row, i: number) => Row;

const gap = (row: Row, column: keyof Row, holds: boolean) => (holds ? '' : row[column]);

/** What stands in the held-out rows instead. Only `missing` makes rows incomplete. */
export const changes: Readonly<Record<string, Change>> = {
  'other values': (row, i) => ({
    ...row,
    size: row.size && (3 + (i % 7) / 10).toFixed(3),
    depth: (2 - (i % 5)).toFixed(2),
    length: (i % 4).toFixed(1),
    colour: row.colour && ['green', 'amber'][i % 2],
    fresh: i % 3 === 0 ? 'yes' : 'no',
    day: row.day && day(900 + i),
    weight: String(1 + (i % 5)),
    price: (1 + (i % 13)).toFixed(1),
  }),
  extremes: (row, i) => ({
    ...row,
    size: row.size && String((i % 2 ? 1 : 1e-3) * 1e7),
    depth: String(-1e7 - i),
    length: String(1e-7 * i),
    colour: row.colour && `colour ${i}`,
    fresh: 'no',
    day: row.day && '1901-02-03',
    weight: '1000',
    price: String(1e8 + i),
  }),
  missing: (row, i) => ({
    ...row,
    size: gap(row, 'size', i % 2 === 0),
    depth: gap(row, 'depth', i % 8 === 1),
    length: i % 5 === 0 ? '-5' : row.length,
    colour: gap(row, 'colour', i % 3 === 0),
    day: gap(row, 'day', i % 4 === 2),
    weight: gap(row, 'weight', i % 16 === 5),
    price: i % 16 === 13 ? '' : i % 16 === 9 ? '-4' : '7',
  }),
};

export const csv = (table: readonly Row[]): string =>
  `${columns.join(',')}\n${table.map((row) => columns.map((column) => row[column]).join(',')).join('\n')}\n`;
