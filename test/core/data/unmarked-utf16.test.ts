import { describe, expect, test } from 'vitest';
import { unmarkedUtf16 } from '../../../core/data/encoding';
import { scratch } from '../../corpora/open-text';

const { open, attempt } = scratch();
const little = (text: string) => Buffer.from(text, 'utf16le');
const big = (text: string) => little(text).swap16();
const table = `Größe;город;一\r\n${Array.from({ length: 40 }, (_, i) => `${i},5;Москва ${i % 3};一`).join('\r\n')}\r\n`;

describe('UTF-16 without a byte order mark is read, as a declared guess', () => {
  test.each([
    ['utf-16le', little],
    ['utf-16be', big],
  ] as const)('%s', async (encoding, bytes) => {
    const read = await open(bytes(table));
    expect(read.info).toMatchObject({ rows: 40, lines: 41, dialect: { encoding, delimiter: ';', decimal: ',' } });
    expect(read.info.columns.map(({ name }) => name)).toEqual(['Größe', 'город', '一']);
    expect((await read.texts('город'))[4]).toBe('Москва 1');
    expect(read.info.warnings.join()).toMatch(
      /has no byte order mark and was read as UTF-16 \((little|big) endian\), which is a guess/,
    );
    const decision = read.info.decisions.find(({ id }) => id === 'encoding')!;
    expect(decision.because).toMatch(/^[\d,]+ of [\d,]+ bytes are zero, the (first|second) of most pairs/);
    const chosen = await open(bytes(table), { encoding });
    expect(chosen.info.warnings.join()).not.toContain('guess');
    expect(chosen.info.rows).toBe(40);
  });

  test('nothing is said of a guess where there is a mark', async () => {
    expect((await open(little(`\ufeff${table}`))).info.warnings).toEqual([]);
  });
});

test('small whole numbers of two bytes, zero bytes here and there and text of one byte are no UTF-16', async () => {
  const words = Buffer.alloc(4000);
  for (let i = 0; i < 2000; i++) words.writeUInt16LE((i + 7) % 251, 2 * i);
  expect(unmarkedUtf16(words)).toBeNull();
  expect(unmarkedUtf16(Buffer.from('1,\0\n'.repeat(1000)))).toBeNull();
  expect(unmarkedUtf16(Buffer.from('1,2\n'.repeat(1000)))).toBeNull();
  expect(unmarkedUtf16(Buffer.alloc(0))).toBeNull();
  expect(await attempt(words)).toMatchObject({ ok: false, error: { code: 'file/binary' } });
});
