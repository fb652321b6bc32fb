import { afterAll, expect, test } from 'vitest';
import { experiments } from '../../../core/experiments';
import { experimentReport } from '../../../core/experiments/types';
import { moe, workFolder } from './terminal';

const folder = workFolder();
afterAll(() => folder.remove());

test('The list names every experiment with its source', async () => {
  const { status, out } = await moe(['experiment', 'list']);
  expect(status).toBe(0);
  const lines = out.trim().split('\n');
  expect(lines.map((line) => line.split(' ')[0])).toEqual(experiments.map(({ name }) => name));
  const json = JSON.parse((await moe(['experiment', 'list', '--json'])).out) as { name: string }[];
  expect(json.map(({ name }) => name)).toEqual(experiments.map(({ name }) => name));
});

test('An experiment prints its question, a table with verdicts and what it shows', async () => {
  const { status, out, err } = await moe(['experiment', 'transforms', '--quick']);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  expect(out).toContain('Gated-NN, section 3.1');
  expect(out).toMatch(/setting +method +metric +median +quartiles +mean +seeds +published +threshold +verdict/);
  expect(out).toMatch(/relu .*max <= 0\.0001 +met/);
  expect(out.trim().split('\n').at(-1)).toContain('The published ReLU system');
});

test('With --json one document that is the report, and nothing else', async () => {
  const { status, out } = await moe(['experiment', 'transforms', '--json']);
  expect(status).toBe(0);
  expect(experimentReport.parse(JSON.parse(out))).toMatchObject({ name: 'transforms', quick: false, seeds: 1 });
});

test('Ctrl-C keeps what was done: the table is printed, without findings, and the status is 0', async () => {
  const stopped = await moe(['experiment', 'transforms', '--json'], (bar) => bar.includes('2 of 6 tasks'));
  expect(stopped.status).toBe(0);
  expect(stopped.err).toContain('Stopped on request: what was done by then is shown.');
  const report = experimentReport.parse(JSON.parse(stopped.out));
  expect(report.findings).toEqual([]);
  expect(new Set(report.rows.map(({ setting }) => setting))).toEqual(new Set(['linear', 'sigmoid']));
});

test('Mistakes in the command line are told in one sentence', async () => {
  expect(await moe(['experiment', 'alchemy'])).toMatchObject({
    status: 2,
    out: '',
    err: expect.stringMatching(/^There is no experiment “alchemy”: the experiments are transforms, .*\.\n$/),
  });
  expect(await moe(['experiment', 'transforms', '--seeds', '0'])).toMatchObject({ status: 2 });
  const file = folder.write('table.csv', 'x,y\n1,2\n2,3\n');
  expect(await moe(['experiment', 'transforms', '--data', file])).toEqual({
    status: 2,
    out: '',
    err: 'transforms runs on simulated rows: leave out --data.\n',
  });
});
