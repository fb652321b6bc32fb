import { unzipSync, zipSync, strFromU8, strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import { random as randomOf } from '../../../../core/random';
import { scratch } from '../../../corpora/open-text';
import { styles, workbookFile, type Cell } from '../../../corpora/workbook-file';

const { attempt } = scratch();
const rows: Cell[][] = [
  ['x', 'y', 'kind'],
  ...Array.from({ length: 40 }, (_, i): Cell[] => [i / 7, i * i, `k${i % 3}`]),
];
const whole = workbookFile([{ name: 'S', rows, merged: ['A50:B51'] }]);

/** The workbook with one of its parts changed. */
function changed(part: string, change: (xml: string) => string): Uint8Array {
  const parts = unzipSync(whole);
  return zipSync({ ...parts, [part]: strToU8(change(strFromU8(parts[part]))) });
}
const sheet = 'xl/worksheets/sheet1.xml';
const strings = 'xl/sharedStrings.xml';
const error = async (content: Uint8Array) => {
  const opened = await attempt(content, {}, 'b.xlsx');
  return opened.ok ? `${opened.value.info.rows} rows` : opened.error;
};

describe('a workbook whose inside is wrong is refused with what is wrong', () => {
  test.each<[string, Uint8Array, string]>([
    ['a document that ends early', changed(sheet, (xml) => xml.slice(0, 900)), 'not well-formed'],
    ['a document that is none', changed(sheet, () => 'x'.repeat(1000)), 'not well-formed'],
    ['a text that is not there', changed(strings, () => '<sst/>'), 'refers to a text that is not there'],
    ['rows out of order', changed(sheet, (xml) => xml.replace('<row r="5">', '<row r="2">')), 'out of order'],
    [
      'a row beyond the sheet',
      changed(sheet, (xml) => xml.replace('<row r="41">', '<row r="99999999">')),
      'out of order',
    ],
    ['a column beyond the sheet', changed(sheet, (xml) => xml.replace('r="B3"', 'r="ZZZZ3"')), 'outside its sheet'],
    ['a cell without a column', changed(sheet, (xml) => xml.replace('r="B3"', 'r="33"')), 'no place'],
    ['no list of sheets', zipSync({ '[Content_Types].xml': strToU8('<Types/>') }), 'no list of sheets'],
    [
      'a sheet that is missing',
      changed('xl/_rels/workbook.xml.rels', (xml) => xml.replace('sheet1.xml', 'sheet7.xml')),
      'is missing',
    ],
    [
      'a text of megabytes',
      changed(sheet, (xml) => xml.replace('<v>', `<v>${'1'.repeat(6_000_000)}`)),
      'several megabytes',
    ],
  ])('%s', async (_, content, why) => {
    expect(await error(content)).toMatchObject({
      code: 'xlsx/damaged',
      message: expect.stringContaining(why) as string,
    });
  });

  test('entities of its own do not grow', async () => {
    const content = changed(strings, (xml) =>
      xml
        .replace('<sst', '<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><sst')
        .replace('>x<', '>&b;<'),
    );
    const opened = await attempt(content);
    expect(opened.ok && opened.value.info.columns[0].name).toBe('&b;');
  });

  test('a part that unpacks to more than its directory says is not read on', async () => {
    const content = Buffer.from(whole);
    // The unpacked size of the sheet in the directory: 24 bytes behind the entry's mark.
    let at = content.indexOf('PK\x01\x02', 0, 'latin1');
    while (content.toString('latin1', at + 46, at + 46 + sheet.length) !== sheet)
      at = content.indexOf('PK\x01\x02', at + 4, 'latin1');
    content.writeUInt32LE(100, at + 24);
    expect(await error(content)).toMatchObject({ message: expect.stringContaining('larger than declared') as string });
  });

  test('one bit that is not what was packed is found by its sum', async () => {
    const parts = unzipSync(whole);
    const stored = Buffer.from(zipSync(parts, { level: 0 }));
    const at = stored.indexOf('<v>4</v>');
    stored[at + 3] = '5'.charCodeAt(0);
    expect(await error(stored)).toMatchObject({ message: expect.stringContaining('is not what was packed') as string });
  });

  test('a cell at the far corner neither makes the table larger nor is it lost', async () => {
    const far = changed(sheet, (xml) =>
      xml.replace('</sheetData>', '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
    );
    const opened = await attempt(far);
    expect(opened.ok && opened.value.info).toMatchObject({
      rows: 40,
      rejected: { count: 1, first: [{ line: 1_048_576 }] },
    });
  });
});

test('cells of every size and style come back as the same numbers', { timeout: 60_000 }, async () => {
  const random = randomOf(7);
  const numbers = Array.from({ length: 3000 }, (_, i) => {
    const x = (random.uniform() - 0.5) * 10 ** Math.floor(random.uniform() * 40 - 20);
    return i % 3 === 0 ? Math.round(x) : i % 3 === 1 ? Number(x.toPrecision(4)) : x;
  });
  const kinds = [styles.plain, styles.percent, styles.twoDigits];
  const cells = numbers.map((x, i): Cell[] => [
    i,
    { inside: `<v>${i % 2 === 0 ? x.toPrecision(17) : String(x)}</v>`, style: kinds[i % 3] },
  ]);
  const opened = await attempt(workbookFile([{ name: 'S', rows: [['i', 'x'], ...cells] }]));
  if (!opened.ok) throw new Error(opened.error.message);
  expect([...(await opened.value.numbers('x'))]).toEqual(numbers.map((x) => x + 0));
});

test('damaged in any way, a workbook opens or is refused in a sentence, soon', { timeout: 120_000 }, async () => {
  const random = randomOf(11);
  const pick = (n: number) => Math.floor(random.uniform() * n);
  const parts = unzipSync(whole);
  const names = Object.keys(parts);
  let opened = 0;
  for (let seed = 0; seed < 120; seed++) {
    let content: Uint8Array;
    if (seed % 3 === 0) content = whole.slice(0, pick(whole.length));
    else if (seed % 3 === 1) {
      content = whole.slice();
      for (let k = 0; k < 1 + pick(8); k++) content[pick(content.length)] = pick(256);
    } else {
      const name = names[pick(names.length)];
      const part = parts[name].slice();
      for (let k = 0; k < 1 + pick(12); k++) part[pick(part.length)] = pick(256);
      content = zipSync({ ...parts, [name]: part });
    }
    const began = performance.now();
    const result = await attempt(content, {}, 'b.xlsx');
    expect(performance.now() - began, `seed ${seed}`).toBeLessThan(10_000);
    if (result.ok) opened++;
    else expect(result.error.message, `seed ${seed}`).toMatch(/^(“b\.xlsx”|The sheet) .+\.$/s);
  }
  expect(opened).toBeGreaterThan(5);
});
