import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { tableInfo } from '../../../core/data/types';
import { VERSION } from '../../../core/store/manifest';
import { projectSession } from './project-session';

/** One project file of every version of the format, as users have them: see test/fixtures/make-project.ts. */
const folder = new URL('../../fixtures/', import.meta.url);
const kept = readdirSync(fileURLToPath(folder)).filter((name) => name.endsWith('.moe'));
const app = projectSession();
afterAll(app.close);

test('there is a project of every version', () => {
  expect(kept.sort()).toEqual(Array.from({ length: VERSION }, (_, i) => `project-v${i + 1}.moe`));
});

test('the second version keeps the steps of columns, who looks at them, and how rows were held out', async () => {
  const { project } = await app.open('project-v2.moe', readFileSync(new URL('project-v2.moe', folder)));
  const steps = { missing: 'median', transform: 'log' };
  expect(project?.data).toMatchObject({ users: [['Power (hp)', 'gate']], prepare: [['Power (hp)', steps]] });
  expect(project?.runs[1].request.design).toMatchObject({
    prepare: { 'Power (hp)': steps },
    split: { kind: 'ordered', column: null },
  });
});

test.each(kept)(
  '%s opens with its table, runs, curves and experiments, and a refit has the same digits',
  async (file) => {
    const { project, ...table } = await app.open(file, readFileSync(new URL(file, folder)));
    expect(table).toMatchObject({ file: { name: 'auto-mpg-60.csv' }, rows: 59, dialect: { delimiter: ',' } });
    expect(table.columns).toHaveLength(9);
    // The page reads every list of a table without asking whether it is there.
    expect(tableInfo.safeParse(table).error).toBeUndefined();
    if (!project) throw new Error('It was taken for a table.');
    expect(project.runs.map(({ id, name, shown }) => [id, name, shown])).toEqual([
      ['run-em', 'EM from random starts', true],
      ['run-ols', 'Least squares', false],
    ]);
    const [{ curves, request, result }] = project.runs;
    expect(curves[0].points[0]).toMatchObject({ objective: Number.NaN, parameterChange: Infinity, testRmse: 1 / 3 });
    expect(Object.is(curves[0].points[0].kl, -0)).toBe(true);
    expect(project.experiments.map(({ name }) => name)).toEqual(['gridlock-table-1']);
    const again = await app.fit(table, request.design, request.fit);
    const digits = ({ experts, gates }: typeof again.report.model) =>
      [...experts, ...gates].flatMap(({ intercept, weights }) => [intercept, ...weights]);
    const [was, is] = [digits(result!.report.model), digits(again.report.model)];
    // To the last digit with the same version; a later one may sum in another order.
    is.forEach((value, i) => expect(value).toBeCloseTo(was[i], 6));
  },
);
