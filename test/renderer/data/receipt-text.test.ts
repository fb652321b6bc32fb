import { expect, test } from 'vitest';
import type { TableInfo } from '../../../core/data/types';
import { receiptRows, receiptText } from '../../../renderer/views/data/receipt-text';
import { table } from '../runs/harness';

const cells = (numbers: number, missing: number, failed: number) => ({ numbers, texts: 0, missing, failed });
const read: TableInfo = {
  ...table,
  columns: table.columns.map((column, i) => ({
    ...column,
    cells: [cells(100, 0, 0), cells(90, 10, 0), cells(98, 0, 2)][i],
  })),
  rejected: { count: 3, first: [{ line: 1200, reason: '4 fields where 3 are expected' }] },
};

test('columns in which something is to be looked at come first', () => {
  expect(receiptRows(read).map(({ label }) => label)).toEqual(['Strength', 'Water', 'Age']);
  expect(receiptRows(read)[0].counts).toEqual({ number: 98, text: 0, missing: 0, failed: 2 });
});

test('the receipt as text hides nothing: every column, every line that is named, and how many are not', () => {
  const text = receiptText(read, ['A warning.']);
  expect(text).toContain('rows left out: 3\n  line 1,200: 4 fields where 3 are expected\n  and 2 later ones\n');
  expect(text).toContain('column\ttype\tnumbers\ttexts\tno value\tnot read\nAge (day)\tnumber\t100\t0\t0\t0\n');
  expect(text).toContain('\nStrength (MPa)\tnumber\t98\t0\t0\t2\n\nA warning.\n');
});
