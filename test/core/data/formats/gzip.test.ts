import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { scratch } from '../../../corpora/open-text';
import { workbookFile } from '../../../corpora/workbook-file';

const { attempt, open } = scratch();
const text = 'x;y\n1,5;2\n2,5;3\n';

test('a gzip file of text is the table of that text, whatever it is called', async () => {
  const packed = gzipSync(text);
  const { info } = await open(packed);
  expect(info).toMatchObject({ rows: 2, lines: 3, dialect: { delimiter: ';', decimal: ',' } });
  expect(info.file.bytes).toBe(packed.length);
  expect(info.file.sha256).not.toBe((await open(text)).info.file.sha256);
});

test('one of several parts is the text of all of them', async () => {
  const table = await open(Buffer.concat([gzipSync('x,y\n1,2\n'), gzipSync('3,4\n')]));
  expect([...(await table.numbers('x'))]).toEqual([1, 3]);
});

test('its lines can be looked at', async () => {
  const table = await open(gzipSync(text));
  expect(await table.raw(1, 3)).toMatchObject({ ok: true, value: [{ line: 3, text: '2,5;3' }] });
});

test('its dialect can be chosen like that of text', async () => {
  const { info } = await open(gzipSync('a,b\n1,2\n'), { delimiter: ';' });
  expect(info.columns).toHaveLength(1);
});

test('one that is cut short or damaged is a sentence, and so is one of something else', async () => {
  const packed = gzipSync(Buffer.from(Array.from({ length: 5000 }, (_, i) => `${i},${i * i}\n`).join('')));
  expect(await attempt(packed.subarray(0, packed.length - 30), {}, 'a.csv.gz')).toMatchObject({
    error: { code: 'gzip/cut-short', message: '“a.csv.gz” is cut short: copy or download it again.' },
  });
  const damaged = Buffer.from(packed);
  damaged.fill(0x55, 2000, 2020);
  expect(await attempt(damaged)).toMatchObject({ error: { code: 'gzip/damaged' } });
  expect(await attempt(gzipSync('X\n\0\0\0\x03\0'), {}, 'a.rds')).toMatchObject({ error: { code: 'file/r-data' } });
  expect(await attempt(gzipSync('RDX3\nX\n\0'), {}, 'a.RData')).toMatchObject({ error: { code: 'file/r-data' } });
  expect(await attempt(gzipSync(gzipSync(text)))).toMatchObject({ error: { code: 'gzip/no-text' } });
  expect(await attempt(gzipSync(workbookFile([{ name: 'S', rows: [[1]] }])))).toMatchObject({
    error: { code: 'gzip/no-text' },
  });
  expect(await attempt(gzipSync(''))).toMatchObject({ error: { code: 'file/empty' } });
});

test('one that would unpack to far more than any table is not unpacked', async () => {
  const bomb = gzipSync(Buffer.alloc(300 * 1024 * 1024, '1,'));
  expect(await attempt(bomb, {}, 'bomb.gz')).toMatchObject({
    error: {
      code: 'gzip/too-large',
      message:
        '“bomb.gz” unpacks to more than 256 MB: unpack it yourself, and open the file inside if it is the table.',
    },
  });
});
