import { expect, test } from 'vitest';
import { useEngine } from '../../../renderer/stores/engine';
import { demandsOf, isLarge, planOf } from '../../../renderer/views/model/plan';
import { scripted } from '../runs/harness';

const memory = {
  rows: 1_000_000,
  columns: 20,
  matrix: 176e6,
  inMemory: 6e8,
  needed: 6e8,
  allowed: 8e9,
  onFile: false,
  disk: 0,
  sentence: 'A million rows.',
};

test('a table is large by its rows, by its share of the memory, or because it does not fit', () => {
  expect(isLarge(memory)).toBe(true);
  expect(isLarge({ ...memory, rows: 50_000, needed: 1e6 })).toBe(false);
  expect(isLarge({ ...memory, rows: 50_000, needed: 1e9 })).toBe(true);
  expect(isLarge({ ...memory, rows: 5, needed: 1, onFile: true })).toBe(true);
});

test('what can run is listed with its starts, passes and time', () => {
  const method = { name: 'EM' } as never;
  const outlook = { id: 'em', refusal: null, fits: 10, seconds: 0.01, assumes: [] };
  const plan = planOf([
    { method, outlook: { ...outlook, passes: 120 } },
    { method, outlook: { ...outlook, refusal: 'No.' } },
    { method, outlook },
  ]);
  expect(demandsOf(plan)).toEqual([
    { name: 'EM', starts: 10, passes: 120, seconds: 0.1 },
    { name: 'EM', starts: 10, passes: null, seconds: 0.1 },
  ]);
});

test('a limit that was chosen is told to an engine that was started again, and the usual one is known', async () => {
  const holds = { bytes: 8e9 };
  const { asked, settle } = scripted({
    'engine/limit': ({ bytes }) => {
      if (typeof bytes === 'number') holds.bytes = bytes;
      return { ok: true, value: { bytes: holds.bytes } };
    },
  });
  const engine = useEngine();
  engine.limitAgain();
  expect(asked.filter(({ method }) => method === 'engine/limit')).toEqual([]);
  await engine.limitMemory(2e9);
  expect([engine.memoryLimit, engine.usualLimit]).toEqual([2e9, 8e9]);
  holds.bytes = 8e9;
  engine.limitAgain();
  await settle();
  expect(holds.bytes).toBe(2e9);
});
