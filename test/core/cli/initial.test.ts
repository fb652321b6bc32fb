import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fitReport } from '../../../core/protocol';
import { moe, workFolder } from './terminal';

const folder = workFolder();
afterAll(folder.remove);
const [data, other, model, trace] = ['data.csv', 'other.csv', 'model.json', 'trace.csv'].map((name) => folder.at(name));
const fit = ['fit', data, '--target', 'y', '--experts', '2', '--restarts', '1'];
const initial = ['--initial', model];

beforeAll(async () => {
  const simulate = ['simulate', '--rows', '400', '--experts', '2', '--sigma', '0.3', '--seed', '4', '--truth'];
  for (const [path, features] of [
    [data, '3'],
    [other, '2'],
  ])
    expect((await moe([...simulate, folder.at('truth'), '--features', features, '--out', path])).status).toBe(0);
  const short = await moe([...fit, '--method', 'joint-em', '--max-iterations', '4', '--out', model]);
  expect(short.status).toBe(0);
});

const logLikelihoodOf = (out: string) => fitReport.parse(JSON.parse(out)).metrics.train.logLikelihood;

test('a fit that starts from a model begins at its likelihood and goes on from there', async () => {
  const ran = await moe([...fit, ...initial, '--method', 'joint-em', '--trace', trace, '--json']);
  expect(ran.status).toBe(0);
  const report = fitReport.parse(JSON.parse(ran.out));
  expect(report.starts.map(({ label }) => label)).toEqual(['given model']);
  expect(report.model.method.options.start).toBe('given');
  const { metrics } = JSON.parse(readFileSync(model, 'utf8'));
  const [header, first] = readFileSync(trace, 'utf8')
    .split('\r\n')
    .map((line) => line.split(','));
  expect(Number(first[header.indexOf('log_likelihood')])).toBeCloseTo(metrics.train.logLikelihood, 9);
  expect(logLikelihoodOf(ran.out)).toBeGreaterThan(metrics.train.logLikelihood);
});

test('every method that has a start can begin there', async () => {
  for (const method of ['gradient-em', 'sgd-nll', 'sgd-l2'])
    expect((await moe([...fit, ...initial, '--method', method, '--max-iterations', '3'])).status).toBe(0);
});

test.each([
  ['a file that is not there', ['--initial', folder.at('nowhere.json')], 1, 'Cannot read the model'],
  ['a file that is no model', ['--initial', data], 1, 'is not JSON'],
  ['another number of experts', [...initial, '--experts', '3'], 1, 'make them the same'],
  ['another activation', [...initial, '--activation', 'relu'], 1, 'make them the same'],
  ['another start beside it', [...initial, '--option', 'start=random'], 2, 'leave one out'],
  ['a method that finds its own start', [...initial, '--method', 'spectral-em'], 2, 'finds its own start'],
  ['a given start without a model', ['--option', 'start=given'], 1, 'No model to start from'],
])('%s is refused in one sentence', async (_name, flags, status, words) => {
  const ran = await moe([...fit, '--method', 'joint-em', ...flags]);
  expect(ran.status).toBe(status);
  expect(ran.err).toContain(words);
  expect(ran.err.trim().split('\n')).toHaveLength(1);
});

test('a model of other columns is refused in one sentence', async () => {
  const ran = await moe(['fit', other, '--target', 'y', '--experts', '2', '--method', 'joint-em', ...initial]);
  expect(ran.status).toBe(1);
  expect(ran.err).toContain('other encoded columns');
});

test('a model cut short is refused in one sentence', async () => {
  const cut = folder.at('cut.json');
  const whole = JSON.parse(readFileSync(model, 'utf8'));
  writeFileSync(cut, JSON.stringify({ ...whole, gates: whole.gates.slice(1) }));
  const ran = await moe([...fit, '--method', 'joint-em', '--initial', cut]);
  expect(ran.status).toBe(1);
  expect(ran.err).toContain('is not a model of MoE Lab');
});
