import { describe, expect, test } from 'vitest';
import { experimentByName, experiments } from '../../../core/experiments';
import type { NumericTable } from '../../../core/experiments/experiment';
import { effortOf } from '../../../core/experiments/run';
import { random } from '../../../core/random';

const stream = random(1);
const table: NumericTable = {
  name: 'sample',
  n: 60,
  d: 3,
  values: Float64Array.from({ length: 240 }, () => stream.normal()),
};

test('Names are unique, as a command line writes them, and find their experiment', () => {
  const names = experiments.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  for (const experiment of experiments) expect(experimentByName(experiment.name)).toBe(experiment);
  expect(experimentByName('alchemy')).toBeUndefined();
});

describe.each(experiments)('$name', (experiment) => {
  const tables = experiment.takesTables === true ? [table] : [];
  const tasks = (quick: boolean) => experiment.tasks(effortOf(experiment, null, quick), tables);

  test('asks a question and says where it comes from', () => {
    expect(experiment.question).toContain('?');
    expect(experiment.title.length * experiment.source.length).toBeGreaterThan(0);
  });

  test('has tasks that any thread can be given, none twice, and fewer in a quick run', () => {
    const full = tasks(false);
    expect(structuredClone(full)).toEqual(full);
    expect(new Set(full.map(({ setting, seed }) => JSON.stringify([setting, seed]))).size).toBe(full.length);
    expect(tasks(true).length).toBeGreaterThan(0);
    expect(tasks(true).length).toBeLessThanOrEqual(full.length);
  });

  test('claims nothing twice, and judges nothing where nothing was measured', () => {
    const keys = experiment.claims.map(({ setting, method, metric }) => JSON.stringify([setting, method, metric]));
    expect(new Set(keys).size).toBe(keys.length);
    const nothing = { ...experiment, quick: true, rows: [], figures: [], findings: [] };
    expect(experiment.findings(nothing).join(' ')).not.toMatch(/reproduce|exceed|threshold/);
  });

  test('has figures with names of their own', () => {
    const ids = experiment.figures.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
