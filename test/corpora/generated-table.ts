import type { Random } from '../../core/random';

/** How a generated table is written. */
export interface Style {
  readonly delimiter: ',' | ';' | '\t' | '|' | 'spaces';
  readonly decimal: '.' | ',';
  /** Between groups of thousands, as it is written. */
  readonly thousands: '' | ',' | '.' | ' ' | '\u00a0' | '\u202f' | "'";
  readonly quote: 'none' | 'text' | 'all';
  readonly escape: 'double' | 'backslash';
  /** A bare one has no byte order mark. */
  readonly encoding:
    'utf-8' | 'utf-8-mark' | 'utf-16le' | 'utf-16be' | 'utf-16le-bare' | 'utf-16be-bare' | 'windows-1252';
  readonly lineEnd: '\n' | '\r\n' | '\r' | 'mixed';
  readonly lastLineEnd: boolean;
  readonly header: boolean;
  readonly missing: '' | '?' | 'NA' | 'NaN' | 'null' | '.' | '-' | null;
  readonly preamble: boolean;
  /** What begins the remarks among the rows. */
  readonly comment: '' | '#' | '%' | '//' | ';';
  /** The sign behind every cell of the third column. */
  readonly percent: boolean;
  /** A delimiter at the end of every line. */
  readonly trailing: boolean;
  /** Every number with a mark has three digits behind it, so that it could be a decimal mark or one of thousands. */
  readonly doubtful: boolean;
  /** Some numbers of the last numeric column have more digits than a double, some as many as it takes to give one back. */
  readonly long: boolean;
  readonly rows: number;
}

const one = <T>(random: Random, values: readonly T[]): T => values[random.integer(values.length)];

/** A style drawn at random among those that can be read at all. */
export function randomStyle(random: Random): Style {
  for (;;) {
    const style: Style = {
      delimiter: one(random, [',', ',', ';', ';', '\t', '|', 'spaces']),
      decimal: one(random, ['.', '.', ',']),
      thousands: one(random, ['', '', '', ',', '.', ' ', '\u00a0', '\u202f', "'"]),
      quote: one(random, ['none', 'text', 'all']),
      escape: one(random, ['double', 'double', 'backslash']),
      encoding: one(random, [
        'utf-8',
        'utf-8',
        'utf-8-mark',
        'utf-16le',
        'utf-16be',
        'utf-16le-bare',
        'utf-16be-bare',
        'windows-1252',
      ]),
      lineEnd: one(random, ['\n', '\n', '\r\n', '\r', 'mixed']),
      lastLineEnd: random.uniform() < 0.8,
      header: random.uniform() < 0.7,
      missing: one(random, ['', '?', 'NA', 'NaN', 'null', '.', '-', null, null]),
      preamble: random.uniform() < 0.15,
      comment: one(random, ['', '', '', '', '#', '%', '//', ';']),
      percent: random.uniform() < 0.2,
      trailing: random.uniform() < 0.1,
      doubtful: random.uniform() < 0.15,
      long: random.uniform() < 0.1,
      rows: one(random, [6, 15, 40, 40, 120]),
    };
    if (readable(style)) return style;
  }
}

function readable({ delimiter, decimal, thousands, quote, encoding, missing, comment, trailing }: Style): boolean {
  if (thousands === decimal) return false;
  // A mark that also separates must be within quotes, and an empty cell between blanks is no cell.
  if ((delimiter === decimal || delimiter === thousands) && quote !== 'all') return false;
  if (delimiter === 'spaces' && (missing === '' || trailing || (thousands === ' ' && quote !== 'all'))) return false;
  if (encoding === 'windows-1252' && thousands === '\u202f') return false;
  return comment === '' || comment !== delimiter;
}

export interface GeneratedTable {
  readonly bytes: Uint8Array;
  /** True values of the numeric columns, NaN where missing; and the texts of the last column. */
  readonly numbers: readonly (readonly number[])[];
  readonly texts: readonly string[];
  /** Cells of each numeric column with digits that no double gives back. */
  readonly rounded: readonly number[];
  readonly names: readonly string[];
}

