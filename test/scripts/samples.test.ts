import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { realSamples, simulatedSamples } from '../../scripts/sample-tables.mjs';

const folder = new URL('../../resources/samples/', import.meta.url);
const read = (name: string) => readFileSync(fileURLToPath(new URL(name, folder)), 'utf8');

interface Entry {
  id: string;
  name: string;
  file: string;
  rows: number;
  columns: number;
  target: string;
  licence: string;
  source: string;
}
const entries = JSON.parse(read('samples.json')) as Entry[];

test('every sample of the script is in the list, and in no other order', () => {
  expect(entries.map(({ id }) => id)).toEqual([...realSamples, ...simulatedSamples].map(({ id }) => id));
});

describe.each(entries)('$id', ({ file, name, rows, columns, target, licence, source }) => {
  const lines = read(file).trimEnd().split('\n');
  const header = lines[0].split(',');

  test('has the rows and columns it says', () => {
    expect([lines.length - 1, header.length]).toEqual([rows, columns]);
  });

  test('has its target among its columns', () => expect(header).toContain(target));

  test('has its source and licence written beside it', () => {
    const licences = read('LICENCES.md');
    for (const text of [name, file, licence, source]) expect(licences).toContain(text);
  });
});

test('a simulated sample is what its truth says: the residuals of the right expert have its sigma', () => {
  for (const { id, settings } of simulatedSamples) {
    const truth = JSON.parse(read(`${id}.truth.json`)) as { experts: { weights: number[] }[] };
    const rows = read(`${id}.csv`)
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').map(Number));
    // The nearest expert is the right one for nearly all rows, and slightly too near: hence a bound, not an equality.
    const residuals = rows.map((row) =>
      Math.min(
        ...truth.experts.map(({ weights }) =>
          Math.abs(row.at(-1)! - weights.reduce((sum, w, j) => sum + w * row[j], 0)),
        ),
      ),
    );
    const rms = Math.sqrt(residuals.reduce((sum, residual) => sum + residual ** 2, 0) / rows.length);
    expect(rms).toBeLessThanOrEqual(settings.sigma);
    expect(rms).toBeGreaterThan(settings.sigma / 2);
  }
});
