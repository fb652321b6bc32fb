import { expect, test } from 'vitest';
import { best } from '../../../core/fit/best';
import { jointEm } from '../../../core/fit/joint-em';
import { l4Llog } from '../../../core/fit/l4-llog';
import type { Method } from '../../../core/fit/method';
import { runStart } from '../../../core/fit/run';
import { completeSettings } from '../../../core/fit/settings';
import { spectralEm } from '../../../core/fit/spectral-em';
import type { ProblemInMemory } from '../../../core/model/problem';
import { attempt, fit, race } from '../../checks/fitting';
import { mixtureProblem } from './mixtures';

const problem = mixtureProblem({ n: 400, d: 4, k: 2, seed: 21 });

function settingsOf(method: Method, given = {}) {
  const settings = completeSettings(method, { restarts: 3, ...given });
  if (!settings.ok) throw new Error(settings.error.message);
  return settings.value;
}

async function notesAndStarts(at: ProblemInMemory) {
  const ended = await race(best, at, settingsOf(best));
  if (!ended.ok) throw new Error(ended.error.message);
  return { notes: ended.value.notes, results: ended.value.results, best: ended.value.best };
}

test('it runs one start of each method of moments and as many random ones as asked for, named by their methods', async () => {
  const starts = best.starts(problem, settingsOf(best));
  expect(starts.filter(({ method }) => method === 'joint-em').map(({ label }) => label)).toEqual([
    'random 1',
    'random 2',
    'random 3',
  ]);
  for (const id of ['spectral-em', 'l4-llog']) expect(starts.filter(({ method }) => method === id)).toHaveLength(1);
  expect(new Set(starts.map(({ stream }) => stream)).size).toBe(starts.length);
  const { results } = await notesAndStarts(problem);
  expect(results.map(({ start }) => start)).toEqual(starts);
});

test('its random starts are those of joint-em, and those of moments end where their methods do', () => {
  const hooks = { now: () => 0, timeLimit: null, onEvent: () => undefined };
  for (const method of [jointEm, spectralEm, l4Llog]) {
    const start = best.starts(problem, settingsOf(best)).find((one) => one.method === method.id);
    if (!start) throw new Error(`no start of ${method.id}`);
    const within = runStart(problem, best, settingsOf(best), start, 5, hooks);
    const alone = runStart(problem, method, settingsOf(method), start, 5, hooks);
    expect(within).toEqual(alone);
  }
});

test('it keeps a fit no worse than any of the methods alone', async () => {
  const both = await Promise.all([jointEm, spectralEm, l4Llog].map((method) => fit(method, problem)));
  const { objective } = await fit(best, problem);
  for (const alone of both) expect(objective).toBeGreaterThanOrEqual(alone.objective);
});

test('it says where the starts ended, counted as the results say', async () => {
  const { notes, results, best: kept } = await notesAndStarts(problem);
  const note = notes.find((sentence) => sentence.startsWith('The best fit'));
  const others = results.filter((one) => one !== results[kept]);
  const near = others.filter(({ objective }) => results[kept].objective - objective <= 1e-4 * problem.train.n);
  const share = near.length === 0 ? 'none' : `${near.length} of ${others.length}`;
  expect(note).toContain(`is that of start ${results[kept].start.label}; of the other starts, ${share} ended`);
  if (near.length === 0 || near.length === others.length) expect(note).not.toContain('among them');
  else
    for (const result of others.filter(({ start }) => start.method !== 'joint-em'))
      expect(note).toMatch(
        new RegExp(`the (\\w+ and the )?${result.start.label}.* one ${near.includes(result) ? '' : 'not '}among`),
      );
});

test('starts that do not apply are left out, and a note says which and, once for all that share it, why', async () => {
  const narrow = mixtureProblem({ n: 300, d: 1, k: 2, seed: 2 });
  const { notes, results } = await notesAndStarts(narrow);
  expect(results.every(({ start }) => start.method === 'joint-em')).toBe(true);
  const [reason, ...more] = new Set(
    [spectralEm, l4Llog].map((method) => method.refusal(narrow, settingsOf(method))?.message),
  );
  expect(more).toEqual([]);
  expect(notes).toContain(`2 starts were left out (${spectralEm.name}; ${l4Llog.name}): ${reason}`);
});

test('one expert needs one start', () => {
  expect(best.starts({ ...problem, k: 1 }, settingsOf(best))).toHaveLength(1);
});

test('it cannot leave out the polish, and says so', async () => {
  const ended = await attempt(best, problem, { polish: false });
  expect(!ended.ok && ended.error.code).toBe('fit/best-without-polish');
  expect(!ended.ok && ended.error.message).toMatch(/^[^.]+\.$/);
});

test('a given sigma is the sigma of every start', async () => {
  const { results } = await notesAndStarts({ ...problem, noise: { kind: 'fixed', sigma: 0.4 } });
  for (const { parameters } of results) expect([...parameters.sigmas]).toEqual([0.4, 0.4]);
});
