import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { modelSchema } from '../../../core/export/model-schema';
import type { ModelFile } from '../../../core/model/model-file';
import { fitReport, type FitReport } from '../../../core/protocol';
import { evaluateRow } from '../evaluate/fixture';
import { moe, workFolder, type Ran } from './terminal';

const folder = workFolder();
afterAll(folder.remove);

const [data, out, predictions, trace] = ['data.csv', 'model.json', 'predictions.csv', 'trace.csv'].map(folder.at);
const fit = ['fit', data, '--target', 'y', '--experts', '2', '--method', 'joint-em', '--restarts', '2', '--seed', '3'];

const csv = (path: string) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
const report = (ran: Ran): FitReport => fitReport.parse(JSON.parse(ran.out));

/** The fit that most tests look at: made once. */
const made: { ran: Ran } = { ran: { status: -1, out: '', err: '' } };
beforeAll(async () => {
  const simulated = [
    '--rows',
    '600',
    '--features',
    '3',
    '--experts',
    '2',
    '--sigma',
    '0.2',
    '--truth',
    folder.at('truth.json'),
  ];
  expect((await moe(['simulate', ...simulated, '--seed', '5', '--out', data])).status).toBe(0);
  made.ran = await moe([...fit, '--json', '--out', out, '--predictions', predictions, '--trace', trace]);
});

describe('fit --json', () => {
  test('prints one document and nothing else, and exits 0', () => {
    expect(made.ran.status).toBe(0);
    expect(made.ran.err).toBe('');
    expect(() => report(made.ran)).not.toThrow();
  });

  test('the document holds the model that was written, and the model fits its schema', () => {
    const model: unknown = JSON.parse(readFileSync(out, 'utf8'));
    expect(report(made.ran).model).toEqual(model);
    const validate = new Ajv2020({ strict: false }).compile(modelSchema());
    expect(validate(model)).toBe(true);
  });

  test('predictions recomputed from model.json alone agree to 1e-12', () => {
    const { model, metrics } = report(made.ran);
    const [header, ...records] = csv(data);
    const sd = metrics.baselines.mean.train.rmse;
    const [, ...predicted] = csv(predictions);
    expect(predicted.length).toBe(600);
    for (const cells of predicted) {
      const record = records[Number(cells[0])];
      const z = model.columns.map(({ name }) => Number(record[header.indexOf(name)]));
      const own = evaluateRow(model, z);
      const tolerance = 1e-12 * (Math.abs(own.prediction) + sd);
      expect(Math.abs(Number(cells[3]) - own.prediction)).toBeLessThan(tolerance);
      expect(Math.abs(Number(cells[5]) - own.gates[0])).toBeLessThan(1e-12);
      expect(Math.abs(Number(cells[8]) - own.means[1])).toBeLessThan(1e-12 * (Math.abs(own.means[1]) + sd));
      expect(Number(cells[2])).toBe(Number(record[header.indexOf('y')]));
    }
  });

  test('the metrics are those of predictions.csv', () => {
    const { metrics } = report(made.ran);
    const [, ...records] = csv(predictions);
    for (const part of ['train', 'test'] as const) {
      const rows = records.filter((cells) => cells[1] === part);
      const squares = rows.reduce((sum, cells) => sum + (Number(cells[2]) - Number(cells[3])) ** 2, 0);
      expect(metrics[part]?.rows).toBe(rows.length);
      expect(metrics[part]?.rmse).toBeCloseTo(Math.sqrt(squares / rows.length), 12);
    }
    expect(metrics.test?.rows).toBe(120);
  });

  test('two experts beat the straight line on data from two experts', () => {
    const { metrics } = report(made.ran);
    expect(metrics.test?.rmse).toBeLessThan(metrics.baselines.ols.test?.rmse ?? 0);
  });

  test('the convergence of every start is written, and its log-likelihood never falls by more than rounding', () => {
    const [header, ...records] = csv(trace);
    expect(header.slice(0, 3)).toEqual(['start', 'stage', 'iteration']);
    expect([...new Set(records.map(([start]) => start))]).toEqual(['1', '2']);
    for (const start of ['1', '2']) {
      const objective = records
        .filter((cells) => cells[0] === start && cells[5] !== '')
        .map((cells) => Number(cells[5]));
      for (let i = 1; i < objective.length; i++) {
        expect(objective[i]).toBeGreaterThanOrEqual(objective[i - 1] - 1e-9 * Math.abs(objective[i - 1]));
      }
    }
  });

  test('the same command gives the same digits', async () => {
    const again = report(await moe([...fit, '--json']));
    const timeless = (one: FitReport) => ({
      ...one,
      termination: { ...one.termination, seconds: 0 },
      model: { ...one.model, termination: { ...one.model.termination, seconds: 0 } },
    });
    expect(timeless(again)).toEqual(timeless(report(made.ran)));
  });

  test('nothing is written but what was asked for', () => {
    const asked = ['data.csv', 'truth.json', 'model.json', 'predictions.csv', 'trace.csv'];
    expect(readdirSync(folder.path).sort()).toEqual(asked.sort());
  });
});

