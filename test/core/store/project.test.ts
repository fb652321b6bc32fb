import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fileURLToPath } from 'node:url';
import { loadSamples } from '../../../core/samples';
import { designOf, fitOf, projectSession, runOf, workOf } from './project-session';

const samplesFolder = fileURLToPath(new URL('../../../resources/samples/', import.meta.url));
const samples = loadSamples(samplesFolder);
const app = projectSession();
afterAll(app.close);

const timeless = <T extends { seconds: number }>({ seconds: _, ...rest }: T) => rest;

test.each(samples.list.map(({ id, target }) => [id, target] as const))(
  'the sample %s comes back from a project as its own file gives it, and a refit has the same digits',
  async (id, target) => {
    const { tableId, ...table } = await app.open(`${id}.csv`, readFileSync(samples.path(id)!));
    const design = designOf({ tableId, ...table }, target);
    const result = await app.fit({ tableId, ...table }, design, fitOf());
    const work = workOf({ tableId, ...table }, [runOf({ tableId, ...table }, result)]);
    const bytes = await app.pack({ tableId, ...table }, work);

    const { project, tableId: newId, ...again } = await app.open(`${id}.moe`, bytes);
    expect(timeless(again)).toEqual(timeless(table));
    expect(project).toEqual(work);
    const reopened = { tableId: newId, ...again };
    expect(await app.page(reopened)).toEqual(await app.page({ tableId, ...table }));
    const refit = await app.fit(reopened, design, fitOf());
    expect(refit.report.model.experts).toEqual(result.report.model.experts);
    expect(refit.report.model.gates).toEqual(result.report.model.gates);
    expect(refit.report.metrics).toEqual(result.report.metrics);
    expect(readdirSync(join(app.folder)).filter((name) => name.startsWith('kept'))).toEqual([]);
  },
);
