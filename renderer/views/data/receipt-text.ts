import type { TableInfo } from '../../../core/data/types';
import { count } from '../../format';

/** What a cell was read as. */
export type CellKind = 'number' | 'text' | 'missing' | 'failed';

export interface ReceiptRow {
  readonly name: string;
  readonly label: string;
  readonly counts: Readonly<Record<CellKind, number>>;
}

/** Columns in which something is to be looked at come first; otherwise in the order of the file. */
export function receiptRows({ columns }: Pick<TableInfo, 'columns'>): ReceiptRow[] {
  const rows = columns.map(({ name, label, cells }) => ({
    name,
    label,
    counts: { number: cells.numbers, text: cells.texts, missing: cells.missing, failed: cells.failed },
  }));
  const urgency = ({ counts }: ReceiptRow): number => (counts.failed > 0 ? 2 : counts.missing > 0 ? 1 : 0);
  return rows.sort((a, b) => urgency(b) - urgency(a));
}

/** The whole receipt as text, every column of it. */
export function receiptText(table: TableInfo, warnings: readonly string[]): string {
  const lines = ({ count: all, first }: TableInfo['rejected']): string[] => [
    ...first.map(({ line, reason }) => `  line ${count(line)}: ${reason}`),
    ...(all > first.length ? [`  and ${count(all - first.length)} later ones`] : []),
  ];
  return [
    `${table.file.name}, SHA-256 ${table.file.sha256}`,
    ...table.decisions.map(
      ({ id, label, because, byHand }) => `${id}: ${label} (${because}${byHand ? '; by hand' : ''})`,
    ),
    `lines in the file: ${count(table.lines)}`,
    `rows read: ${count(table.rows)}`,
    `rows mended: ${count(table.repaired.count)}`,
    ...lines(table.repaired),
    `rows left out: ${count(table.rejected.count)}`,
    ...lines(table.rejected),
    '',
    ['column', 'type', 'numbers', 'texts', 'no value', 'not read'].join('\t'),
    ...table.columns.map(({ name, type, cells }) =>
      [name, type, cells.numbers, cells.texts, cells.missing, cells.failed].join('\t'),
    ),
    ...(warnings.length ? ['', ...warnings] : []),
    '',
  ].join('\n');
}
