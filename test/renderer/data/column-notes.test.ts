import { expect, test } from 'vitest';
import type { ColumnInfo, Flow } from '../../../core/data/types';
import { notesOf } from '../../../renderer/views/data/column-notes';
import { table } from '../runs/harness';

const column = (changed: Partial<ColumnInfo>): ColumnInfo => ({ ...table.columns[0], name: 'Day', ...changed });
const flow = {
  flagged: [{ column: 'Day', sentence: '“Day” follows.' }],
  warnings: ['“Day” follows.'],
} as unknown as Flow;

test('what the recipe warns of comes before what the cells say, and is said of its column alone', () => {
  const noted = column({ notes: ['Constant.'] });
  expect(notesOf(noted, 'feature', flow).map(({ sentence }) => sentence)).toEqual(['“Day” follows.', 'Constant.']);
  expect(notesOf({ ...noted, name: 'Other' }, 'feature', flow).map(({ sentence }) => sentence)).toEqual(['Constant.']);
  expect(notesOf(noted, 'feature', null)).toHaveLength(1);
});

test('a date is said to be left out as long as it is, and that is no warning', () => {
  const date = column({ type: 'date' });
  expect(notesOf(date, 'ignore', null)).toEqual([
    { kind: 'info', sentence: expect.stringMatching(/^A date is left out unless/) },
  ]);
  expect(notesOf(date, 'feature', null)).toEqual([]);
});
