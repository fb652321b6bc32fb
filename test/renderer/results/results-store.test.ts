import { describe, expect, test } from 'vitest';
import { useData } from '../../../renderer/stores/data';
import { changedSettings } from '../../../renderer/stores/recipe';
import { useResults } from '../../../renderer/stores/results';
import { useRuns } from '../../../renderer/stores/runs';
import { fitView } from '../charts/fixture';
import { opened, progress, request, scripted, table } from '../runs/harness';

const { result } = fitView({ test: 6.4, low: 5.7, high: 7.1, line: 10 });

async function withResult(answers: Parameters<typeof scripted>[0] = {}) {
  const page = scripted(answers);
  opened();
  const runs = useRuns();
  await runs.start([request(), request('ols')]);
  const [first, second] = runs.runs.map((run) => run.id);
  await page.say('run/progress', progress(first, [0, 1]));
  await page.say('run/finished', { state: 'done', runId: first, result: { ...result, runId: first } });
  await page.say('run/finished', { state: 'done', runId: second, result: { ...result, runId: second } });
  return { page, results: useResults(), first, second };
}

test('the newest finished run is shown until another is chosen', async () => {
  const { results, first, second } = await withResult();
  expect(results.run?.id).toBe(second);
  results.choose(first);
  expect(results.view?.result.runId).toBe(first);
});

describe('what the core computes from a result', () => {
  test('is asked with the recipe and the numbers of the result', async () => {
    const { page, results } = await withResult();
    await results.gateCurve('Water');
    expect(page.asked.at(-1)).toMatchObject({
      method: 'result/gate-curve',
      params: { tableId: 'table-1', column: 'Water', model: { seed: 1 }, design: { target: 'Strength (MPa)' } },
    });
  });

  test('goes on with the table opened anew after a restart', async () => {
    const { page, results } = await withResult();
    opened({ ...table, tableId: 'table-2' });
    await results.page({ which: 'test', offset: 0, limit: 10, sort: null });
    expect(page.asked.at(-1)?.params.tableId).toBe('table-2');
  });

  test('needs the file of the result, and says which', async () => {
    const { page, results } = await withResult();
    const before = page.asked.length;
    opened({ ...table, tableId: 'other', file: { ...table.file, sha256: 'b'.repeat(64) } });
    const reply = await results.page({ which: 'test', offset: 0, limit: 10, sort: null });
    expect(reply).toMatchObject({ ok: false, error: { code: 'results/file-not-open' } });
    expect(!reply.ok && reply.error.message).toContain('concrete.csv');
    expect(page.asked).toHaveLength(before);
  });
});

describe('exporting', () => {
  test('hands the files the core makes to the host, curves included', async () => {
    const files = [{ name: 'model.json', mime: 'application/json', content: '{}' }];
    const { page, results, first } = await withResult({ 'result/export': () => ({ ok: true, value: { files } }) });
    results.choose(first);
    expect(await results.exportAs('json')).toEqual({ ok: true, value: true });
    expect(page.saved).toEqual([[{ name: 'model.json', mime: 'application/json', content: '{}' }]]);
    expect(page.asked.at(-1)?.params).toMatchObject({ format: 'json', curves: [{ start: 0 }] });
  });

  test('that fails says why and saves nothing', async () => {
    const error = { code: 'export/x', message: 'No room left.' };
    const { page, results } = await withResult({ 'result/export': () => ({ ok: false, error }) });
    expect(await results.exportAs('json')).toEqual({ ok: false, error });
    expect(page.saved).toHaveLength(0);
  });
});

test('a host that cannot save says so in a sentence', async () => {
  const files = [{ name: 'model.json', mime: 'application/json', content: '{}' }];
  const { page, results } = await withResult({ 'result/export': () => ({ ok: true, value: { files } }) });
  page.refuseToSave('The folder cannot be written to.');
  expect(await results.exportAs('json')).toMatchObject({
    ok: false,
    error: { message: 'The folder cannot be written to.' },
  });
});

describe('a stale result', () => {
  test('is one whose data recipe has changed since, and names the change', async () => {
    const { results } = await withResult({ 'data/open': () => ({ ok: true, value: table }) });
    const data = useData();
    await data.openGrant({ id: 'grant', name: 'concrete.csv', bytes: 100 });
    expect(results.tableId).toBe('table-1');
    expect(results.stale).toEqual([]);
    data.prepare({ preprocess: 'none' });
    expect(results.stale).toEqual(['Made with inputs: standardised. Data now says as they are.']);
  });

  test('tells of features only those that came or went', () => {
    const now = (...features: string[]) => changedSettings(request().design, { ...request().design, features });
    expect(now('Water', 'Fly ash')).toEqual(['Made with Age (day) among the features instead of Fly ash.']);
    expect(now('Water')).toEqual(['Made with Age (day) among the features; now without.']);
    expect(now('Age (day)', 'Water', 'Fly ash')).toEqual(['Made without Fly ash among the features; now with.']);
  });

  test('is told in the words of the settings', () => {
    const now = { ...request().design, split: { kind: 'fraction' as const, fraction: 0.3, seed: 1 } };
    expect(changedSettings(request().design, now)).toEqual([
      'Made with split: 20% held out, seed 1. Data now says 30% held out, seed 1.',
    ]);
  });
});
