import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { preparationOf } from '../../../core/cli/preparation-flags';
import type { ColumnInfo, DesignRecipe } from '../../../core/data/types';
import { preparationFlags } from '../../../core/job/preparation-flags';
import { fitReport } from '../../../core/protocol';
import { random } from '../../../core/random';
import { moe, workFolder } from './terminal';

const columns = ['Age', 'a=b', 'sex', 'when'].map((name) => ({ name }) as ColumnInfo);
const used = columns.map(({ name }) => name);
const sentence = (flags: Parameters<typeof preparationOf>[0], features = used) => {
  const read = preparationOf(flags, columns, features);
  return read.ok ? null : read.error.message;
};

test('what a recipe says of its columns is said by flags and read back', () => {
  const recipe: Pick<DesignRecipe, 'prepare' | 'targetTransform'> = {
    prepare: {
      Age: { missing: 'indicator', winsorise: 0.01, transform: 'yeo-johnson' },
      'a=b': { transform: 'log' },
      sex: { reference: 'x=y', pool: 10 },
      when: { date: 'parts' },
    },
    targetTransform: 'sqrt',
  };
  const flags = preparationFlags({ ...recipe, target: 'y', features: used, gateFeatures: null });
  const values = (name: string) => flags.filter(([flag]) => flag === name).map(([, value]) => value);
  const read = preparationOf(
    {
      missingPolicy: values('missing-policy'),
      winsorise: values('winsorise'),
      transform: values('transform'),
      reference: values('reference'),
      pool: values('pool'),
      date: values('date'),
      targetTransform: 'sqrt',
    },
    columns,
    used,
  );
  expect(read.ok && read.value).toEqual(recipe);
  expect(values('target-transform')).toEqual(['sqrt']);
});

describe('a flag that cannot be meant is refused in a sentence', () => {
  test.each([
    [{ transform: ['Age'] }, '--transform Age needs a column and a value, as in --transform Age=log.'],
    [{ transform: ['Age=cube'] }, '--transform Age=cube does not know “cube”: give log, log1p, sqrt, yeo-johnson.'],
    [{ transform: ['Agee=log'] }, 'There is no column “Agee”: did you mean “Age”?'],
    [{ winsorise: ['#1=0.7'] }, '--winsorise #1=0.7 does not know “0.7”: give a share above 0 and below 0.5.'],
    [{ pool: ['sex=1'] }, '--pool sex=1 does not know “1”: give a whole number from 2.'],
  ])('%o', (flags, words) => {
    expect(sentence(flags)).toBe(words);
  });

  test('a column that is no feature', () => {
    expect(sentence({ transform: ['Age=log'] }, ['sex'])).toBe(
      '--transform Age=log prepares “Age”, which is not among the features: add it to them, or leave the flag out.',
    );
  });
});

describe('a fit of a transformed target', () => {
  const folder = workFolder();
  afterAll(folder.remove);
  const model = folder.at('model.json');
  const fit = [
    'fit',
    folder.at('data.csv'),
    '--target',
    'y',
    '--experts',
    '2',
    '--method',
    'joint-em',
    '--restarts',
    '2',
    '--json',
  ];
  beforeAll(() => {
    const stream = random(8);
    const rows = Array.from({ length: 300 }, () => {
      const x = stream.normal();
      return `${x.toFixed(4)},${Math.exp(Math.abs(x) + 0.3 * stream.normal()).toFixed(5)}`;
    });
    folder.write('data.csv', `x,y\n${rows.join('\n')}\n`);
  });

  test('can be compared by its likelihood with one that is not, and says what its lines are of', async () => {
    const plain = fitReport.parse(JSON.parse((await moe(fit)).out));
    const logged = fitReport.parse(JSON.parse((await moe([...fit, '--target-transform', 'log', '--out', model])).out));
    // The table is log-normal: its density is that of the transformed fit.
    expect(logged.metrics.test!.logLikelihood).toBeGreaterThan(plain.metrics.test!.logLikelihood);
    expect(logged.metrics.train.logLikelihood).toBeCloseTo(logged.starts[0].logLikelihood, 1);
    const told = await moe([...fit.slice(0, -1), '--target-transform', 'log']);
    expect(told.out).toMatch(/\[log\(y\)\] = /);
    expect(told.out).toMatch(/log\(y\)/);
  });

  test('goes on from a model of the same transform and from no other', async () => {
    const again = await moe([...fit, '--target-transform', 'log', '--initial', model]);
    expect(again.status, again.err).toBe(0);
    const other = await moe([...fit, '--initial', model]);
    expect(other.status).toBe(1);
    expect(other.err).toContain('The model to start from predicts its log and this fit the target as it stands');
  });
});