describe('a fit told to a person', () => {
  test('says the finding, the errors, both equations and what was written', async () => {
    const told = await moe([...fit, '--out', out]);
    expect(told.status).toBe(0);
    expect(told.out).toMatch(/Two experts \(.+\): held-out RMSE/);
    expect(told.out).toMatch(/model, held out/);
    expect(told.out).toMatch(/\n {3}y = .+ × x1/);
    expect(told.out).toContain(`Wrote ${out}.`);
  });

  test('stopping at the iteration limit is status 0 with a warning', async () => {
    const short = await moe([...fit, '--json', '--max-iterations', '2']);
    expect(short.status).toBe(0);
    expect(report(short).termination.code).toBe('iteration-limit');
    expect(short.err).toContain('iteration limit');
  });

  test('Ctrl-C keeps the best so far, says so, and is status 0', async () => {
    // Steps on random rows never come to rest, whatever the machine's speed.
    const endless = ['--method', 'sgd-nll', '--restarts', '1', '--tolerance', '1e-15', '--max-iterations', '1000000'];
    const bars: string[] = [];
    const stopped = await moe([...fit, ...endless, '--json'], (text) => text.includes('%') && bars.push(text) === 3);
    expect(stopped.status).toBe(0);
    expect(report(stopped).termination.code).toBe('cancelled');
    expect(stopped.err).toContain('best so far');
  });

  test('Ctrl-C between starts keeps those that ended and says how many did not run', async () => {
    const bars: string[] = [];
    const stopped = await moe(
      [...fit, '--restarts', '500', '--json'],
      (text) => text.includes('%') && bars.push(text) === 3,
    );
    expect(stopped.status).toBe(0);
    const { starts } = report(stopped);
    expect(starts.length).toBeLessThan(500);
    expect(stopped.err).toContain(`Stopped on request: ${starts.length} of 500 starts have parameters`);
  });
});

describe('flags', () => {
  test('columns by number, a file of held-out rows, fixed noise and no intercept reach the model', async () => {
    const rows = folder.write('rows.txt', '0\n5\n7\n');
    const done = report(
      await moe([
        'fit',
        data,
        '--json',
        '--target',
        '#4',
        '--features',
        '#1,x2',
        '--experts',
        '2',
        '--restarts',
        '1',
        '--test-rows',
        rows,
        '--noise',
        '0.2',
        '--no-intercept',
        '--predictions',
        predictions,
      ]),
    );
    expect(done.model.target).toBe('y');
    expect(done.model.columns).toEqual([
      { name: 'x1', center: 0 },
      { name: 'x2', center: 0 },
    ]);
    expect(done.model.experts.every(({ sigma, intercept }) => Math.abs(sigma - 0.2) < 1e-12 && intercept === 0)).toBe(
      true,
    );
    expect(done.metrics.test?.rows).toBe(3);
    const held = csv(predictions).filter((cells) => cells[1] === 'test');
    expect(held.map(([row]) => row)).toEqual(['0', '5', '7']);
  });

  test('nothing held out leaves the test metrics null', async () => {
    const done = report(await moe([...fit, '--json', '--test-fraction', '0', '--method', 'ols']));
    expect(done.metrics.test).toBeNull();
    expect(done.metrics.train.rows).toBe(600);
  });

  test('least squares as a method and as a baseline are the same line', async () => {
    const done = report(await moe([...fit, '--json', '--method', 'ols']));
    expect(done.model.experts.length).toBe(1);
    expect(done.metrics.test?.rmse).toBeCloseTo(done.metrics.baselines.ols.test?.rmse ?? 0, 9);
    expect(done.metrics.train.logLikelihood).toBeCloseTo(done.metrics.baselines.ols.train.logLikelihood, 9);
  });
});

