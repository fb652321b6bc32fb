import { describe, expect, test } from 'vitest';
import { random } from '../../../core/random';
import type { Dialect, DialectChoice } from '../../../core/data/types';
import { detect, type Detected } from '../../../core/data/detect';
import { fileFacts } from '../../../core/data/file-facts';
import { scratch } from '../../corpora/open-text';

const { file } = scratch();
const detected = async (content: string | Uint8Array, choice: DialectChoice = {}): Promise<Detected> =>
  detect(await fileFacts(file('sample', content)), choice);

const stream = random(5);
const rows = Array.from({ length: 30 }, (_, i) => ({
  id: i + 1,
  x: (stream.uniform() * 10).toFixed(3),
  y: (stream.normal() * 2).toFixed(4),
  level: ['low', 'high', 'mid'][stream.integer(3)],
}));
type Row = (typeof rows)[number];
const lines = (line: (row: Row) => string, end = '\n') => rows.map((row) => line(row) + end).join('');
const comma = (text: string) => text.replace('.', ',');
const plain = (row: Row) => `${row.id},${row.x},${row.y},${row.level}`;

/** Oddities as they are met in published files. */
const oddities: [string, string | Uint8Array, Partial<Dialect>, readonly string[] | null][] = [
  [
    'commas with a header',
    `id,x,y,level\n${lines(plain)}`,
    { delimiter: ',', header: true, skip: 0 },
    ['id', 'x', 'y', 'level'],
  ],
  ['no header', lines(plain), { delimiter: ',', header: false, skip: 0 }, null],
  [
    'no header, letters first, a blank after each comma',
    lines((r) => `${r.level}, ${r.x}, ${r.y}`),
    { delimiter: ',', header: false },
    null,
  ],
  [
    'semicolons and quoted names with blanks',
    `"fixed acidity";"pH"\n${lines((r) => `${r.x};${r.y}`)}`,
    { delimiter: ';', decimal: '.', quote: '"', header: true },
    ['fixed acidity', 'pH'],
  ],
  [
    'semicolons and decimal commas, as many commas as semicolons',
    `a;b;c\r\n${lines((r) => `${r.id};${comma(r.x)};${comma(r.y)}`, '\r\n')}`,
    { delimiter: ';', decimal: ',' },
    ['a', 'b', 'c'],
  ],
  ['tabs and CRLF', `a\tb\r\n${lines((r) => `${r.x}\t${r.y}`, '\r\n')}`, { delimiter: '\t', header: true }, ['a', 'b']],
  ['tabs without a header', lines((r) => `${r.id}\t${r.x}\t${r.y}`), { delimiter: '\t', header: false }, null],
  [
    'runs of blanks, one tab and a quoted name',
    lines((r) => `${r.x}   ${r.id}  ${r.y}\t"car of ${r.level} price"`),
    { delimiter: 'spaces', header: false },
    null,
  ],
  [
    'columns aligned with leading blanks',
    lines((r) => `   ${r.x.padStart(8)} ${r.y.padStart(12)} ${r.id}`),
    { delimiter: 'spaces', header: false },
    null,
  ],
  [
    'blanks and decimal commas',
    lines((r) => `${comma(r.x)} ${comma(r.y)}`),
    { delimiter: 'spaces', decimal: ',' },
    null,
  ],
  ['pipes', lines((r) => `${r.id}|${r.x}|${r.level}`), { delimiter: '|', header: false }, null],
  [
    'single quotes around a comma',
    `'name','x'\n${lines((r) => `'it, ${r.id}',${r.x}`)}`,
    { quote: "'", header: true },
    ['name', 'x'],
  ],
  [
    'a quoted name with a comma',
    `"strength (MPa, megapascals)","x"\n${lines((r) => `${r.y},${r.x}`)}`,
    { quote: '"', header: true, skip: 0 },
    ['strength (MPa, megapascals)', 'x'],
  ],
  [
    'inches, which are no quotes',
    `id,size,y\n${lines((r) => `${r.id},${r.id}",${r.y}`)}`,
    { delimiter: ',', header: true },
    ['id', 'size', 'y'],
  ],
  [
    'a title and a blank line before the names',
    `Table 1\nSource: somewhere, 2020\n\nid,x,y,level\n${lines(plain)}`,
    { skip: 3, header: true },
    ['id', 'x', 'y', 'level'],
  ],
  [
    'a title that a spreadsheet filled up with delimiters',
    `Export of 2023;;;\n;;;\nid;x;y;level\n${lines((r) => `${r.id};${r.x};${r.y};${r.level}`)}`,
    { delimiter: ';', skip: 2, header: true },
    ['id', 'x', 'y', 'level'],
  ],
  [
    'a remark that a spreadsheet filled up with delimiters',
    `# Export of 2023,,,\nid,x,y,level\n${lines(plain)}`,
    { delimiter: ',', skip: 1, header: true },
    ['id', 'x', 'y', 'level'],
  ],
  [
    'a first row with one value, among others like it',
    `note,,,\n${rows.map((r, i) => (i % 5 ? plain(r) : `${r.level},,,`)).join('\n')}\n`,
    { delimiter: ',', skip: 0 },
    ['note', '', '', ''],
  ],
  [
    'remarks before the names',
    `# made\n# by hand\nid,x,y,level\n${lines(plain)}`,
    { skip: 2, header: true },
    ['id', 'x', 'y', 'level'],
  ],
  [
    'names in a remark',
    `# a b c\n${lines((r) => `${r.id} ${r.x} ${r.y}`)}`,
    { delimiter: 'spaces', header: true },
    ['a', 'b', 'c'],
  ],
  [
    'names without one for the row numbers',
    `x y level\n${lines((r) => `${r.id} ${r.x} ${r.y} ${r.level}`)}`,
    { header: true },
    ['', 'x', 'y', 'level'],
  ],
  ['an index without a name', `,x,y\n${lines((r) => `${r.id - 1},${r.x},${r.y}`)}`, { header: true }, ['', 'x', 'y']],
  [
    'years for names',
    `country,2010,2011\n${lines((r) => `c${r.id},${r.x},${r.y}`)}`,
    { header: true },
    ['country', '2010', '2011'],
  ],
  [
    'names over text alone',
    `colour,shape\n${lines((r) => `${r.level},${r.id % 2 ? 'round' : 'square'}`)}`,
    { header: true },
    ['colour', 'shape'],
  ],
  ['text alone without names', lines((r) => `${r.level},${r.id % 2 ? 'round' : 'square'}`), { header: false }, null],
  [
    'a missing value in the first row',
    `${plain(rows[0]).replace(rows[0].x, '?')}\n${lines(plain)}`,
    { header: false },
    null,
  ],
  [
    'dates',
    `date,y\n${lines((r) => `${1 + (r.id % 28)}/1/11,${r.y}`)}`,
    { delimiter: ',', header: true },
    ['date', 'y'],
  ],
  [
    'a byte order mark',
    `\ufeffid,x,y,level\n${lines(plain)}`,
    { encoding: 'utf-8', header: true },
    ['id', 'x', 'y', 'level'],
  ],
  [
    'UTF-16',
    Buffer.from(`\ufeffid,x,y,level\n${lines(plain)}`, 'utf16le'),
    { encoding: 'utf-16le', delimiter: ',' },
    ['id', 'x', 'y', 'level'],
  ],
  [
    'Windows-1252',
    Buffer.from(`Größe,x\n${lines((r) => `${r.id},${r.x}`)}`, 'latin1'),
    { encoding: 'windows-1252' },
    ['Größe', 'x'],
  ],
  [
    'old Mac line ends',
    `id,x,y,level\r${lines(plain, '\r')}`,
    { delimiter: ',', header: true },
    ['id', 'x', 'y', 'level'],
  ],
  ['a single column', `y\n${lines((r) => r.y)}`, { header: true }, ['y']],
  [
    'line ends within quotes',
    `id,text,y\n${lines((r) => `${r.id},"one\ntwo, ${r.id}",${r.y}`)}`,
    { delimiter: ',', header: true },
    ['id', 'text', 'y'],
  ],
];

