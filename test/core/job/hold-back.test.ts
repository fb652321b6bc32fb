import { describe, expect, test } from 'vitest';
import type { DesignRecipe } from '../../../core/data/types';
import { inlineRunner } from '../../../core/fit/task';
import { defaults } from '../../../core/fit/settings';
import { prepareFit, runFit, type FinishedFit } from '../../../core/job';
import { holdBack } from '../../../core/job/hold-back';
import type { FitSpec } from '../../../core/protocol';
import { random } from '../../../core/random';
import { scratch } from '../../corpora/open-text';

const given = { gateRidge: 0.01, pseudoRows: 0, holdBack: true };
/** 3 lines of 11 numbers, 2 gates of 11, 3 sigmas: 58 numbers, so 290 rows are five each. */
const size = {
  experts: 3,
  expertColumns: 10,
  gateColumns: 10,
  intercept: true,
  gateIntercept: true,
  noise: 'per-expert',
} as const;

describe('the rule', () => {
  test('leaves a fit with five rows for each number, or more, as it is', () => {
    for (const rows of [290, 291, 1e6]) expect(holdBack(given, rows, size)).toEqual({ options: given, note: null });
  });

  test('spreads the rows missing to five a number over the experts, and holds the gate with them', () => {
    const { options, note } = holdBack(given, 80, size);
    expect(options).toEqual({ gateRidge: 0.7, pseudoRows: 70, holdBack: true });
    expect(note).toBe(
      'Rows are scarce (1.4 for each number), so every expert is held near the least-squares line as by 70 more rows and the gate is held back (ridge 0.7); holdBack=false leaves them free.',
    );
  });

  test('begins gently: one row short of five a number adds one pseudo-row and does not touch the gate', () => {
    expect(holdBack(given, 289, size).options).toEqual({ ...given, pseudoRows: 1 });
  });

  test('never loosens what was asked for, and gives the same when its own numbers are asked for', () => {
    const tight = { gateRidge: 5, pseudoRows: 500, holdBack: true };
    expect(holdBack(tight, 80, size).options).toEqual(tight);
    const once = holdBack(given, 80, size).options;
    expect(holdBack(once, 80, size).options).toEqual(once);
  });

  test('does nothing where it is turned off, where there is one expert, and where a method has no such option', () => {
    const off = { ...given, holdBack: false };
    expect(holdBack(off, 80, size)).toEqual({ options: off, note: null });
    expect(holdBack(given, 30, { ...size, experts: 1 })).toEqual({ options: given, note: null });
    expect(holdBack({}, 30, size)).toEqual({ options: {}, note: null });
  });
});

const { open } = scratch();

/** Six features, a straight line and heavy-tailed noise. Held-out rows, where named, get other values in every column. */
function scarceTable(rows: number, changed: readonly number[] = [], seed = 8): string {
  const stream = random(seed);
  const lines = Array.from({ length: rows }, (_, r) => {
    const x = Array.from({ length: 6 }, () => stream.normal());
    const y = x[0] - 0.5 * x[1] + Math.exp(1.5 * stream.normal());
    return changed.includes(r) ? [...x.map((value) => 9 - 4 * value), -1e4 * y] : [...x, y];
  });
  return `a,b,c,d,e,f,y\n${lines.map((line) => line.join(',')).join('\n')}\n`;
}

const HELD_OUT = Array.from({ length: 30 }, (_, i) => 3 * i);

async function fitted(text: string, options: FitSpec['options'] = {}, method = 'joint-em'): Promise<FinishedFit> {
  const recipe: DesignRecipe = {
    target: 'y',
    features: ['a', 'b', 'c', 'd', 'e', 'f'],
    gateFeatures: null,
    types: {},
    preprocess: 'standardise',
    output: 'auto',
    intercept: true,
    split: { kind: 'rows', test: HELD_OUT },
  };
  const spec: FitSpec = {
    ...defaults,
    method,
    experts: 3,
    activation: 'linear',
    seed: 1,
    noise: null,
    timeLimit: null,
    restarts: 3,
    options,
  };
  const prepared = await prepareFit(await open(text), recipe, spec, new Int32Array(1));
  if (!prepared.ok) throw new Error(prepared.error.message);
  const quiet = { onStarts: () => undefined, onNews: () => undefined, onEnd: () => undefined };
  const clock = () => 0;
  const finished = await runFit(prepared.value, inlineRunner(clock), quiet, clock);
  if (!finished.ok) throw new Error(finished.error.message);
  return finished.value;
}

const heldOutRatio = ({ result }: FinishedFit): number => {
  const { test: own, baselines } = result.report.metrics;
  return (own?.rmse ?? NaN) / (baselines.ols.test?.rmse ?? NaN);
};

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[(values.length - 1) / 2];

describe('a fit on scarce rows', () => {
  const text = scarceTable(90);

  test.each(['joint-em', 'spectral-em'])(
    'by %s predicts about as well as least squares, as it does not without being held',
    async (method) => {
      const ratios: { held: number; free: number }[] = [];
      for (const seed of [1, 2, 3, 4, 5]) {
        const table = scarceTable(90, [], seed);
        const [held, free] = [await fitted(table, {}, method), await fitted(table, { holdBack: false }, method)];
        ratios.push({ held: heldOutRatio(held), free: heldOutRatio(free) });
        expect(held.result.notes.some((note) => note.startsWith('Rows are scarce (1.6 for each number)'))).toBe(true);
        expect(free.result.notes.some((note) => note.startsWith('Rows are scarce'))).toBe(false);
      }
      expect(median(ratios.map(({ held }) => held))).toBeLessThan(1.1);
      expect(median(ratios.map(({ free }) => free))).toBeGreaterThan(1.2);
    },
  );

  test('records the numbers it ran with in the model', async () => {
    const { options } = (await fitted(text)).result.report.model.method;
    expect(options).toMatchObject({ pseudoRows: 44, gateRidge: 0.44, holdBack: true });
  });

  test('does not look at held-out rows: whatever stands in them, the model is the same', async () => {
    const [one, other] = [await fitted(text), await fitted(scarceTable(90, HELD_OUT))].map(
      ({ result }) => result.report.model,
    );
    expect(other.experts).toEqual(one.experts);
    expect(other.gates).toEqual(one.gates);
    expect(other.method).toEqual(one.method);
  });
});

test('a fit on plenty of rows is the same to the last digit with the rule and without', async () => {
  const [ruled, free] = [await fitted(scarceTable(300)), await fitted(scarceTable(300), { holdBack: false })];
  expect(ruled.result.report.model.experts).toEqual(free.result.report.model.experts);
  expect(ruled.result.report.model.gates).toEqual(free.result.report.model.gates);
  expect(ruled.result.notes).toEqual(free.result.notes);
});
