import { expect, test } from 'vitest';
import { random } from '../../../core/random';
import { generateTable, styles } from '../../corpora/generated-table';
import { scratch } from '../../corpora/open-text';

const { open } = scratch();

/** A fixed sample of the styles: every value of every setting occurs many times. */
const pick = random(2, 7);
const sample = styles().filter(() => pick.uniform() < 0.03);

test(`every cell of ${sample.length} generated tables in different dialects is read as the number it was written from, without a click`, async () => {
  const wrong: string[] = [];
  for (const [index, style] of sample.entries()) {
    const truth = generateTable(style, random(11, index));
    const table = await open(truth.text);
    const { columns, rows, warnings } = table.info;
    const told = `${JSON.stringify(style)} read as ${JSON.stringify(table.info.dialect)}`;
    if (rows !== truth.texts.length || columns.length !== 5)
      wrong.push(`${told}: ${rows} rows, ${columns.length} columns`);
    else {
      for (const [j, expected] of truth.numbers.entries()) {
        const found = await table.numbers(columns[j].name);
        const bad = expected.findIndex((value, i) => !Object.is(value, found[i]) && !(value === 0 && found[i] === 0));
        if (bad !== -1)
          wrong.push(
            `${told}: column ${j}, row ${bad}: ${expected[bad]} read as ${found[bad]} (${warnings.join(' ')})`,
          );
      }
      const texts = await table.texts(columns[4].name);
      if (texts.some((text, i) => text !== truth.texts[i])) wrong.push(`${told}: texts differ`);
      if (style.header && columns[1].name !== 'count')
        wrong.push(`${told}: names ${columns.map(({ name }) => name).join()}`);
      if (!style.header && columns[0].name !== 'column 1') wrong.push(`${told}: a row was taken for names`);
    }
    await table.close();
  }
  expect(wrong).toEqual([]);
});
