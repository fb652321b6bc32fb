import { afterAll, expect, test } from 'vitest';
import { moe, workFolder } from './terminal';

const folder = workFolder();
afterAll(folder.remove);
const lines = (line: (i: number) => string) => Array.from({ length: 40 }, (_, i) => line(i)).join('\n') + '\n';
const profile = async (file: string, ...flags: string[]) => {
  const ran = await moe(['profile', file, ...flags, '--json']);
  expect(ran).toMatchObject({ status: 0 });
  return JSON.parse(ran.out);
};

test('every decision about a file can be made on the command line', async () => {
  const file = folder.write('odd.txt', `a|b\n${lines((i) => `${i}|'1.${100 + i}'`)}`);
  const { dialect } = await profile(
    file,
    ...['--encoding', 'iso-8859-1', '--delimiter', 'pipe', '--quote', 'single', '--escape', 'backslash'],
    ...['--decimal', 'comma', '--thousands', 'point', '--no-header', '--skip', '1', '--comment', '#'],
    ...['--missing', 'NA,"a,b"', '--missing', '9', '--missing-in', 'column 1=3', '--missing-in', 'column 1=4'],
  );
  expect(dialect).toMatchObject({
    encoding: 'iso-8859-1',
    delimiter: '|',
    quote: "'",
    escape: 'backslash',
    decimal: ',',
    thousands: '.',
    header: false,
    skip: 1,
    comment: '#',
    missing: ['', 'NA', 'a,b', '9'],
    missingIn: { 'column 1': ['3', '4'] },
  });
  const again = await profile(file, '--header', '--quote', 'none', '--delimiter', '\\t');
  expect(again.dialect).toMatchObject({ header: true, quote: '', delimiter: '\t' });
});

test.each([
  [['--delimiter', 'x'], 2, /Give one of comma semicolon tab/],
  [['--skip', '-1'], 2, /Give a whole number/],
  [['--missing-in', '=3'], 2, /names no column and token/],
  [['--missing-in', 'heigth=3'], 1, /There is no column “heigth” for --missing-in; did you mean “height”\?/],
  [['--decimal', 'comma', '--thousands', 'comma'], 1, /cannot be both/],
])('%j is refused in one sentence', async (flags, status, words) => {
  const file = folder.write('plain.csv', `height,y\n${lines((i) => `${i},${i * i}`)}`);
  const ran = await moe(['profile', file, ...flags]);
  expect(ran).toMatchObject({ status, out: '' });
  expect(ran.err).toMatch(words);
});

test('what means “no value” in one column when a model is fitted means it in a new file too', async () => {
  const code = (i: number) => (i % 8 === 3 ? '-200' : `${i}.5`);
  const train = folder.write('train.csv', `x,y\n${lines((i) => `${code(i)},${(i * 7) % 11}.25`)}`);
  const [model, predictions] = [folder.at('model.json'), folder.at('predictions.csv')];
  const fit = ['fit', train, '--target', 'y', '--experts', '1', '--method', 'ols', '--out', model];
  expect(await moe([...fit, '--missing-in', 'x=-200'])).toMatchObject({ status: 0 });
  const ran = await moe(['predict', model, folder.write('new.csv', 'x\n1.5\n-200\n3.5\n'), '--out', predictions]);
  expect(ran).toMatchObject({ status: 0 });
  expect(ran.out).toMatch(/2 of 3|1 .*no prediction|2 rows/);
});
