import type { Random } from '../../core/random';
import { generateTable, randomStyle } from './generated-table';

/** A file that nobody made to be read, and what it is. */
export interface HostileFile {
  readonly kind: string;
  readonly name: string;
  readonly bytes: Buffer;
}

type Maker = (random: Random) => { name?: string; bytes: Buffer | string };

const good = (random: Random): Buffer => Buffer.from(generateTable(randomStyle(random), random).bytes);
const rows = (n: number, line: (i: number) => string, end = '\n') =>
  Array.from({ length: n }, (_, i) => line(i) + end).join('');
const noise = (random: Random, length: number) => Buffer.from(Array.from({ length }, () => random.integer(256)));

/** Makers of hostile files, by what they are. */
const makers: Record<string, Maker> = {
  'cut anywhere': (random) => {
    const bytes = good(random);
    return { bytes: bytes.subarray(0, random.integer(bytes.length)) };
  },
  'bytes changed': (random) => {
    const bytes = good(random);
    for (let change = 0; change < 1 + random.integer(30); change++)
      bytes[random.integer(bytes.length)] = random.integer(256);
    return { bytes };
  },
  'marks changed': (random) => {
    const marks = Buffer.from('",;\t|\n\r\\\'#\0 .');
    const bytes = good(random);
    for (let change = 0; change < 1 + random.integer(20); change++)
      bytes[random.integer(bytes.length)] = marks[random.integer(marks.length)];
    return { bytes };
  },
  'pieces swapped': (random) => {
    const bytes = good(random);
    const at = random.integer(bytes.length);
    return {
      bytes: Buffer.concat([bytes.subarray(at), bytes.subarray(0, at), bytes.subarray(random.integer(bytes.length))]),
    };
  },
  'two files in one': (random) => ({ bytes: Buffer.concat([good(random), good(random)]) }),
  'mixed line ends': (random) => ({
    bytes: Array.from(
      { length: 200 },
      (_, i) => `${i},${i * 2}${['\n', '\r', '\r\n', '\n\r', '\n\n'][random.integer(5)]}`,
    ).join(''),
  }),
  'a quote that is never closed': (random) => {
    const at = random.integer(500);
    return { bytes: rows(500, (i) => (i === at ? `"${i},${i}` : `"a${i}",${i}`)) };
  },
  'quotes everywhere': (random) => ({
    bytes: Array.from({ length: 3000 }, () => ['"', '"', ',', 'x', '\n', '\\', "'"][random.integer(7)]).join(''),
  }),
  'a cell of megabytes': (random) => ({
    bytes: `a,b\n1,${random.uniform() < 0.5 ? '"' : ''}${'x'.repeat(1_000_000 + random.integer(4_000_000))}\n${rows(50, (i) => `${i},${i}`)}`,
  }),
  'one line of megabytes': (random) => ({ bytes: ['x', '1,', '"', ' 1', '\t'][random.integer(5)].repeat(2_000_000) }),
  '5,000 columns': (random) => ({
    bytes: rows(5 + random.integer(20), (i) =>
      Array.from({ length: 5000 }, (_, j) => (i === 0 ? `c${j}` : i * j)).join(),
    ),
  }),
  'ragged rows': (random) => ({
    bytes: rows(300, () => Array.from({ length: random.integer(12) }, () => random.integer(100)).join()),
  }),
  binary: (random) => ({ bytes: noise(random, 1 + random.integer(20_000)) }),
  'binary behind a table': (random) => ({
    bytes: Buffer.concat([Buffer.from(rows(2000, (i) => `${i},${i}`)), noise(random, 5000)]),
  }),
  'text of every character': (random) => ({
    bytes: Array.from({ length: 4000 }, () => String.fromCodePoint(1 + random.integer(0xd7fe))).join(''),
  }),
  'NUL bytes': (random) => ({
    bytes: rows(2000 + random.integer(2000), (i) => `${i},${random.uniform() < 0.01 ? '\0' : i}`),
  }),
  'a wrong extension': (random) => ({
    name: ['table.xlsx', 'table.parquet', 'table.gz', 'table.xls', 'table.moe', 'table.zip'][random.integer(6)],
    bytes: good(random),
  }),
  'the head of another format': (random) => ({
    bytes: Buffer.concat([
      Buffer.from(
        [
          'PK\x03\x04',
          'PAR1',
          '\x1f\x8b\x08',
          '\xd0\xcf\x11\xe0',
          '%PDF-1.4',
          'SQLite format 3\0',
          '\xff\xfe',
          '\xfe\xff',
          '\xef\xbb\xbf',
        ][random.integer(9)],
        'latin1',
      ),
      good(random),
    ]),
  }),
  'half of UTF-16': (random) => ({
    bytes: Buffer.from(`\ufeff${rows(50, (i) => `${i},${i}`)}`, 'utf16le').subarray(0, 41 + 2 * random.integer(100)),
  }),
  'hardly anything': (random) => ({
    bytes: ['', '\n', ',', '"', '""', '\ufeff', ' \n \n', 'a', '1', 'a,b', '\r\r\r', ',,,\n,,,', '\0', '#', '# a\n# b'][
      random.integer(15)
    ],
  }),
  'names to trip over': (random) => ({
    bytes: `__proto__,constructor,"'; drop table cells; --",,,toString,c0,rowid\n${rows(20, (i) => `${i},1,2,${random.integer(9)},4,5,6,7`)}`,
  }),
  'deep repetition': (random) => ({
    bytes: ['""', '"",', "''", '\\"', ';,', '-', '1e', '(', '\u202f'][random.integer(9)].repeat(100_000),
  }),
};
export const hostileKinds = Object.keys(makers);

/** One of a kind: the kinds take turns with the seeds. */
export function hostileFile(seed: number, random: Random): HostileFile {
  const kind = hostileKinds[seed % hostileKinds.length];
  const { name = 'table.csv', bytes } = makers[kind](random);
  return { kind, name, bytes: Buffer.from(bytes as Buffer) };
}