describe('the dialect is found without a click', () => {
  test.each(oddities)('%s', async (_, content, expected, names) => {
    const found = await detected(content);
    expect(found.dialect).toMatchObject(expected);
    expect(found.names?.map((name) => name.trim()) ?? null).toEqual(names);
  });
});

test('each decision tells its evidence in counts, and what else it could have been', async () => {
  const { decisions } = await detected(`a;b;c\n${lines((r) => `${r.id};${comma(r.x)};${comma(r.y)}`)}`);
  const because = Object.fromEntries(decisions.map(({ id, because }) => [id, because]));
  expect(because.delimiter).toBe('30 of 30 lines give 3 fields');
  expect(because.decimal).toMatch(/^60 of the cells looked at are like -?\d+,\d+$/);
  expect(because.header).toBe('line 1 has text above 3 of 3 columns of numbers');
  const { alternatives } = decisions.find(({ id }) => id === 'delimiter')!;
  expect(alternatives.map(({ value }) => value).sort()).toEqual(['\t', ',', 'spaces', '|'].sort());
  expect(alternatives.find(({ value }) => value === ',')!.because).toMatch(
    /of 31 lines give 3 fields; \d+% of them look like values/,
  );
});

test('what is set by hand is kept and the rest is detected given that', async () => {
  const text = `a;b\n${lines((r) => `${comma(r.x)};${comma(r.y)}`)}`;
  const found = await detected(text, { decimal: '.', header: false, skip: 2 });
  expect(found.dialect).toMatchObject({ delimiter: ';', decimal: '.', header: false, skip: 2 });
  expect(found.bodyLine).toBe(2);
  expect(found.decisions.filter(({ byHand }) => byHand).map(({ id }) => id)).toEqual(['decimal', 'header', 'skip']);
  expect((await detected(text, { delimiter: '|' })).width).toBe(1);
});