/** A table of five numeric columns of different sizes and a category, written in a style. */
export function generateTable(style: Style, random: Random): GeneratedTable {
  const { rows, delimiter } = style;
  const between = delimiter === 'spaces' ? '_' : ' ';
  const names = ['mass (kg)', 'count', 'ratio', 'height', 'volume µm', 'group'].map((name) =>
    name.replace(/ /g, between),
  );
  const levels = style.quote === 'none' ? ['north', 'süd', 'east'] : ['north', 'süd', 'the "east"'];
  const makers = [
    () => Number((random.normal() * 100).toFixed(random.integer(5))),
    () => random.integer(1000),
    () =>
      style.percent
        ? Number((random.uniform() * 100).toFixed(2))
        : Number(random.uniform().toExponential(random.integer(8))),
    () => random.normal() * 10 ** (random.integer(12) - 6),
    () => Number((random.uniform() * 10 ** (2 + random.integer(6))).toFixed(random.integer(3))),
  ];
  const three = () =>
    Number(`${1 + random.integer(999)}.${1 + random.integer(9)}${random.integer(10)}${1 + random.integer(9)}`);
  const thousands = () => 1000 + random.integer(900_000);
  const doubtful = [
    three,
    () => random.integer(1000),
    three,
    () => 1 + random.integer(99),
    style.thousands === '' ? three : thousands,
  ];
  const numbers = (style.doubtful ? doubtful : makers).map((make) =>
    Array.from({ length: rows }, () => (style.missing !== null && random.uniform() < 0.08 ? Number.NaN : make())),
  );
  const texts = Array.from({ length: rows }, () => one(random, levels));
  // As it is written where that is not as JavaScript would.
  const long = Array.from({ length: rows }, (_, i) => (style.long ? longDigits(numbers[4], i, random) : null));
  const write = writer(style, random);
  const lines: string[] = [];
  if (style.preamble) lines.push('Measurements', '');
  if (style.header) lines.push(write.line(names.map((name) => write.text(name))));
  for (let i = 0; i < rows; i++) {
    if (style.comment !== '' && i > 1 && random.uniform() < 0.08) lines.push(`${style.comment} checked by hand`);
    const cells = numbers.map((column, j) =>
      write.number(column[i], style.percent && j === 2, j === 4 ? long[i] : null),
    );
    lines.push(write.line([...cells, write.text(texts[i])]));
  }
  const end = () => (style.lineEnd === 'mixed' ? one(random, ['\n', '\r\n']) : style.lineEnd);
  const body = lines.map((line, i) => (i + 1 < lines.length || style.lastLineEnd ? line + end() : line)).join('');
  const rounded = numbers.map((_, j) => (j === 4 ? long.filter((text) => text !== null && isRounded(text)).length : 0));
  return { bytes: encoded(body, style.encoding), numbers, texts, rounded, names };
}

/** Puts another number in a third of the places: digits at random, or those of a double, more than enough. */
function longDigits(column: number[], at: number, random: Random): string | null {
  if (Number.isNaN(column[at]) || random.uniform() < 0.7) return null;
  const before = String(1 + random.integer(9_999_999));
  const digits = Array.from({ length: 14 + random.integer(12) }, () => random.integer(10)).join('');
  const text = random.uniform() < 0.5 ? `${before}.${digits}` : Number(`${before}.${digits}`).toFixed(20);
  column[at] = Number(text);
  return text;
}

/** By its own arithmetic: the digits are not those of the double, neither its shortest nor its true ones up to there. */
function isRounded(text: string): boolean {
  const value = Number(text);
  const [whole, fraction] = text.replace(/0+$/, '').split('.');
  const scale = 10n ** BigInt(fraction.length);
  const wanted = BigInt(whole + fraction);
  // A double is a whole number of 2^-52 of its power of two.
  const unit = 2n ** 60n;
  const exact = BigInt(value * 2 ** 60);
  const nearest = (2n * exact * scale + unit) / (2n * unit);
  return String(value) !== text.replace(/0+$/, '').replace(/\.$/, '') && nearest !== wanted;
}

function writer(style: Style, random: Random) {
  const quoted = (text: string) => `"${text.replaceAll('"', style.escape === 'backslash' ? '\\"' : '""')}"`;
  const grouped = (digits: string) =>
    style.thousands === ''
      ? digits
      : digits.replace(/^([+-]?\d+)/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, style.thousands));
  const separator = () => (style.delimiter === 'spaces' ? ' '.repeat(1 + random.integer(4)) : style.delimiter);
  return {
    text: (text: string) => (style.quote === 'none' ? text : quoted(text)),
    number(value: number, percent: boolean, long: string | null): string {
      if (Number.isNaN(value)) return style.quote === 'all' ? quoted(style.missing ?? '') : (style.missing ?? '');
      const plain = long ?? String(value);
      const [whole, fraction] = plain.split('.');
      const digits = plain.includes('e')
        ? plain.replace('.', style.decimal)
        : fraction === undefined
          ? grouped(whole)
          : `${grouped(whole)}${style.decimal}${fraction}`;
      const text = percent ? `${digits}%` : digits;
      return style.quote === 'all' ? quoted(text) : text;
    },
    line: (cells: readonly string[]) =>
      cells.reduce((line, cell, i) => (i === 0 ? cell : line + separator() + cell), '') +
      (style.trailing ? style.delimiter : ''),
  };
}

function encoded(text: string, encoding: Style['encoding']): Uint8Array {
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(text);
    case 'utf-8-mark':
      return Buffer.from(`\ufeff${text}`);
    case 'utf-16le-bare':
      return Buffer.from(text, 'utf16le');
    case 'utf-16be-bare':
      return Buffer.from(text, 'utf16le').swap16();
    case 'windows-1252':
      return Buffer.from(text, 'latin1');
    case 'utf-16le':
      return Buffer.from(`\ufeff${text}`, 'utf16le');
    case 'utf-16be':
      return Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  }
}
