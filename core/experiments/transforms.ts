import { Matrix, solve } from 'ml-matrix';
import { activationNamed, activationOf } from '../model/activations';
import { activationIds, type ActivationId } from '../model/spec';
import { hermiteMoments } from '../moments/hermite-moments';
import { labelTransforms } from '../moments/label-transforms';
import { quarticTransforms } from '../moments/quartic-transforms';
import type { Claim, Experiment, Line, Measured } from './experiment';
import { figure, rowOf, thresholdFindings } from './lib/findings';
import { observe } from './lib/measure';

/** The coefficients of P3, P2, Q4, Q2 and the constants of the moments, in the order of the table. */
type Coefficients = Record<'alpha' | 'beta' | 'gamma' | 'c2' | 'c3' | 'a' | 'b' | 'c' | 'c4', number>;

/** The table at sigma = 0, computed by another program: what ours must agree with to its last digit. */
const table: Readonly<Record<ActivationId, Coefficients>> = {
  linear: { alpha: 0, beta: -3, gamma: 0, c2: 2, c3: 6, a: 0, b: -6, c: 0, c4: 24 },
  sigmoid: {
    ...{ alpha: -1.5, beta: 0.65099, gamma: -1, c2: 0.062396, c3: 0.022769 },
    ...{ a: -2, b: 1.3386, c: -0.3386, c4: 0.009359 },
  },
  tanh: {
    ...{ alpha: 0, beta: -0.69986, gamma: 0, c2: 0.3636, c3: 0.23346 },
    ...{ a: 0, b: -1.0193, c: 0, c4: 0.15687 },
  },
  relu: {
    ...{ alpha: -3.29359, beta: 2.25582, gamma: -1.59577, c2: 0.36338, c3: 0.37209 },
    ...{ a: -5.3525, b: 8.125, c: -3.2913, c4: 0.50105 },
  },
  'leaky-relu': {
    ...{ alpha: -2.85444, beta: 1.36953, gamma: -1.43619, c2: 0.49434, c3: 0.74826 },
    ...{ a: -4.4291, b: 4.7183, c: -0.4871, c4: 1.5849 },
  },
};

const SOLVED = 'linear systems, quadrature';
const PUBLISHED = 'system as published';
const TABLE_ERROR = 'largest deviation from the table';
const LAW_ERROR = 'largest deviation from the sigma laws';
const CONDITION = 'largest of the three conditions';
const SIGMAS = [0.1, 0.3, 0.5, 1];
const RELU_SIGMA = 0.3;
const reluSetting = `relu, sigma = ${RELU_SIGMA}`;

const response = (id: ActivationId) => activationOf(activationNamed(id)).value;

function coefficients(id: ActivationId, sigma: number): Coefficients {
  const { cubic, quadratic, c2, c3 } = labelTransforms(response(id), sigma);
  const { a, b, c, c4 } = quarticTransforms(response(id), sigma);
  return { ...cubic, ...quadratic, c2, c3, a, b, c, c4 };
}

/** By the laws beta(s) = beta(0) − 3 s², b(s) = b(0) − 6 s², c(s) = c(0) − 3 a s², all else constant. */
function byTheLaws(at0: Coefficients, sigma: number): Coefficients {
  const variance = sigma * sigma;
  return {
    ...at0,
    beta: at0.beta - 3 * variance,
    b: at0.b - 6 * variance,
    c: at0.c - 3 * at0.a * variance,
  };
}

const deviation = (one: Coefficients, other: Coefficients): number =>
  Math.max(...(Object.keys(one) as (keyof Coefficients)[]).map((name) => Math.abs(one[name] - other[name])));

/** The three means that Q4 = y⁴ + a y³ + b y² + c y makes vanish, and c4, for ReLU. */
function quarticMeans({ a, b, c }: { a: number; b: number; c: number }, sigma: number) {
  const h = hermiteMoments(response('relu'));
  const variance = sigma * sigma;
  const mean = (q: 1 | 2 | 3 | 4) =>
    h(4, q) + 6 * variance * h(2, q) + a * (h(3, q) + 3 * variance * h(1, q)) + b * h(2, q) + c * h(1, q);
  return { conditions: [mean(1), mean(2), mean(3)], c4: mean(4) };
}

/** Gated-NN, Example 2: the ReLU system with + sigma² in every row of the column of b. */
function publishedRelu(sigma: number): { a: number; b: number; c: number } {
  const h = hermiteMoments(response('relu'));
  const variance = sigma * sigma;
  const orders = [1, 2, 3] as const;
  const system = new Matrix(orders.map((q) => [h(3, q) + 3 * variance * h(1, q), h(2, q) + variance, h(1, q)]));
  const right = orders.map((q) => -(h(4, q) + 6 * variance * h(2, q)));
  const [a, b, c] = solve(system, Matrix.columnVector(right)).to1DArray();
  return { a, b, c };
}

