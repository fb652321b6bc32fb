import { describe, expect, test } from 'vitest';
import { isFinished } from '../../../renderer/stores/run';
import { useRuns } from '../../../renderer/stores/runs';
import { fitView } from '../charts/fixture';
import { opened, progress, request, scripted, table } from './harness';

const result = (runId: string, partial = false) => ({
  ...fitView({ test: 6.4, low: 5.7, high: 7.1, line: 10 }).result,
  runId,
  partial,
});

async function started(...requests: ReturnType<typeof request>[]) {
  const page = scripted();
  opened();
  const runs = useRuns();
  await runs.start(requests.length ? requests : [request()]);
  return { page, runs, id: runs.runs[0].id };
}

describe('starting', () => {
  test('sends one request a run, each with an id of its own, on the table that is open', async () => {
    const { page, runs } = await started(request(), request('ols'));
    const sent = page.asked.filter((message) => message.method === 'fit/start');
    expect(sent).toHaveLength(2);
    expect(new Set(sent.map((message) => message.params.runId)).size).toBe(2);
    expect(sent.every((message) => message.params.tableId === 'table-1')).toBe(true);
    expect(runs.runs.map((run) => run.state)).toEqual(['queued', 'queued']);
  });

  test('gives every run a mark and a name that no other has', async () => {
    const { runs } = await started(request(), request('joint-em', 2), request('ols'));
    expect(runs.runs.map((run) => run.name)).toEqual(['Joint EM', 'Joint EM 2', 'Least squares']);
    expect(runs.runs.map((run) => run.slot)).toEqual([0, 1, 2]);
    expect(runs.runs.map((run) => run.number)).toEqual([1, 2, 3]);
  });

  test('keeps the unit of the target as it was called then', async () => {
    const { runs } = await started();
    expect(runs.runs[0].table.target).toEqual({ label: 'Strength', unit: 'MPa' });
  });

  test('that the core refuses fails with its sentence', async () => {
    scripted({ 'fit/start': () => ({ ok: false, error: { code: 'fit/rows', message: 'Too few rows.' } }) });
    opened();
    const runs = useRuns();
    await runs.start([request()]);
    expect(runs.runs[0]).toMatchObject({ state: 'failed', error: { message: 'Too few rows.' } });
  });

  test('without an open table does nothing', async () => {
    const page = scripted();
    const runs = useRuns();
    await runs.start([request()]);
    expect(runs.runs).toHaveLength(0);
    expect(page.asked).toHaveLength(0);
  });
});

describe('following', () => {
  test('appends new points to a curve and puts a thinned one in its place', async () => {
    const { page, runs, id } = await started();
    await page.say('run/progress', progress(id, [0, 1]));
    await page.say('run/progress', progress(id, [2, 3]));
    const iterations = () => runs.curves.get(id)?.[0].points.map((point) => point.iteration);
    expect(iterations()).toEqual([0, 1, 2, 3]);
    expect(runs.curves.get(id)?.[0].stages).toHaveLength(1);
    await page.say('run/progress', progress(id, [0, 2, 4], { replace: true }));
    expect(iterations()).toEqual([0, 2, 4]);
    expect(runs.runs[0]).toMatchObject({ state: 'running', fraction: 0.3, elapsed: 1.5 });
  });

  test('marks the curve of a start that ended on its sigma floor as unsound', async () => {
    const { page, runs, id } = await started();
    await page.say('run/progress', progress(id, [0]));
    expect(runs.curves.get(id)?.[0].sound).toBe(true);
    await page.say('run/progress', progress(id, [1], { termination: 'sigma-floor' }));
    expect(runs.curves.get(id)?.[0].sound).toBe(false);
  });

  test('a result ends the run and is kept whole', async () => {
    const { page, runs, id } = await started();
    await page.say('run/finished', { state: 'done', runId: id, result: result(id) });
    expect(runs.runs[0]).toMatchObject({ state: 'done', fraction: 1, elapsed: 1.2 });
    expect(runs.finished[0].result.report.metrics.test?.rmse).toBe(6.4);
    expect(runs.active).toHaveLength(0);
  });

  test('progress that arrives after the end changes nothing', async () => {
    const { page, runs, id } = await started();
    await page.say('run/finished', { state: 'failed', runId: id, error: { code: 'fit/x', message: 'No.' } });
    await page.say('run/progress', progress(id, [0]));
    expect(runs.runs[0].state).toBe('failed');
    expect(runs.curves.get(id)).toBeUndefined();
  });

  test('events of runs that are not on the list are passed over', async () => {
    const { page, runs } = await started();
    await page.say('run/progress', progress('another', [0]));
    await page.say('run/finished', { state: 'cancelled', runId: 'another' });
    expect(runs.runs[0].state).toBe('queued');
  });
});

