import { readFileSync, writeFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { modelSchema } from '../../../core/export/model-schema';
import { fitReport, type FitReport } from '../../../core/protocol';
import { random } from '../../../core/random';
import { encodeByPipeline, predictByFile } from '../../corpora/run-pipeline';
import { moe, workFolder } from './terminal';

const folder = workFolder();
afterAll(folder.remove);

const header = ['skew', 'gap', 'flagged', 'wild', 'signed', 'root', 'city', 'shop', 'day', 'when', 'y'];

/** 400 rows of every kind of column, some cells empty, and a positive target. */
function records(seed: number): string[][] {
  const stream = random(seed);
  return Array.from({ length: 400 }, (_, i) => {
    const skew = Math.exp(stream.normal());
    const flagged = i % 9 === 4 ? '' : (20 + 5 * stream.normal()).toFixed(3);
    const city = ['Bern', 'Bern', 'Rome', 'Rome', 'Oslo', 'Kiel', 'Nice', 'Graz'][
      stream.integer(stream.uniform() < 0.9 ? 5 : 8)
    ];
    const day = new Date(Date.UTC(2020, 0, 1 + Math.floor(1.5 * i)));
    const when = `${String(i % 24).padStart(2, '0')}:${String((7 * i) % 60).padStart(2, '0')}`;
    const signed = 3 * stream.normal() ** 3;
    const y = Math.exp(
      0.5 * Math.log(skew) + 0.1 * Math.cbrt(signed) + (city === 'Rome' ? 0.6 : 0) + 0.2 * stream.normal(),
    );
    return [
      skew.toFixed(5),
      i % 7 === 2 ? '' : stream.uniform().toFixed(4),
      flagged,
      (stream.normal() / (0.05 + stream.uniform())).toFixed(4),
      signed.toFixed(4),
      (10 * stream.uniform()).toFixed(4),
      i % 31 === 5 ? '' : city,
      ['a', 'b', 'c'][i % 3],
      `${String(day.getUTCDate()).padStart(2, '0')}/${String(day.getUTCMonth() + 1).padStart(2, '0')}/${day.getUTCFullYear()}`,
      `${day.toISOString().slice(0, 10)} ${when}`,
      y.toFixed(5),
    ];
  });
}

const text = (rows: readonly (readonly string[])[], names = header) =>
  `${[names, ...rows].map((row) => row.join(',')).join('\n')}\n`;
const csv = (path: string) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));

const steps = [
  ['--missing-policy', 'gap=mean'],
  ['--missing-policy', '#3=indicator'],
  ['--missing-policy', 'city=indicator'],
  ['--transform', 'skew=log'],
  ['--transform', 'signed=yeo-johnson'],
  ['--transform', 'root=sqrt'],
  ['--transform', 'gap=log1p'],
  ['--winsorise', 'wild=0.05'],
  ['--pool', 'city=40'],
  ['--reference', 'shop=c'],
  ['--date', 'day=elapsed'],
  ['--date', 'when=parts'],
].flat();

const data = folder.at('data.csv');
const rows = records(3);
beforeAll(() => writeFileSync(data, text(rows)));
const fit = [
  'fit',
  data,
  '--target',
  'y',
  '--features',
  header.slice(0, -1).join(','),
  '--experts',
  '2',
  '--method',
  'joint-em',
  '--restarts',
  '1',
  '--max-iterations',
  '60',
  ...steps,
];

describe.each(['none', 'log', 'sqrt', 'yeo-johnson'])(
  'every step of the preparation, and the target as %s',
  (target) => {
    const [out, predictions, again] = ['model', 'predictions', 'again'].map((name) => folder.at(`${target}-${name}`));
    const made: { report: FitReport | null } = { report: null };
    beforeAll(async () => {
      const ran = await moe([
        ...fit,
        '--target-transform',
        target,
        '--out',
        out,
        '--predictions',
        predictions,
        '--json',
      ]);
      expect(ran.status, ran.err).toBe(0);
      made.report = fitReport.parse(JSON.parse(ran.out));
    });

    test('model.json alone gives every prediction, spread and mean of an expert to 1e-12', () => {
      const { model, metrics } = made.report!;
      expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual(model);
      expect(new Ajv2020({ strict: false }).compile(modelSchema())(model)).toBe(true);
      const sd = metrics.baselines.mean.train.rmse;
      const [, ...predicted] = csv(predictions);
      expect(predicted).toHaveLength(400);
      for (const cells of predicted) {
        const raw = Object.fromEntries(header.map((name, j) => [name, rows[Number(cells[0])][j]]));
        const own = predictByFile(model, encodeByPipeline(model, raw)!);
        const near = (found: string, exact: number) =>
          expect(Math.abs(Number(found) - exact)).toBeLessThan(1e-12 * (Math.abs(exact) + sd));
        near(cells[3], own.prediction);
        near(cells[4], own.sd);
        near(cells[7], own.means[0]);
        near(cells[8], own.means[1]);
      }
    });

    test('the steps stand in the file in their order, with readable names of what they make', () => {
      const { model } = made.report!;
      const order = [
        'date',
        'impute',
        'indicator',
        'winsorise',
        'transform',
        'elapsed-days',
        'date-parts',
        'pool',
        'one-hot',
      ];
      const found = model.pipeline.map(({ step }) => step).filter((step) => step !== 'drop-missing');
      expect(found).toEqual([...found].sort((a, b) => order.indexOf(a) - order.indexOf(b)));
      expect(new Set(found)).toEqual(new Set(order));
      expect(model.columns.map(({ name }) => name)).toEqual([
        'log(skew)',
        'log1p(gap)',
        'flagged',
        'flagged is missing',
        'wild',
        'yeo-johnson(signed)',
        'sqrt(root)',
        'city=Bern',
        'city=Oslo',
        'city=other levels',
        'city is missing',
        'shop=a',
        'shop=b',
        'days(day)',
        'year(when)',
        'month(when)',
        'weekday(when)',
        'hour(when)',
      ]);
    });

    test('errors and likelihood are of the target in the file', () => {
      const { model, metrics } = made.report!;
      const [, ...predicted] = csv(predictions);
      const test = predicted.filter((cells) => cells[1] === 'test');
      const squares = test.reduce((sum, cells) => sum + (Number(cells[2]) - Number(cells[3])) ** 2, 0);
      expect(metrics.test!.rmse).toBeCloseTo(Math.sqrt(squares / test.length), 12);
      expect(test.every((cells) => Number(cells[2]) === Number(rows[Number(cells[0])].at(-1)))).toBe(true);
      expect(metrics.train.logLikelihood).toBeGreaterThan(metrics.baselines.mean.train.logLikelihood);
      expect(model.targetTransform?.kind).toBe(target === 'none' ? undefined : target);
    });

    test('a new file in another order, with other columns among them, is predicted alike', async () => {
      const turned = [...header.slice(0, -1)].reverse();
      const other = rows.map((row) => ['x', ...turned.map((name) => row[header.indexOf(name)])]);
      const path = folder.write(`${target}-new.csv`, text(other, ['stranger', ...turned]));
      const ran = await moe(['predict', out, path, '--out', again]);
      expect(ran.status, ran.err).toBe(0);
      expect(ran.err).toContain('The model does not use “stranger”.');
      expect(
        csv(again)
          .slice(1)
          .map((cells) => cells.slice(3)),
      ).toEqual(
        csv(predictions)
          .slice(1)
          .map((cells) => cells.slice(3)),
      );
    });
  },
);
