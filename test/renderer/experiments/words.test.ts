import { expect, test } from 'vitest';
import { begun } from '../../../renderer/stores/experiment-run';
import {
  bySetting,
  commandOf,
  goingWords,
  runLabel,
  stateWords,
  askedWords,
  verdictCounts,
} from '../../../renderer/views/experiments/experiment-words';
import { reportFile } from '../../../renderer/views/experiments/experiment-files';
import { plain } from '../charts/fixture';
import { info, report, row } from './fixture';

const run = begun('a', { name: info.name, seeds: null, quick: true, tables: [] }, null, 5000);

test('the state says how far an experiment is', () => {
  expect(stateWords(null).words).toBe('Not run');
  expect(stateWords(run).words).toBe('Running, starting');
  expect(stateWords({ ...run, done: 30, total: 1200 }).words).toBe('Running, 30 of 1,200');
  expect(plain(stateWords({ ...run, state: 'done', elapsed: 80 }).words)).toBe('Done in 1 min 20 s');
  expect(stateWords({ ...run, state: 'cancelled' }).light).toBe('cancelled');
});

test('a running experiment says how far it is and how long, and what is left once it can be reckoned', () => {
  expect(goingWords(run, 5200)).toBe('Starting');
  expect(plain(goingWords({ ...run, total: 100 }, 12_000))).toBe('0 of 100 pieces of work done, 7 s');
  const quarter = { ...run, elapsed: 10, done: 25, total: 100 };
  expect(plain(goingWords(quarter, 16_000))).toBe('25 of 100 pieces of work done, 11 s, about 30 s left');
  expect(goingWords({ ...quarter, done: 1 }, 16_000)).not.toContain('left');
  expect(goingWords({ ...quarter, cancelling: true }, 16_000)).toBe('Cancelling');
});

test('verdicts are counted, those that occur', () => {
  const rows = [row({ verdict: 'met' }), row({ verdict: 'missed' }), row({ verdict: 'met' }), row()];
  expect(verdictCounts(report({ rows }))).toEqual([
    { verdict: 'met', rows: 2 },
    { verdict: 'missed', rows: 1 },
  ]);
});

test('rows stand under their setting in the order of the report', () => {
  const rows = [
    row({ setting: 'k = 3', method: 'a' }),
    row({ setting: 'k = 4' }),
    row({ setting: 'k = 3', method: 'b' }),
  ];
  expect(bySetting(rows).map(({ setting, rows: held }) => [setting, held.map(({ method }) => method)])).toEqual([
    ['k = 3', ['a', 'b']],
    ['k = 4', ['random EM']],
  ]);
});

test('a threshold is written as people write it, with what was measured where that is not the median', () => {
  expect(askedWords('median >= 0.985', row())).toBe('median ≥ 0.985');
  expect(askedWords('max <= 1e-10', row({ seeds: 1 }))).toBe('max ≤ 10⁻¹⁰');
  expect(askedWords('mean <= 0.35', row({ mean: 0.33 }))).toBe('mean ≤ 0.35 (0.330)');
});

test('the button says how many seeds it will run', () => {
  expect(runLabel(info, { seeds: null, quick: true })).toBe('Run quick');
  expect(runLabel(info, { seeds: null, quick: false })).toBe('Run 20 seeds');
  expect(runLabel(info, { seeds: 1, quick: true })).toBe('Run 1 seed, quick');
});

test('the command does the same from a terminal, names quoted where a shell needs it', () => {
  expect(commandOf('real-data', { seeds: 5, quick: true }, null)).toBe(
    'moe-lab experiment real-data --seeds 5 --quick',
  );
  expect(commandOf('real-data', { seeds: null, quick: false }, { file: "it's.csv", target: 'y (MPa)' })).toBe(
    `moe-lab experiment real-data --data 'it'\\''s.csv:y (MPa)'`,
  );
});

test('JSON holds the whole report and CSV every figure of the table', () => {
  const whole = report({ rows: [row({ verdict: 'met', threshold: 'median <= 0.32' })], findings: ['So it is.'] });
  const json = reportFile(whole, 'json');
  expect(json.name).toBe('gridlock-figure-3.json');
  expect(JSON.parse(String(json.content))).toEqual(whole);
  const [head, line] = String(reportFile(whole, 'csv').content).split('\n');
  expect(head.split(',')).toHaveLength(13);
  expect(line).toBe('k = 3,random EM,"E(A, W)",0.31,0.28,0.4,0.33,0.2,0.9,20,,median <= 0.32,met');
});