describe('predict', () => {
  test('gives the rows of the training file the same predictions, whatever the order of its columns', async () => {
    await moe([...fit, '--out', out, '--predictions', predictions]);
    const [header, ...records] = csv(data);
    const turned = [header, ...records].map((cells) => [...cells].reverse().join(','));
    const other = folder.write('turned.csv', `${turned.join('\n')}\n`);
    const again = folder.at('again.csv');
    const done = await moe(['predict', out, other, '--out', again]);
    expect(done.status).toBe(0);
    expect(done.out).toMatch(/^Predicted 600 rows\. RMSE /);
    const [, ...first] = csv(predictions);
    const [, ...second] = csv(again);
    expect(second.map((cells) => cells.slice(2))).toEqual(first.map((cells) => cells.slice(2)));
    expect(new Set(second.map(([, split]) => split))).toEqual(new Set(['new']));
  });

  test('a row without a value gets no prediction, and is counted', async () => {
    const holes = folder.write('holes.csv', 'x3,x2,x1\n1,2,3\n,2,3\n0.5,0.5,0.5\n');
    const done = await moe(['predict', out, holes, '--out', folder.at('p.csv')]);
    expect(done.status).toBe(0);
    expect(done.err).toContain('1 of 3 rows');
    const [, ...records] = csv(folder.at('p.csv'));
    expect(records[1]).toEqual(['1', 'new', '', '', '', '', '', '', '']);
    expect(Number(records[2][3])).toBeCloseTo(
      evaluateRow(JSON.parse(readFileSync(out, 'utf8')), [0.5, 0.5, 0.5]).prediction,
      10,
    );
  });

  test.each<[string, (model: ModelFile) => unknown, RegExp]>([
    ['a weight', (m) => m.experts[0].weights.pop(), /experts\.0\.weights: there are 2 weights for 3 columns/],
    ['a gate', (m) => m.gates.pop(), /gates: there are 1 gates for 2 experts/],
    ['every expert', (m) => m.experts.splice(0) && m.gates.splice(0), /there is no expert/],
    [
      'a column with its weights',
      (m) => m.columns.pop() && [...m.experts, ...m.gates].forEach(({ weights }) => weights.pop()),
      /columns: they are not those that its features encode to/,
    ],
    [
      'its activation, for one that is not known',
      (m) => ((m as { activation: string }).activation = 'cosine'),
      /activation/,
    ],
  ])('a model that has lost %s is refused in one sentence', async (_lost, change, words) => {
    const model = JSON.parse(readFileSync(out, 'utf8')) as ModelFile;
    change(model);
    const damaged = folder.write('damaged.json', JSON.stringify(model));
    const done = await moe(['predict', damaged, data, '--out', folder.at('p.csv')]);
    expect(done).toMatchObject({ status: 1, out: '', err: expect.stringMatching(words) });
    expect(done.err.trimEnd()).not.toContain('\n');
  });

  test('a column that is missing is named', async () => {
    const narrow = folder.write('narrow.csv', 'x1,x2\n1,2\n3,4\n');
    const done = await moe(['predict', out, narrow, '--out', folder.at('p.csv')]);
    expect(done.status).toBe(1);
    expect(done.err).toContain('“x3”');
  });
});

