import type { BenchResult, Timing } from './case';

/** Three digits that count. */
export const digits = (value: number) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3));

/** median [least, most]; a figure taken once stands alone. */
export function cell({ median, min, max }: Omit<Timing, 'unit'>, unit: string): string {
  const spread = min === max ? '' : ` [${digits(min)}, ${digits(max)}]`;
  return `${digits(median)}${spread}${unit === '' ? '' : ` ${unit}`}`;
}

/** What was asked of a line, and whether it was kept; empty where nothing was asked or the line does not count. */
export function verdict({ ours, ratio, asked, doubt }: BenchResult): string {
  if (asked === undefined || doubt !== undefined) return '';
  return `${(ratio ?? ours.median) <= asked ? 'kept' : 'MISSED'}: at most ${digits(asked)}`;
}

/** The results as aligned text. */
export function table(results: readonly BenchResult[]): string {
  const rows = [
    ['', 'ours: median [least, most]', 'beside it', '', 'ratio', 'of the least', ''],
    ...results.map((result) => {
      const { name, ours, peer, ratio, doubt } = result;
      return [
        name,
        cell(ours, ours.unit),
        peer?.name ?? '',
        peer ? cell(peer, ours.unit) : '',
        ratio === null ? '' : digits(ratio),
        ratio === null || !peer ? '' : digits(ours.min / peer.min),
        doubt === undefined ? verdict(result) : `INVALID  ${doubt}`,
      ];
    }),
  ];
  const widths = rows[0].map((_, j) => Math.max(...rows.map((row) => row[j].length)));
  return rows
    .map((row) =>
      row
        .map((text, j) => text.padEnd(widths[j]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
