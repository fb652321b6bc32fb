import { describe, expect, test } from 'vitest';
import { previewOf } from '../../../core/service/design-preview';

const encoded = ['a', 'sex=F'].map((name) => ({ name, column: name, level: null }));
const part = (...rows: number[]) => ({
  rows: Uint32Array.from(rows),
  z: Float64Array.from(rows.flatMap((row) => [row / 2, row % 2])),
});

describe('the preview', () => {
  test('shows the first used rows in the order of the file, each with its part', () => {
    const design = { d: 2, encoded, train: part(0, 3, 4, 9), test: part(1, 7), flow: { used: 6 } };
    expect(previewOf(design, 4)).toEqual({
      columns: ['a', 'sex=F'],
      rows: [
        { row: 0, split: 'train', values: [0, 0] },
        { row: 1, split: 'test', values: [0.5, 1] },
        { row: 3, split: 'train', values: [1.5, 1] },
        { row: 4, split: 'train', values: [2, 0] },
      ],
      total: 6,
    });
  });

  test('shows all rows where there are no more, and training rows alone where none is held out', () => {
    expect(previewOf({ d: 2, encoded, train: part(2, 5), test: null, flow: { used: 2 } }, 100)).toMatchObject({
      rows: [{ row: 2 }, { row: 5 }],
      total: 2,
    });
  });
});