function measureRelu(): Measured {
  const corrected = quarticTransforms(response('relu'), RELU_SIGMA);
  const published = publishedRelu(RELU_SIGMA);
  const observations = [
    { method: SOLVED, solution: corrected },
    { method: PUBLISHED, solution: published },
  ].flatMap(({ method, solution: { a, b, c } }) => {
    const { conditions, c4 } = quarticMeans({ a, b, c }, RELU_SIGMA);
    return observe(reluSetting, method, { a, b, c, c4, [CONDITION]: Math.max(...conditions.map(Math.abs)) });
  });
  const x = Array.from({ length: 21 }, (_, i) => i / 20);
  const lines: Line[] = [
    {
      figure: 'relu',
      series: 'corrected',
      x,
      y: x.map((s) => quarticMeans(quarticTransforms(response('relu'), s), s).c4),
    },
    { figure: 'relu', series: 'as published', x, y: x.map((s) => quarticMeans(publishedRelu(s), s).c4) },
  ];
  return { observations, lines };
}

const settingOf = (id: ActivationId) => (id === 'leaky-relu' ? 'leaky-relu 0.1' : id);

const claims: Claim[] = [
  ...activationIds.flatMap((id): Claim[] => [
    {
      setting: settingOf(id),
      method: SOLVED,
      metric: TABLE_ERROR,
      threshold: { statistic: 'max', operator: '<=', value: 1e-4 },
    },
    {
      setting: settingOf(id),
      method: SOLVED,
      metric: LAW_ERROR,
      threshold: { statistic: 'max', operator: '<=', value: 1e-10 },
    },
  ]),
  {
    setting: reluSetting,
    method: SOLVED,
    metric: CONDITION,
    threshold: { statistic: 'max', operator: '<=', value: 1e-10 },
  },
  {
    setting: reluSetting,
    method: PUBLISHED,
    metric: CONDITION,
    published: '0',
    judge: ({ max }) => (max <= 1e-10 ? 'reproduced' : 'not reproduced'),
  },
  {
    setting: reluSetting,
    method: PUBLISHED,
    metric: 'c4',
    published: 'positive',
    judge: ({ median }) => (median > 0 ? 'reproduced' : 'not reproduced'),
  },
];

/** Section 3 of Gridlock and 3.1 of Gated-NN: the polynomials of the target, for every response. Exact: there is nothing random. */
export const transforms: Experiment = {
  name: 'transforms',
  title: 'Polynomials of the target',
  source: 'Gridlock, section 3 and appendix C; Gated-NN, section 3.1 and examples 1 and 2',
  question:
    'Which polynomials of the target make the moments tell the experts apart, for each response, and are the published ones right?',
  seeds: 1,
  claims,
  figures: [
    {
      id: 'relu',
      title: 'ReLU: the constant c4 of the fourth moment, which must be positive',
      x: { label: 'sigma', scale: 'linear' },
      y: { label: 'c4', scale: 'linear' },
    },
  ],
  tasks: () => [...activationIds.map(settingOf), reluSetting].map((setting) => ({ setting, seed: 1 })),
  run({ setting }) {
    if (setting === reluSetting) return measureRelu();
    const id = activationIds.find((one) => settingOf(one) === setting);
    if (!id) throw new Error(`There is no response ${setting}.`);
    const at0 = coefficients(id, 0);
    const laws = SIGMAS.map((sigma) => deviation(coefficients(id, sigma), byTheLaws(at0, sigma)));
    const observations = observe(setting, SOLVED, {
      ...at0,
      [TABLE_ERROR]: deviation(at0, table[id]),
      [LAW_ERROR]: Math.max(...laws),
    });
    return { observations, lines: [] };
  },
  findings(report) {
    const left = rowOf(report, reluSetting, PUBLISHED, CONDITION);
    const c4 = rowOf(report, reluSetting, PUBLISHED, 'c4');
    const wrong =
      left && c4 && left.max > 1e-10
        ? [
            `The published ReLU system (Gated-NN, Example 2) is wrong for any sigma above 0: at sigma = ${RELU_SIGMA} its solution leaves the conditions at ${figure(left.max)} instead of 0 and makes c4 ${figure(c4.median)}, which must be positive; without the + sigma² in the column of b it is right.`,
          ]
        : [];
    return [...thresholdFindings(report), ...wrong];
  },
};
