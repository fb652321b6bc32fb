import { expect, test } from 'vitest';
import { type BenchResult, beside, figure, growth } from '../bench/case';
import { contest, match, scoreOf } from '../bench/contest';
import { lastWorthy } from '../bench/history';
import { judged, type Quiet } from '../bench/machine';
import { megabytesNow, megabytesOf, peakMegabytes } from '../bench/memory';
import { quoted } from '../bench/quoted';
import { scheduled } from '../bench/scheduled';
import { table, verdict } from '../bench/table';

const quiet = { load: 1, others: 0.02 };
const steady = (values: readonly number[]): BenchResult => ({ ...figure('pass', values, 'ms'), steady: true });

test('a figure beside a peer’s is the median of both and their ratio', () => {
  const { ours, peer, ratio } = beside('fit', 's', [3, 1, 2], 'other', [8, 4, 4]);
  expect(ours).toEqual({ median: 2, min: 1, max: 3, unit: 's' });
  expect(peer).toEqual({ name: 'other', median: 4, min: 4, max: 8 });
  expect(ratio).toBe(0.5);
});

test('the exponent of growth is found from costs', () => {
  expect(
    growth(
      [1, 2, 4],
      [1, 2, 4].map((size) => 5 * size ** 1.5),
    ),
  ).toBeCloseTo(1.5, 12);
});

const doubts = (of: Quiet, results: readonly BenchResult[]) => judged(of, results).map(({ doubt }) => doubt);

test('on a quiet machine figures close together count', () => {
  const results = [steady([10, 10.5, 11])];
  expect(judged(quiet, results)).toEqual(results);
});

test('beside the work of others, or a load that nobody explains, no figure counts', () => {
  const results = [figure('fit', 1, 's'), steady([10, 11])];
  expect(doubts({ load: 3, others: 0.8 }, results)).toEqual(Array(2).fill('other programs used 0.80 processors'));
  expect(doubts({ load: 3, others: null }, results)).toEqual(Array(2).fill('the load average was 3.0'));
});

test('a figure whose runs lie apart does not count, and says how far; those beside it do', () => {
  expect(doubts(quiet, [steady([10, 14, 15]), steady([10, 10, 11])])).toEqual([
    'ours: the median is 1.40 times the least',
    undefined,
  ]);
  expect(doubts(quiet, [{ ...beside('pass', 'ms', [1, 1], 'other', [1, 2, 2]), steady: true }])).toEqual([
    'other: the median is 2.00 times the least',
  ]);
});

test('a contestant that waited for a processor does not count, nor does what stands beside it', () => {
  const score = (waited: number | null) => ({ ms: [10, 10], logLikelihood: [], waited });
  const results = [match('two', score(0.2), 'one', score(0.01)), match('one', score(0.01), 'C', score(null))];
  expect(doubts(quiet, results)).toEqual(['20 % of the time was waiting for a processor', undefined]);
});

test('figures that are no repeated times may lie apart', () => {
  expect(doubts(quiet, [figure('likelihood', [10, 14, 15], 'nats')])).toEqual([undefined]);
});

test('what was asked of a ratio, or of a figure alone, is kept or missed; nothing is said of one that does not count', () => {
  const asked = (values: readonly number[], most: number) => ({
    ...beside('fit', 's', values, 'other', [2]),
    asked: most,
  });
  expect(verdict(asked([1], 0.5))).toBe('kept: at most 0.500');
  expect(verdict(asked([1.2], 0.5))).toBe('MISSED: at most 0.500');
  expect(verdict({ ...figure('peak memory', 2001, 'MB'), asked: 2000 })).toBe('MISSED: at most 2000');
  expect(verdict({ ...asked([1], 0.5), doubt: 'the load average was 3.0' })).toBe('');
  expect(verdict(figure('fit', 1, 's'))).toBe('');
});

test('the table has a line for each figure, under one another', () => {
  const lines = table([beside('fit', 's', [1, 2, 3], 'other', [4]), figure('memory', 512.3, 'MB')]).split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[1]).toMatch(/^fit +2\.00 \[1\.00, 3\.00\] s +other +4\.00 s +0\.500 +0\.250$/);
  expect(lines[2]).toMatch(/^memory +512 MB$/);
});