test('Windows-1252 is a declared guess, and UTF-8 found anywhere in the file is none', async () => {
  const guess = await detected(Buffer.from(`Größe,x\n${lines((r) => `${r.id},${r.x}`)}`, 'latin1'));
  expect(guess.warnings.join()).toMatch(/guess/);
  const late = `x,y\n${'1,2\n'.repeat(100_000)}1,°\n`;
  expect((await detected(late)).dialect.encoding).toBe('utf-8');
  expect((await detected(Buffer.from(late, 'latin1'))).dialect.encoding).toBe('windows-1252');
});

test('a comma that could mark thousands is taken for the decimal mark only with a warning', async () => {
  const found = await detected(`a;b\n${lines((r) => `${r.id};1,${String(100 + r.id)}`)}`);
  expect(found.dialect.decimal).toBe(',');
  expect(found.warnings.join()).toMatch(/could mark thousands/);
  const sure = await detected(`a;b\n${lines((r) => `${r.id};0,${String(100 + r.id)}`)}`);
  expect(sure.dialect.decimal).toBe(',');
  expect(sure.warnings).toEqual([]);
});

test('the facts of a file count its lines and check its bytes to the end, across chunks', async () => {
  const text = 'é\r\n'.repeat(300_000) + 'é\rü\n€';
  const facts = await fileFacts(file('chunks', text));
  expect(facts).toMatchObject({
    validUtf8: true,
    lineEnds: { crlf: 300_000, lf: 1, cr: 1 },
    lines: 300_003,
    bytes: Buffer.byteLength(text),
  });
  expect(facts.nonAscii).toBe(2 * 300_002 + 3);
  expect((await fileFacts(file('cut', Buffer.from('a€').subarray(0, 3)))).validUtf8).toBe(false);
  for (const swap of [false, true]) {
    const utf16 = Buffer.from(`\ufeff${'a,b\r\n'.repeat(70_000)}`, 'utf16le');
    if (swap) utf16.swap16();
    expect(await fileFacts(file('utf16', utf16))).toMatchObject({
      lines: 70_000,
      lineEnds: { crlf: 70_000, lf: 0, cr: 0 },
    });
  }
});

test.each([',\n', ';\r\n', '\t\r', '|'])(
  'a line that ends in a separator is seen wherever a chunk ends: %j',
  async (end) => {
    for (let before = 512 * 1024 - 5; before <= 512 * 1024; before++) {
      const text = `${'x'.repeat(before)}${end}`;
      expect((await fileFacts(file('ends', text))).openEnds).toBe(true);
      expect((await fileFacts(file('ends', text.replace(/[,;\t|]/, '.')))).openEnds).toBe(false);
      expect((await fileFacts(file('ends', Buffer.from(text.slice(before / 2), 'utf16le')))).openEnds).toBe(true);
    }
  },
);

test('a table that can be read two ways names the other reading, until somebody decides', async () => {
  const text = `a;b\n${lines((r) => `${r.id},123;${r.level}`)}`;
  const decimal = ({ decisions }: Detected) => decisions.find(({ id }) => id === 'decimal')!;
  const doubtful = decimal(await detected(text));
  expect(doubtful.rival).toBe('.');
  expect(doubtful.alternatives).toEqual([{ value: '.', label: 'point', because: '1,123 would be 1123' }]);
  expect(decimal(await detected(text, { decimal: ',' })).rival).toBeUndefined();
  expect(decimal(await detected(`a;b\n${lines((r) => `${r.id},5;${r.level}`)}`)).rival).toBeUndefined();
});

describe('a table that can be cut two ways', () => {
  const numbers = (between: string) => `a${between}b${between}c\n${lines((r) => [r.id, r.x, r.y].join(between))}`;

  test('is no doubt where both ways give the same cells', async () => {
    const { warnings, decisions, dialect } = await detected(numbers('\t'));
    expect(dialect.delimiter).toBe('\t');
    expect(warnings).toEqual([]);
    expect(decisions.find(({ id }) => id === 'delimiter')).not.toHaveProperty('rival');
  });

  test('is one where they do not', async () => {
    const { warnings, decisions } = await detected(lines((r) => `${r.id}\t${r.x}\t${r.y}\tlevel ${r.level}`));
    expect(warnings.join()).toMatch(/could be cut two ways/);
    expect(decisions.find(({ id }) => id === 'delimiter')).toHaveProperty('rival');
  });
});
