import type { ActivationId } from '../model/spec';
import type { Claim, Experiment } from './experiment';
import { percent, rowOf, spread, thresholdFindings } from './lib/findings';
import { emFrom, fitStarts, type FitChoice, fitWith, hasSucceeded } from './lib/fitting';
import { knownGate } from './lib/known-gate';
import { metricNames, observe, recovered, signsAreRight, simulationTasks } from './lib/measure';
import { simulatedProblem } from './lib/problems';

const { regressorFit, success } = metricNames;
/** Whether every expert points the way of its true one: the fit looks at lines alone, and a ReLU on the wrong side is another expert. */
const SIGNS = 'signs right';

/** Responses with their noise, and what the two kinds of moments reach at n = 20,000. */
const responses: readonly { activation: ActivationId; sigma: number; raw: number; regression: number }[] = [
  { activation: 'sigmoid', sigma: 0.05, raw: 0.98, regression: 0.997 },
  { activation: 'tanh', sigma: 0.1, raw: 0.99, regression: 0.997 },
  { activation: 'relu', sigma: 0.1, raw: 0.97, regression: 0.975 },
  { activation: 'leaky-relu', sigma: 0.1, raw: 0.985, regression: 0.99 },
];
const settingOf = (activation: ActivationId, rows: number) => `${activation}, n = ${rows}`;
const LARGE = 20000;
const settings = new Map(
  [2000, LARGE].flatMap((rows) =>
    responses.map((response) => [settingOf(response.activation, rows), { ...response, rows }] as const),
  ),
);

const RAW = 'plain averages (as published)';
const REGRESSION = 'regression';
const POLISHED = 'regression, then joint EM';
const RANDOM = 'joint EM, random start';
const methods: Readonly<Record<string, FitChoice>> = {
  [RAW]: { options: { moments: 'raw' } },
  [REGRESSION]: { options: { moments: 'regression' } },
  [POLISHED]: { options: { moments: 'regression' }, polish: true },
};

const claims = responses.flatMap(({ activation, raw, regression }): Claim[] => {
  const asked = (method: string, value: number): Claim => ({
    setting: settingOf(activation, LARGE),
    method,
    metric: regressorFit,
    threshold: { statistic: 'median', operator: '>=', value },
  });
  return [asked(RAW, raw), asked(REGRESSION, regression), asked(POLISHED, 0.999)];
});

/** Gridlock, section 3.3 and appendix: two experts with a response that is not a line. */
export const gridlockNonlinear: Experiment = {
  name: 'gridlock-nonlinear',
  title: 'Recovery of nonlinear experts',
  source: 'Gridlock, section 3 and appendix C',
  question: 'Are experts behind a sigmoid, tanh, ReLU or leaky ReLU recovered by the transforms of that response?',
  seeds: 20,
  claims,
  figures: [],
  tasks: (effort) => simulationTasks(settings, effort),
  run({ setting, seed }, _effort, _tables, cancel) {
    const { activation, sigma, rows } = settings.get(setting)!;
    const drawn = {
      rows,
      features: 10,
      experts: 2,
      sigma,
      activation,
      inputs: 'gaussian',
      gates: 'random',
      seed,
    } as const;
    const { problem, truth } = simulatedProblem(drawn, { cancel });
    const observations = Object.entries(methods).flatMap(([name, choice]) => {
      const { parameters } = fitWith(problem, 'spectral-em', choice, seed);
      return [
        ...recovered(setting, name, parameters, truth),
        ...observe(setting, name, { [SIGNS]: Number(signsAreRight(parameters, truth)) }),
      ];
    });
    const mle = emFrom(problem, truth).last;
    const [random] = fitStarts(problem, 'joint-em', { restarts: 1 }, seed);
    const reached = Number(hasSucceeded(problem, random.logLikelihood, mle.logLikelihood));
    return {
      observations: [
        ...observations,
        ...knownGate(setting, { problem, truth }),
        ...recovered(setting, RANDOM, random.parameters, truth),
        ...observe(setting, RANDOM, { [success]: reached }),
      ],
      lines: [],
    };
  },
  findings(report) {
    const sentences = [...settings.keys()].flatMap((setting) => {
      const [raw, regression, polished, rate] = [
        rowOf(report, setting, RAW, regressorFit),
        rowOf(report, setting, REGRESSION, regressorFit),
        rowOf(report, setting, POLISHED, regressorFit),
        rowOf(report, setting, RANDOM, success),
      ];
      if (!raw || !regression || !polished || !rate) return [];
      return [
        `${setting}: regressor fit ${spread(raw)} by plain averages, ${spread(regression)} by regression, ${spread(polished)} after joint EM; ${percent(rate.mean)} of the random starts of joint EM reach what EM from the truth reaches.`,
      ];
    });
    const wrong = report.rows.filter(({ metric, method, mean }) => metric === SIGNS && method !== POLISHED && mean < 1);
    const signs = wrong.map(
      ({ setting, method, mean }) => `${setting}, ${method}: ${percent(1 - mean)} of the data sets`,
    );
    return [
      ...sentences,
      ...(signs.length === 0
        ? []
        : [
            `The third moment gives an expert the wrong sign at times, which the fit of directions does not show and the gate does: ${signs.join('; ')}.`,
          ]),
      ...thresholdFindings(report),
    ];
  },
};