test('profile --json describes the file as DESIGN says', async () => {
  const profile = JSON.parse((await moe(['profile', data, '--json'])).out);
  expect(profile.rows).toBe(600);
  expect(profile.columns[0]).toEqual({
    name: 'x1',
    type: 'number',
    missing: 0,
    failed: 0,
    distinct: 600,
    numbers: 600,
    texts: 0,
    unit: null,
  });
  expect(profile.dialect).toMatchObject({ encoding: 'utf-8', delimiter: ',', decimal: '.', header: true, skip: 0 });
  expect(Object.keys(profile.evidence[0])).toEqual(['decision', 'chosen', 'because', 'runnerUp']);
  expect(profile.rejected).toEqual([]);
  expect(profile.warnings).toEqual([]);
});

test('methods --json is the registry with every option', async () => {
  const methods = JSON.parse((await moe(['methods', '--json'])).out);
  const ids = methods.map(({ id }: { id: string }) => id);
  expect(ids).toEqual(expect.arrayContaining(['ols', 'joint-em', 'spectral-em']));
  const told = (await moe(['methods'])).out;
  for (const { id, options } of methods) {
    expect(told).toContain(`${id}: `);
    for (const { name } of options) expect(told).toContain(`--option ${name}=`);
  }
});

test('simulate writes the same digits for the same seed, and the truth beside them', async () => {
  const again = [
    '--rows',
    '600',
    '--features',
    '3',
    '--experts',
    '2',
    '--sigma',
    '0.2',
    '--seed',
    '5',
    '--out',
    folder.at('again.csv'),
  ];
  expect((await moe(['simulate', ...again])).status).toBe(0);
  expect(readFileSync(folder.at('again.csv'), 'utf8')).toBe(readFileSync(data, 'utf8'));
  const truth = JSON.parse(readFileSync(folder.at('truth.json'), 'utf8'));
  expect(truth.experts.length).toBe(2);
});

describe('fit --memory', () => {
  const [small, there] = ['small.json', 'there.csv'].map(folder.at);

  test('with less than the rows take reads them from files, tells the plan first, and ends with the same model', async () => {
    const ran = await moe([...fit, '--json', '--memory', '80KB', '--out', small]);
    expect(ran.status).toBe(0);
    expect(ran.err).toMatch(
      /^600 rows by 3 encoded columns would take .* more than the 80 KB that may be used: the rows are read from files \(48 KB of disk\) at every pass/,
    );
    expect(ran.err).toMatch(/2 starts of about 400 passes over 480 training rows each: about \d+ s\./);
    const digits = (path: string) => {
      const { experts, gates, metrics } = JSON.parse(readFileSync(path, 'utf8')) as ModelFile;
      return { experts, gates, metrics };
    };
    expect(digits(small)).toEqual(digits(out));
  });

  test('tells the plan where it was asked for, and stays in memory where the rows fit', async () => {
    const ran = await moe([...fit, '--memory', '1GB']);
    expect(ran.err).toMatch(
      /^600 rows by 3 encoded columns: about .* KB of memory besides the table, of 1 GB that may be used\.\n2 starts/,
    );
    expect(ran.out).not.toContain('read from files');
  });

  test('refuses a size that is none, with an example', async () => {
    const ran = await moe([...fit, '--memory', 'much']);
    expect(ran.status).toBe(2);
    expect(ran.err).toContain('Give a size such as 500MB or 2GB');
  });

  test('a limit that cannot be kept is refused before anything is read, with the least that can', async () => {
    const ran = await moe([...fit, '--memory', '20KB']);
    expect(ran.status).toBe(1);
    expect(ran.out).toBe('');
    expect(ran.err).toMatch(
      /^600 rows by 3 encoded columns take about [\d.]+ KB of memory even where the rows are read from files, and 20 KB may be used: allow at least [\d.]+ KB, or fit fewer rows\.\n$/,
    );
  });

  test('predictions of every row are refused before the fit where they are more than may be held', async () => {
    const large = folder.at('large.csv');
    const simulated = ['--rows', '3000', '--features', '3', '--experts', '2', '--sigma', '0.2'];
    await moe(['simulate', ...simulated, '--seed', '5', '--out', large]);
    const ran = await moe(['fit', large, '--target', 'y', '--memory', '200KB', '--predictions', there]);
    expect(ran.status).not.toBe(0);
    expect(ran.err).toMatch(/predictions of all 3,000 rows.*allow more memory/);
    expect(() => readFileSync(there)).toThrow();
  });
});
