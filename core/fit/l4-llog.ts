import { activationOf } from '../model/activations';
import type { Problem } from '../model/problem';
import type { TensorData } from '../moments/label-tensor';
import { labelTransforms } from '../moments/label-transforms';
import { quarticTransforms } from '../moments/quartic-transforms';
import type { Random } from '../random';
import { fitAlong, type GatingOptions, notesBefore } from './directions/along-directions';
import { calibrated } from './em/calibrate';
import {
  type Candidate,
  candidatesAlong,
  type Inputs,
  inputsOf,
  noiseOf,
  unitNorm,
} from './directions/direction-candidates';
import { basesOf } from './directions/direction-options';
import { type Signed, withNearerSigns } from './directions/direction-signs';
import { em } from './em/em';
import { frozen } from './em/expert-step';
import { type L4Directions, type L4Labels, l4Directions } from './l4/l4-directions';
import { l4Options, l4Refusal, type L4Settings, l4Settings } from './l4/l4-options';
import { l4Report, unboundedNote } from './l4/l4-report';
import { streamDefaults } from './l4/l4-stream';
import { type StreamDirections, streamDirections } from './l4/l4-stream-directions';
import type { Fit, Method } from './method';
import { momentAssumptions } from './directions/moment-assumptions';
import { projectedGate } from './l4/projected-gate';
import { refusalOf } from './refusal';
import { mixtureOptions } from './settings';
import { splitDescent } from './l4/split-descent';

/**
 * Gated-NN: the experts' directions by the loss L4, no starting point needed to be near them; then the gate by projected gradient
 * descent on L_log. With intercepts on, each expert's slope, intercept and sigma are estimated with the gate, its direction held. With
 * intercepts and polish off it is the published algorithm: unit-norm regressors held, the gate alone estimated.
 */
export const l4Llog: Method = {
  id: 'l4-llog',
  name: 'Losses of their own for experts and gate',
  summary:
    'Finds the direction of every expert as the minimum of a loss made of fourth moments, then fits the gate by a loss of its own.',
  promise:
    'Where its assumptions hold, the loss of the experts has no minimum but the true directions, and that of the gate none but the true gate.',
  assumes: [
    'Features are bell-shaped together, as from a normal distribution.',
    'Experts have slopes of similar size in different directions.',
    'There are at least as many features as experts.',
  ],
  restsOn: momentAssumptions,
  whenNot:
    'Few rows, or experts that bend sharply: fourth moments are less certain than the second and third ones of directions from moments, which need fewer rows.',
  source: 'Makkuva, Oh, Kannan and Viswanath, Learning in gated neural networks, AISTATS 2020',
  options: [...l4Options, ...mixtureOptions],
  refusal: (problem, settings) => refusalOf(problem) ?? l4Refusal(problem, settings),
  starts: () => [{ label: 'L4', method: 'l4-llog', stream: 0 }],
  fit: function* (problem, settings, _start, random): Fit {
    const options = l4Settings(settings);
    const label = options.streaming ? 'Descent on mini-batches' : 'Moments of the rows';
    yield { type: 'stage', stage: 'moments', label };
    const inputs = inputsOf(problem, true);
    yield* notesBefore(problem, settings, inputs?.whitened ?? true);
    if (options.streaming) yield { type: 'note', sentence: unboundedNote(options.delta) };
    const candidates = inputs ? candidatesOf(problem, inputs, basesOf(problem, settings), options, random) : [];
    return yield* fitAlong(problem, settings, candidates, {
      gate: (at, candidate, limits) => llogGate(at, candidate, options, limits, random),
      report: (found) => l4Report(found, problem.k),
    });
  },
};

function candidatesOf(
  problem: Problem,
  inputs: Inputs,
  bases: ReturnType<typeof basesOf>,
  options: L4Settings,
  random: Random,
): Candidate<Signed<L4Directions | StreamDirections>>[] {
  const { k, activation, train } = problem;
  const { coordinates } = inputs;
  const respond = activationOf(activation).value;
  const sigma = noiseOf(problem, inputs);
  const labels: L4Labels = { quartic: quarticTransforms(respond, sigma), cubic: labelTransforms(respond, sigma) };
  const { mu, lambda, delta, learningRate, optimiser, steps } = options;
  const find = (data: TensorData) =>
    options.streaming
      ? streamDirections(
          data,
          coordinates,
          labels,
          k,
          Math.min(options.batch, train.n),
          {
            ...streamDefaults(coordinates.q),
            weights: { mu, lambda, delta },
            optimiser,
            rates: [learningRate, learningRate / 100],
            steps,
          },
          random,
        )
      : l4Directions(data, coordinates, labels, k, { ...options, starts: options.descents }, random);
  const candidates = candidatesAlong<L4Directions | StreamDirections>(problem, inputs, bases, find);
  return candidates.map((candidate) => withNearerSigns(problem, candidate));
}

/** The gate on L_log, and with it, but in the published algorithm, slope and intercept of each expert along its direction. */
function* llogGate(
  problem: Problem,
  candidate: Candidate,
  { radius, parts }: L4Settings,
  { published, ...limits }: GatingOptions,
  random: Random,
): Fit {
  const start = published ? unitNorm(problem, candidate.start) : candidate.start;
  const options = {
    stage: published ? 'gate' : 'calibrate',
    expertStep: published ? frozen : calibrated(candidate.found.weights),
    gateStep: projectedGate(problem, radius),
  };
  const { maxIterations, firstIteration = 0 } = limits;
  return yield* parts === null
    ? em(problem, start, { ...options, ...limits })
    : splitDescent(problem, start, { ...options, parts: Math.min(parts, maxIterations), firstIteration }, random);
}
