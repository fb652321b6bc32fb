import type { Problem } from '../model/problem';
import { weightOf } from '../model/row-windows';
import { type AppError, fail } from '../result';
import { jointEm } from './joint-em';
import { l4Llog } from './l4-llog';
import type { Fit, Method, Settings, Start } from './method';
import { isSound } from './race';
import { refusalOf } from './refusal';
import type { StartResult } from './run';
import { mixtureOptions } from './settings';
import { spectralEm } from './spectral-em';
import { innerSettings } from './starting-points/of-method';

/** A method of moments and the stream of its one start, far from those of the random starts, which are numbered from 0. */
const momentStarts: readonly { readonly method: Method; readonly stream: number }[] = [
  { method: spectralEm, stream: 1_000_001 },
  { method: l4Llog, stream: 1_000_002 },
];

/**
 * The recommendation: one start from each method of moments that applies and R random ones, all finished by joint EM with sigma
 * re-estimated; the highest objective among sound endings is kept (race.ts). Random starts find the optimum on most tables where sigma
 * is free; those of moments where rows are scarce or sigma is given. Random start i is that of joint-em.
 */
export const best: Method = {
  id: 'best',
  name: 'Best of all starts',
  summary:
    'Runs expectation maximisation from the directions of the moments and from random starts, and keeps the best fit of the training rows. The recommendation.',
  promise:
    'No worse on the training rows than any of the methods whose starts it runs, and it says where every start ended.',
  assumes: [],
  whenNot: 'You want to see one method by itself, or time is short: it takes as long as all its starts together.',
  source: 'Measured for this program: docs/algorithms.md',
  options: mixtureOptions,
  refusal: (problem, settings) => refusalOf(problem) ?? polishRefusal(settings),
  starts(problem, settings): Start[] {
    const random = jointEm.starts(problem, innerSettings(jointEm, settings));
    // One expert is least squares from wherever it starts.
    if (problem.k === 1) return random.slice(0, 1);
    const moments = momentStarts.flatMap(({ method, stream }) => {
      if (refusalIn(method, problem, settings) !== null) return [];
      const [start] = method.starts(problem, innerSettings(method, settings));
      return [{ ...start, stream }];
    });
    return [...moments, ...random];
  },
  fit(problem, settings, start, random): Fit {
    const method = [jointEm, ...momentStarts.map((one) => one.method)].find(({ id }) => id === start.method);
    if (!method) throw new Error('starts() names only methods of this list');
    return method.fit(problem, innerSettings(method, settings), start, random);
  },
  notesOn: (problem, settings, results, kept) =>
    problem.k === 1 ? [] : [...droppedNotes(problem, settings), ...agreementNote(problem, results, results[kept])],
};

const polishRefusal = ({ polish }: Settings): AppError | null =>
  polish
    ? null
    : fail(
        'fit/best-without-polish',
        'best finishes every start by EM, so it cannot leave that out: turn polish on or choose another method.',
      ).error;

const refusalIn = (method: Method, problem: Problem, settings: Settings): AppError | null =>
  method.refusal(problem, innerSettings(method, settings));

/** Which starts were left out and why; a reason that several share is said once. */
function droppedNotes(problem: Problem, settings: Settings): string[] {
  const dropped = new Map<string, string[]>();
  for (const { method } of momentStarts) {
    const refusal = refusalIn(method, problem, settings);
    if (refusal !== null) dropped.set(refusal.message, [...(dropped.get(refusal.message) ?? []), method.name]);
  }
  return [...dropped].map(
    ([why, names]) =>
      `${names.length === 1 ? 'A start was' : `${names.length} starts were`} left out (${names.join('; ')}): ${why}`,
  );
}

/** Objectives closer than this, in nats a row, are the same optimum for a reader; the results' strip of starts counts alike. */
const SAME = 1e-4;

/** Where the starts ended, as seen from the one that is kept. */
function agreementNote({ train, d }: Problem, results: readonly StartResult[], kept: StartResult): string[] {
  if (results.length < 2 || !isSound(kept.termination)) return [];
  const weight = weightOf(train, d);
  const near = results.filter(
    ({ objective, termination }) => isSound(termination) && kept.objective - objective <= SAME * weight,
  );
  const others = results.filter((one) => one !== kept);
  const alike = others.filter((one) => near.includes(one));
  const moments = others.filter(({ start }) => start.method !== jointEm.id);
  const said = (all: readonly StartResult[], where: string) =>
    all.length === 0 ? '' : `, the ${all.map(({ start }) => start.label).join(' and the ')} one ${where}`;
  const mixed = alike.length > 0 && alike.length < others.length;
  const words =
    said(mixed ? moments.filter((one) => alike.includes(one)) : [], 'among them') +
    said(mixed ? moments.filter((one) => !alike.includes(one)) : [], 'not among them');
  const share = alike.length === 0 ? 'none' : `${alike.length} of ${others.length}`;
  return [
    `The best fit is that of start ${kept.start.label}; of the other starts, ${share} ended within 0.0001 nats a row of it${words}.`,
  ];
}
