import type { AppError } from '../../result';
import type { Problem } from '../../model/problem';
import type { Random } from '../../random';
import type { Fit, FitEvent, Method, Option, Outcome, Settings, Start } from '../method';
import { l4Llog } from '../l4-llog';
import { refusalOf } from '../refusal';
import { spectralEm } from '../spectral-em';
import { given } from './given';
import { kMeansStart } from './k-means';
import { startOfMethod } from './of-method';
import { randomGate } from './random-gate';
import { randomParameters } from './random-parameters';
import { type Begun, hasBegun, type StartingPoint } from './starting-point';

/** The registry: one line a starting point. The first is the default. */
const startingPoints: readonly StartingPoint[] = [
  randomGate,
  randomParameters,
  kMeansStart,
  startOfMethod('spectral', 'spectral', 'the directions of the moments', spectralEm),
  startOfMethod('l4', 'L4', 'the directions of L4', l4Llog),
  given,
];

/** Where a baseline begins. */
export const startOption: Option = {
  name: 'start',
  label: 'Start from',
  meaning:
    'Where each start begins: a random split of the rows, random parameters as in the papers, groups of rows found by k-means, the result of a method of moments before its polish, or a model that is given. Only random starts and k-means differ between restarts.',
  type: 'choice',
  choices: startingPoints.map(({ id, label }) => ({ value: id, label: label[0].toUpperCase() + label.slice(1) })),
  default: startingPoints[0].id,
};

const startingPointOf = ({ options }: Settings): StartingPoint => {
  const found = startingPoints.find(({ id }) => id === options[startOption.name]);
  if (!found) throw new Error('the option table has checked the start');
  return found;
};

/** Why a method that begins at a starting point cannot run, or null. */
export const refusalFrom = (problem: Problem, settings: Settings): AppError | null =>
  refusalOf(problem) ?? startingPointOf(settings).refusal(problem, settings);

/** The starts of a method that begins at a starting point: as many as asked for where they differ, else one. */
export function startsFrom(method: Method['id'], settings: Settings): Start[] {
  const { label, drawn } = startingPointOf(settings);
  return Array.from({ length: drawn ? settings.restarts : 1 }, (_, i) => ({
    label: drawn ? `${label} ${i + 1}` : label,
    method,
    stream: i,
  }));
}

/**
 * The start's parameters, then the fit from them.
 *
 * @param stage  of the fit: its name, and how its label begins
 */
export function* fitFrom(
  problem: Problem,
  settings: Settings,
  random: Random,
  stage: { readonly name: string; readonly label: string },
  fit: (begun: Begun) => Fit,
): Generator<FitEvent, Outcome, void> {
  const point = startingPointOf(settings);
  const begun = yield* point.begin(problem, settings, random);
  if (!hasBegun(begun)) return begun;
  yield { type: 'stage', stage: stage.name, label: `${stage.label} from ${point.from}` };
  return yield* fit(begun);
}
