import type { Activation, Parameters } from '../../../core/model/spec';
import { monomials } from '../../../core/moments/monomials';
import { random } from '../../../core/random';
import { randomParameters } from '../fit/mixtures';

export interface Shape {
  readonly d: number;
  readonly k: number;
}

/** What requests are made of. */
export interface Mixture {
  readonly parameters: Parameters;
  /** What moves are to. */
  readonly moved: Parameters;
  readonly activation: Activation;
}

/** Numbers of a seed, the same whoever asks. */
const numbers = (length: number, seed: number): Float64Array => {
  const stream = random(seed);
  return Float64Array.from({ length }, () => stream.normal());
};

/** The first m experts alone, the gate of the last 0. */
function firstExperts({ d, expertWeights, expertIntercepts, sigmas, ...gate }: Parameters, m: number): Parameters {
  return {
    k: m,
    d,
    expertWeights: expertWeights.slice(0, m * d),
    expertIntercepts: expertIntercepts.slice(0, m),
    sigmas: sigmas.slice(0, m),
    gateWeights: gate.gateWeights.slice(0, m * d).fill(0, (m - 1) * d),
    gateIntercepts: gate.gateIntercepts.slice(0, m).fill(0, m - 1),
  };
}

/** The gates as k functions of (1, x). */
const packedGates = ({ k, d, gateIntercepts, gateWeights }: Parameters): Float64Array =>
  Float64Array.from({ length: k * (d + 1) }, (_, at) => {
    const [i, a] = [Math.floor(at / (d + 1)), at % (d + 1)];
    return a === 0 ? gateIntercepts[i] : gateWeights[i * d + a - 1];
  });

const [variables, degree] = [2, 3];
const label = (d: number) => ({
  base: numbers(d + 1, 31),
  scale: 0.5,
  coefficients: [0.5, -1, 0.25, 2],
  remainder: numbers(variables + 1, 42),
});

/** What each kernel of the program is asked for, by its name: everything it can bring home, and its other ways. */
export const requests: Readonly<Record<string, (mixture: Mixture, shape: Shape) => readonly unknown[]>> = {
  'mixture-assignment': ({ parameters }, { k }) => [{ components: k, affine: packedGates(parameters) }],
  expectation: ({ parameters, activation }, { d, k }) => [
    { parameters, activation, moments: true, curvature: true, background: 0.2 },
    { parameters, activation, moments: { along: numbers(k * d, 32) }, curvature: false },
  ],
  'expert-move': ({ parameters: from, moved: to, activation }, { d, k }) => [
    { from, to, activation, background: 0.2, derivatives: true },
    { from, to, activation, background: 0, derivatives: { along: numbers(k * d, 32) } },
    { from, to, activation, background: 0, derivatives: false },
  ],
  'gate-move': ({ parameters: from, moved: to }) => [{ from, to, curvature: true }],
  'l4-averages': (_, { d, k }) => [{ k, directions: numbers(k * d, 33) }],
  'l4-pull': (_, { d, k }) => [
    {
      k,
      directions: numbers(k * d, 33),
      lengths: numbers(k, 34),
      linear: numbers(k * k, 35),
      weights: numbers(k * k, 36),
    },
  ],
  'missing-information': ({ parameters, activation }, { d, k }) => [
    {
      parameters,
      activation,
      direction: { gates: numbers(k * (d + 1), 37), experts: numbers(k * (d + 1), 38), logSigmas: numbers(k, 39) },
    },
  ],
  'mixed-error': ({ parameters, activation }) => [{ parameters, activation, background: 0.2 }],
  'mixture-sums': ({ parameters }, { d, k }) => [
    {
      monomials: monomials(variables, degree),
      coordinates: numbers(variables * (d + 1), 40),
      shifts: numbers(k * variables, 41),
      odds: { components: k, affine: packedGates(parameters) },
      label: label(d),
    },
  ],
  // Of two experts: a mixture of one has no such gate.
  'moment-gate': ({ parameters, activation }, { k }) =>
    k < 2 ? [] : [0, 0.5].map((trim) => ({ experts: firstExperts(parameters, 2), activation, trim })),
  'nearest-centre': (_, { d, k }) => [{ k, scale: numbers(d + 1, 43), centres: numbers(k * (d + 1), 44), out: null }],
  'nearest-expert': ({ parameters, activation }) => [{ parameters, activation }],
  polynomial: (_, { d }) => [
    {
      monomials: monomials(variables, degree),
      coordinates: numbers(variables * (d + 1), 40),
      label: label(d),
      gram: true,
    },
  ],
  prediction: ({ parameters, activation }) => [{ parameters, activation, out: null }],
  'second-moments': () => [null],
};

/** Mixtures at the edges of what numbers can say. */
const edges: Readonly<Record<string, (ordinary: Parameters) => Parameters>> = {
  'an ordinary mixture': (ordinary) => ordinary,
  'gate scores of millions': (ordinary) => withGates(ordinary, 1e6),
  'gate scores of 1e150': (ordinary) => withGates(ordinary, 1e150),
  'an expert the gate never asks': (ordinary) => ({
    ...ordinary,
    gateIntercepts: ordinary.gateIntercepts.with(0, -1e5),
  }),
  'an expert far from every row': (ordinary) => ({
    ...ordinary,
    expertIntercepts: ordinary.expertIntercepts.with(0, 1e6),
  }),
  'sigmas at which densities underflow': (ordinary) => ({
    ...ordinary,
    sigmas: ordinary.sigmas.map((sigma) => sigma / 1e3),
  }),
};
const withGates = (ordinary: Parameters, times: number): Parameters => ({
  ...ordinary,
  gateWeights: ordinary.gateWeights.map((weight) => times * weight),
});

export const mixtureNames = Object.keys(edges);

export const mixtureOf = (name: string, activation: Activation, { d, k }: Shape): Mixture => ({
  parameters: edges[name](randomParameters(k, d, random(21))),
  moved: randomParameters(k, d, random(22)),
  activation,
});