describe('cancelling', () => {
  test('asks the core and keeps its best so far as a partial result', async () => {
    const { page, runs, id } = await started();
    await page.say('run/progress', progress(id, [0]));
    await runs.cancel(id);
    expect(runs.runs[0].cancelling).toBe(true);
    expect(page.asked.at(-1)).toEqual({ method: 'fit/cancel', params: { runId: id } });
    await page.say('run/finished', { state: 'done', runId: id, result: result(id, true) });
    expect(runs.runs[0]).toMatchObject({ state: 'partial', cancelling: false });
    expect(isFinished(runs.runs[0])).toBe(true);
  });

  test('a waiting run leaves nothing to keep', async () => {
    const { page, runs, id } = await started();
    await runs.cancel(id);
    await page.say('run/finished', { state: 'cancelled', runId: id });
    expect(runs.runs[0].state).toBe('cancelled');
    expect(runs.finished).toHaveLength(0);
  });

  test('all cancels every active run and no other', async () => {
    const { page, runs } = await started(request(), request('ols'), request('joint-em', 3));
    const [first, second, third] = runs.runs.map((run) => run.id);
    await page.say('run/finished', { state: 'done', runId: second, result: result(second) });
    await runs.cancelAll();
    const cancelled = page.asked.filter((message) => message.method === 'fit/cancel');
    expect(cancelled.map((message) => message.params.runId)).toEqual([first, third]);
  });
});

describe('when the core is lost', () => {
  test('running and waiting runs are interrupted, finished results kept', async () => {
    const { page, runs } = await started(request(), request('ols'), request('joint-em', 3));
    const [first, second, third] = runs.runs.map((run) => run.id);
    await page.say('run/finished', { state: 'done', runId: first, result: result(first) });
    await page.say('run/progress', progress(second, [0, 1]));
    await page.host({ state: 'restarting', cause: 'crashed', reason: 'killed', attempt: 1 });
    expect(runs.runs.map((run) => run.state)).toEqual(['done', 'interrupted', 'interrupted']);
    expect(runs.finished.map((run) => run.id)).toEqual([first]);
    expect(runs.curves.get(second)?.[0].points).toHaveLength(2);
    expect(runs.runs[2].id).toBe(third);
  });

  test('a start it never answered is an interruption, not a failure', async () => {
    const page = scripted({ 'fit/start': () => null });
    opened();
    const runs = useRuns();
    void runs.start([request()]);
    await page.host({ state: 'restarting', cause: 'crashed', reason: 'killed', attempt: 1 });
    expect(runs.runs[0].state).toBe('interrupted');
  });

  test('an interrupted run can be run again on the table opened anew', async () => {
    const { page, runs, id } = await started();
    await page.host({ state: 'restarting', cause: 'crashed', reason: 'killed', attempt: 1 });
    await page.host({ state: 'ready', restarts: 1 });
    opened({ ...table, tableId: 'table-2' });
    expect(runs.canRetry(runs.runs[0])).toBe(true);
    await runs.retry(id);
    await page.settle();
    expect(page.asked.at(-1)?.params).toMatchObject({ tableId: 'table-2', fit: request().fit });
    expect(runs.runs.map((run) => run.state)).toEqual(['interrupted', 'queued']);
    expect(runs.runs[1].id).not.toBe(id);
  });

  test('a run cannot be repeated on another file, nor on the same file read otherwise', async () => {
    const { runs } = await started();
    opened({ ...table, file: { ...table.file, sha256: 'b'.repeat(64) } });
    expect(runs.canRetry(runs.runs[0])).toBe(false);
    opened({ ...table, dialect: { ...table.dialect, decimal: ',' } });
    expect(runs.canRetry(runs.runs[0])).toBe(false);
  });
});

describe('removing', () => {
  test('takes the run off the list, frees its mark, and can be undone with its curves', async () => {
    const { page, runs, id } = await started(request(), request('ols'));
    await page.say('run/progress', progress(id, [0, 1]));
    await page.say('run/finished', { state: 'done', runId: id, result: result(id) });
    const undo = runs.remove(id);
    await page.settle();
    expect(page.asked.at(-1)).toMatchObject({ method: 'result/close', params: { model: result(id).report.model } });
    expect(runs.runs.map((run) => run.name)).toEqual(['Least squares']);
    expect(runs.curves.get(id)).toBeUndefined();
    undo();
    expect(runs.runs.map((run) => [run.name, run.state])).toEqual([
      ['Joint EM', 'done'],
      ['Least squares', 'queued'],
    ]);
    expect(runs.curves.get(id)?.[0].points).toHaveLength(2);
  });

  test('stops an active run in the core', async () => {
    const { page, runs, id } = await started();
    runs.remove(id)();
    await page.settle();
    expect(page.asked.at(-1)?.method).toBe('fit/cancel');
    expect(runs.runs[0].state).toBe('cancelled');
  });

  test('that is undone never gives two runs the same mark or name', async () => {
    const { page, runs, id } = await started();
    await page.say('run/finished', { state: 'done', runId: id, result: result(id) });
    const undo = runs.remove(id);
    await runs.start([request()]);
    undo();
    expect(new Set(runs.runs.map((run) => run.slot)).size).toBe(2);
    expect(new Set(runs.runs.map((run) => run.name)).size).toBe(2);
  });
});
