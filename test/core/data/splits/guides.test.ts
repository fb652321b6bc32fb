import { describe, expect, test } from 'vitest';
import { buildDesign } from '../../../../core/data/design';
import type { DesignRecipe } from '../../../../core/data/types';
import { scratch } from '../../../corpora/open-text';

const { open } = scratch();

/** 40 rows: x, a group, a year, a set, weights and the target; row 3 has no group, row 4 no year. */
const table = () =>
  open(
    `x,patient,year,set,w,y\n${Array.from({ length: 40 }, (_, i) => {
      const weight = i === 7 ? 0 : i === 8 ? -1 : i === 9 ? '' : 1 + (i % 3);
      return [
        Math.sin(i),
        i === 3 ? '' : `p${i % 8}`,
        i === 4 ? '' : 2000 + Math.floor(i / 4),
        i % 5 ? 'train' : 'test',
        weight,
        i,
      ].join(',');
    }).join('\n')}\n`,
  );

const recipe = (changes: Partial<DesignRecipe>): DesignRecipe => ({
  target: 'y',
  features: ['x'],
  gateFeatures: null,
  types: {},
  preprocess: 'standardise',
  output: 'auto',
  intercept: true,
  split: { kind: 'fraction', fraction: 0.2, seed: 1 },
  ...changes,
});
const flowOf = async (changes: Partial<DesignRecipe>) => {
  const built = await buildDesign(await table(), recipe(changes), 'linear');
  if (!built.ok) throw new Error(built.error.message);
  return built.value.flow;
};
const refusal = async (changes: Partial<DesignRecipe>) => {
  const built = await buildDesign(await table(), recipe(changes), 'linear');
  return built.ok ? null : built.error.code;
};

describe('the column of a split', () => {
  test('drops rows that have no value in it and is named for it', async () => {
    const grouped = await flowOf({ split: { kind: 'grouped', column: 'patient', fraction: 0.25, seed: 1 } });
    expect(grouped).toMatchObject({ used: 39, dropped: 1, droppedBy: [{ column: 'patient', rows: 1 }] });
    expect(grouped.split).toMatch(/^2 of the 8 values of “patient” are held out, which are \d+ rows\.$/);
    const ordered = await flowOf({ split: { kind: 'ordered', column: 'year', fraction: 0.2 } });
    expect(ordered).toMatchObject({ used: 39, test: 8, droppedBy: [{ column: 'year', rows: 1 }] });
    expect(ordered.split).toBe('Rows with “year” from 2008 on are held out, which are 8 rows.');
    expect(await flowOf({ split: { kind: 'column', column: 'set', test: ['test'] } })).toMatchObject({
      used: 40,
      test: 8,
    });
    expect(
      await flowOf({ split: { kind: 'fold', folds: 4, fold: 3, repeat: 1, seed: 1, groups: 'patient' } }),
    ).toMatchObject({ used: 39, split: 'Fold 4 of 4 is held out, repeat 2.' });
  });

  test('may hold dates, whichever way round they are written', async () => {
    const lines = Array.from(
      { length: 30 },
      (_, i) => `${Math.sin(i)},${i + 1 > 9 ? i + 1 : `0${i + 1}`}/0${1 + (i % 3)}/2021,${i}`,
    );
    const built = await buildDesign(
      await open(`x,day,y\n${lines.join('\n')}\n`),
      recipe({ split: { kind: 'ordered', column: 'day', fraction: 1 / 3 } }),
      'linear',
    );
    if (!built.ok) throw new Error(built.error.message);
    // Day first: every day of March comes after the 29th of January.
    expect([...built.value.test!.rows]).toEqual(Array.from({ length: 10 }, (_, i) => 3 * i + 2));
    expect(built.value.flow.split).toBe('Rows with “day” from 2021-03-03 on are held out, which are 10 rows.');
  });

  test('of dates that could be read two ways is told, once where they are a feature too', async () => {
    const days = ['01/02/2021', '02/01/2021', '03/04/2021', '04/03/2021', '05/06/2021', '06/05/2021'];
    const table = await open(`x,day,y\n${days.map((day, i) => `${Math.sin(i)},${day},${i}`).join('\n')}\n`);
    for (const features of [['x'], ['x', 'day']]) {
      const split = { kind: 'ordered', column: 'day', fraction: 1 / 3 } as const;
      const built = await buildDesign(table, recipe({ features, split }), 'linear');
      if (!built.ok) throw new Error(built.error.message);
      const told = built.value.flow.warnings.filter((warning) => warning.includes('day first or month first'));
      expect(told).toEqual([expect.stringContaining('“01/02/2021” as 2021-02-01')]);
    }
  });

  test('is not used as a feature without a word', async () => {
    const { warnings, flagged } = await flowOf({
      features: ['x', 'patient'],
      split: { kind: 'grouped', column: 'patient', fraction: 0.25, seed: 1 },
    });
    expect(warnings[0]).toMatch(/^“patient” says which rows are held out and is a feature as well/);
    expect(flagged).toEqual([{ column: 'patient', sentence: warnings[0] }]);
    const time = await flowOf({ features: ['x', 'year'], split: { kind: 'ordered', column: 'year', fraction: 0.2 } });
    expect(time.warnings[0]).toMatch(/^“year” is a feature and the held-out rows lie beyond all training rows in it/);
  });

  test('must be there, must not be the target, and must have an order where one is asked for', async () => {
    expect(await refusal({ split: { kind: 'ordered', column: 'yaer', fraction: 0.2 } })).toBe('design/unknown-column');
    expect(await refusal({ split: { kind: 'ordered', column: 'y', fraction: 0.2 } })).toBe('design/target-is-guide');
    expect(await refusal({ split: { kind: 'ordered', column: 'set', fraction: 0.2 } })).toBe('design/no-order');
    expect(await refusal({ split: { kind: 'column', column: 'set', test: [] } })).toBe('design/no-test-values');
  });
});