test('a file quotes the lines that have the words, with what was kept and what does not count', () => {
  const results = [
    { ...beside('large, 1 thread', 'ms', [20], 'C', [40]), asked: 1.15 },
    { ...beside('large, 2 threads', 'ms', [15], 'C', [40]), doubt: 'other programs used 0.80 processors' },
    figure('small', 3, 'ms'),
  ];
  const entry = { date: '2026-01-02T03:04:05Z', commit: 'abc', changed: false, machine: '2 x P', node: 'v20' };
  const entries = [{ ...entry, case: 'pass', load: 1, others: 0.02, seconds: 12, results }];
  const text =
    'Before\n\n<!-- bench:pass large -->\nold\n<!-- /bench -->\n\n<!-- bench:other -->\n<!-- /bench -->\n\nAfter\n';
  const lines = quoted(text, entries).split('\n');
  expect(lines).toContain('| large, 1 thread | 20.0 ms | C: 40.0 ms | 0.500 | kept: at most 1.15 |');
  expect(lines).toContain(
    '| large, 2 threads | 15.0 ms | C: 40.0 ms | 0.375 | does not count: other programs used 0.80 processors |',
  );
  expect(lines).toContain(
    '_`npm run bench -- pass`: 2 x P, Node v20, load 1.00, other work 0.02 processors, 2026-01-02, commit abc, 12 s._',
  );
  expect(lines).toContain('Not measured yet on a quiet machine: `npm run bench -- other`.');
  expect(lines.filter((line) => /small|old/.test(line))).toEqual([]);
  expect([lines[0], lines.at(-2)]).toEqual(['Before', 'After']);
});

test('a run that was disturbed does not take the place of one that was not, unless there is no other', () => {
  const entry = (name: string, commit: string, doubts: readonly boolean[]) => ({
    ...{ date: '2026-01-02T03:04:05Z', commit, changed: false, machine: '2 x P', node: 'v20', case: name },
    ...{ load: 1, others: 0.02, seconds: 12 },
    results: doubts.map((isDoubted) => ({ ...figure('fit', 1, 's'), ...(isDoubted ? { doubt: 'load' } : {}) })),
  });
  const entries = [
    entry('pass', 'first', [false, false, false]),
    entry('pass', 'second', [false, false, true]),
    entry('pass', 'third', [false, true, true]),
    entry('fit', 'first', [false, true]),
    entry('fit', 'second', [false, true]),
  ];
  expect(lastWorthy(entries)).toEqual([entries[1], entries[4]]);
});

/** A contestant whose fits take, by its own account, these milliseconds an iteration; the log-likelihood counts its fits. */
const contestant = (name: string, ms: readonly number[]) => ({
  name,
  command: process.execPath,
  words: [
    '-e',
    `let fits = 0;
    require('node:readline').createInterface({ input: process.stdin }).on('line', () =>
      console.log(JSON.stringify({ ms: ${JSON.stringify(ms)}, logLikelihood: [++fits] })));`,
  ],
});

test('in a contest each fits until its turn is long enough; first iterations and first rounds do not count', async () => {
  const both = [contestant('slow', [900, 60, 40]), contestant('fast', [900, 5, 15])];
  const scores = await contest(both, { warming: 1, counted: 2, turn: 100 });
  expect(scoreOf('slow', scores)).toMatchObject({ ms: [50, 50], logLikelihood: [3] });
  expect(scoreOf('fast', scores)).toMatchObject({ ms: [10, 10], logLikelihood: [15] });
});

test('a contest fails where a contestant ends without an answer', async () => {
  const silent = { name: 'silent', command: process.execPath, words: ['-e', 'process.exit(3)'] };
  await expect(contest([silent], { warming: 0, counted: 1, turn: 0 })).rejects.toThrow(
    'silent ended with code 3 and no answer.',
  );
});

test.runIf(process.platform === 'linux')('Linux tells how long the threads of a process ran and waited', () => {
  const before = scheduled(process.pid);
  const end = performance.now() + 50;
  while (performance.now() < end) Math.sqrt(end);
  const after = scheduled(process.pid);
  const since = (of: 'ran' | 'waited') => (after?.[of] ?? 0) - (before?.[of] ?? 0);
  expect(since('ran')).toBeGreaterThan(0);
  expect(since('ran') + since('waited')).toBeGreaterThan(45);
  expect(scheduled(2 ** 30)).toBeNull();
});

test.runIf(process.platform === 'linux')('the memory of a process is in millions of bytes, whoever is asked', () => {
  // Pages come and go between two questions: what matters is that a kB of the system is not taken for 1,000 bytes.
  const gaps = Array.from({ length: 5 }, () => Math.abs((megabytesOf('self', 'VmRSS') ?? 0) / megabytesNow() - 1));
  expect(Math.min(...gaps)).toBeLessThan(0.01);
  expect(peakMegabytes()).toBeGreaterThan(0.99 * megabytesNow());
  expect(megabytesOf(2 ** 30, 'VmHWM')).toBeNull();
});
