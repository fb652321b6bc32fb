import { expect, test } from 'vitest';
import { useData } from '../../../renderer/stores/data';
import { useExperiments } from '../../../renderer/stores/experiments';
import { scripted, table } from '../runs/harness';
import { info, report } from './fixture';

const listed = { 'experiments/list': () => ({ ok: true as const, value: { experiments: [info] } }) };

async function started(answers: Parameters<typeof scripted>[0] = {}) {
  const page = scripted({ ...listed, ...answers });
  const experiments = useExperiments();
  await experiments.load();
  await experiments.start(info);
  return { ...page, experiments, run: () => experiments.runOf(info.name)! };
}

test('the quick version with the usual seeds is what is asked for at first', async () => {
  const { asked, run } = await started();
  const request = asked.find(({ method }) => method === 'experiment/start')!;
  expect(request.params).toEqual({ runId: run().id, name: info.name, seeds: null, quick: true, tables: [] });
  expect(run()).toMatchObject({ state: 'running', report: null });
});

test('the report grows while the experiment runs and is whole at its end', async () => {
  const { experiments, run, say } = await started();
  const runId = run().id;
  await say('experiment/progress', { runId, done: 3, total: 12, elapsed: 2, report: report() });
  expect(run()).toMatchObject({ state: 'running', done: 3, total: 12 });
  const findings = ['Both end at the same error.'];
  await say('experiment/finished', { state: 'done', runId, elapsed: 8, report: report({ findings }) });
  expect(run()).toMatchObject({ state: 'done', done: 12, elapsed: 8 });
  expect(run().report?.findings).toEqual(findings);
  expect(experiments.active).toBeNull();
});

test('news of another run, or after the end, changes nothing', async () => {
  const { run, say } = await started();
  const runId = run().id;
  await say('experiment/progress', { runId: 'another', done: 1, total: 2, elapsed: 1, report: report() });
  expect(run().report).toBeNull();
  await say('experiment/finished', { state: 'failed', runId, error: { code: 'a', message: 'No memory.' } });
  await say('experiment/progress', { runId, done: 1, total: 2, elapsed: 1, report: report() });
  expect(run()).toMatchObject({ state: 'failed', report: null, error: { message: 'No memory.' } });
});

test('a cancelled experiment keeps what was done', async () => {
  const { asked, experiments, run, say } = await started();
  const runId = run().id;
  await say('experiment/progress', { runId, done: 3, total: 12, elapsed: 2, report: report() });
  await experiments.cancel();
  expect(asked.at(-1)).toEqual({ method: 'experiment/cancel', params: { runId } });
  expect(run().cancelling).toBe(true);
  await say('experiment/finished', { state: 'cancelled', runId, elapsed: 3, report: report() });
  expect(run()).toMatchObject({ state: 'cancelled', cancelling: false, done: 3 });
  expect(run().report?.rows).toHaveLength(1);
});

test('a core that restarts interrupts the experiment, and what it had reported stays', async () => {
  const { host, run, say } = await started();
  await say('experiment/progress', { runId: run().id, done: 3, total: 12, elapsed: 2, report: report() });
  await host({ state: 'restarting', cause: 'crashed', reason: 'crashed', attempt: 1 });
  expect(run()).toMatchObject({ state: 'interrupted', done: 3 });
  expect(run().report?.rows).toHaveLength(1);
});

test('a refusal is told, and the next start is another run', async () => {
  const refusal = { code: 'experiment/unknown', message: 'There is no such experiment.' };
  const { experiments, run } = await started({ 'experiment/start': () => ({ ok: false, error: refusal }) });
  expect(run()).toMatchObject({ state: 'failed', error: refusal });
  const { id } = run();
  await experiments.start(info);
  expect(run().id).not.toBe(id);
});

test('one experiment runs at a time', async () => {
  const { asked, experiments } = await started();
  await experiments.start({ ...info, name: 'another' });
  expect(asked.filter(({ method }) => method === 'experiment/start')).toHaveLength(1);
});

test('the open table is run where the experiment takes tables and the user asks for it', async () => {
  const { asked } = scripted({ ...listed, 'data/open': () => ({ ok: true, value: table }) });
  const experiments = useExperiments();
  await useData().openGrant({ id: 'g', name: 'concrete.csv', bytes: 1 });
  const tables = (): unknown => asked.findLast(({ method }) => method === 'experiment/start')?.params.tables;
  experiments.formOf('real-data').withTable = true;
  await experiments.start({ ...info, name: 'real-data', takesTables: true });
  expect(tables()).toEqual([{ tableId: table.tableId, target: 'Strength (MPa)' }]);
  expect(experiments.runOf('real-data')?.file).toBe('concrete.csv');
});

test('a simulated experiment is given no table, whatever is open', async () => {
  const { asked } = scripted({ ...listed, 'data/open': () => ({ ok: true, value: table }) });
  const experiments = useExperiments();
  await useData().openGrant({ id: 'g', name: 'concrete.csv', bytes: 1 });
  experiments.formOf(info.name).withTable = true;
  await experiments.start(info);
  expect(asked.at(-1)?.params.tables).toEqual([]);
});
