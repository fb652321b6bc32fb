import { expect, test } from 'vitest';
import { buildDesign } from '../../../../core/data/design';
import {
  missingPolicies,
  targetTransforms,
  type ColumnPreparation,
  type DesignRecipe,
} from '../../../../core/data/types';
import { random } from '../../../../core/random';
import { scratch } from '../../../corpora/open-text';

const { open } = scratch();

/** Rows with holes, three levels of which one is rare, and a weight of 1, 2 or 3. */
const rows = (() => {
  const stream = random(5);
  return Array.from({ length: 90 }, (_, i) => {
    const x = Math.exp(stream.normal());
    const level = i % 30 === 0 ? 'rare' : i % 31 === 0 ? 'odd' : stream.uniform() < 0.4 ? 'a' : 'b';
    const cells = [
      i % 7 === 3 ? '' : x.toFixed(2),
      i % 11 === 5 ? '' : level,
      (5 + stream.normal() + x / 3).toFixed(3),
    ];
    return { line: cells.join(','), weight: 1 + (i % 3) };
  });
})();
const weighted = `x,kind,y,w\n${rows.map(({ line, weight }) => `${line},${weight}`).join('\n')}\n`;
const repeated = `x,kind,y,w\n${rows.flatMap(({ line, weight }) => Array<string>(weight).fill(`${line},1`)).join('\n')}\n`;

type Case = { x: ColumnPreparation; kind: ColumnPreparation; target?: DesignRecipe['targetTransform'] };

const cases: [string, Case][] = [
  ...missingPolicies.map((missing): [string, Case] => [
    `missing ${missing}`,
    // A number has a mean, a category has none.
    { x: { missing }, kind: { missing: missing === 'mean' || missing === 'median' ? 'most-frequent' : missing } },
  ]),
  ['limits', { x: { missing: 'median', winsorise: 0.07 }, kind: {} }],
  ['a transform that is fitted', { x: { missing: 'mean', transform: 'yeo-johnson' }, kind: {} }],
  ['rare levels', { x: {}, kind: { missing: 'most-frequent', pool: 3 } }],
  ...targetTransforms.map((target): [string, Case] => [`target ${target}`, { x: {}, kind: {}, target }]),
];

test.each(cases)('what is learnt from rows with whole weights is learnt from the rows repeated: %s', async (_, one) => {
  const learnt = async (text: string) => {
    const built = await buildDesign(
      await open(text),
      {
        target: 'y',
        features: ['x', 'kind'],
        gateFeatures: null,
        types: {},
        prepare: { x: one.x, kind: one.kind },
        targetTransform: one.target,
        weights: 'w',
        preprocess: 'standardise',
        output: 'auto',
        intercept: true,
        split: { kind: 'rows', test: [] },
      },
      'linear',
    );
    if (!built.ok) throw new Error(built.error.message);
    const { features, targetTransform, columns, output } = built.value;
    return rounded({ features, targetTransform, columns, output });
  };
  expect(await learnt(weighted)).toEqual(await learnt(repeated));
});

/** To six digits: sums in another order differ in the last ones, and lambda is looked for by halving. */
const rounded = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, part: unknown) => (typeof part === 'number' ? Number(part.toPrecision(6)) : part)),
  );
