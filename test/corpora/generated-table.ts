import type { Random } from '../../core/random';

/** How a generated table is written. */
export interface Style {
  readonly delimiter: ',' | ';' | '\t' | '|' | 'spaces';
  readonly decimal: '.' | ',';
  readonly quote: 'none' | 'text' | 'all';
  readonly mark: boolean;
  readonly lineEnd: '\n' | '\r\n' | '\r';
  readonly header: boolean;
  readonly missing: '' | '?' | 'NA' | 'NaN' | null;
  readonly preamble: boolean;
}

/** Every combination that can be read at all: a decimal comma between commas must be quoted, an empty cell between blanks is no cell. */
export function styles(): Style[] {
  const all: Style[] = [];
  for (const delimiter of [',', ';', '\t', '|', 'spaces'] as const)
    for (const decimal of ['.', ','] as const)
      for (const quote of ['none', 'text', 'all'] as const)
        for (const mark of [false, true])
          for (const lineEnd of ['\n', '\r\n', '\r'] as const)
            for (const header of [true, false])
              for (const missing of ['', '?', 'NA', 'NaN', null] as const)
                for (const preamble of [false, true]) {
                  if (delimiter === ',' && decimal === ',' && quote !== 'all') continue;
                  if (delimiter === 'spaces' && missing === '') continue;
                  all.push({ delimiter, decimal, quote, mark, lineEnd, header, missing, preamble });
                }
  return all;
}

export interface GeneratedTable {
  readonly text: string;
  /** True values of the numeric columns, NaN where missing; and the texts of the last column. */
  readonly numbers: readonly (readonly number[])[];
  readonly texts: readonly string[];
  readonly names: readonly string[];
}

/** A table of four numeric columns of different sizes and a category, written in a style. */
export function generateTable(style: Style, random: Random, rows = 40): GeneratedTable {
  const names = ['mass (kg)', 'count', 'ratio', 'height', 'group'];
  const levels = ['north', 'south', 'east'];
  const makers = [
    () => Number((random.normal() * 100).toFixed(random.integer(5))),
    () => random.integer(1000),
    () => Number(random.uniform().toExponential(random.integer(8))),
    () => random.normal() * 10 ** (random.integer(12) - 6),
  ];
  const numbers = makers.map((make) =>
    Array.from({ length: rows }, () => (style.missing !== null && random.uniform() < 0.08 ? Number.NaN : make())),
  );
  const texts = Array.from({ length: rows }, () => levels[random.integer(levels.length)]);
  const quoted = (text: string, always: boolean) => (always || style.quote === 'all' ? `"${text}"` : text);
  const number = (value: number) => {
    if (Number.isNaN(value)) return quoted(style.missing ?? '', false);
    return quoted(String(value).replace('.', style.decimal), false);
  };
  const separator = () => (style.delimiter === 'spaces' ? ' '.repeat(1 + random.integer(4)) : style.delimiter);
  const join = (cells: readonly string[]) =>
    cells.reduce((line, cell, i) => (i === 0 ? cell : line + separator() + cell), '');
  const lines: string[] = [];
  if (style.preamble) lines.push('Measurements', '');
  if (style.header)
    lines.push(
      join(
        names.map((name) =>
          quoted(name.replace(/ /g, style.delimiter === 'spaces' ? '_' : ' '), style.quote === 'text'),
        ),
      ),
    );
  for (let i = 0; i < rows; i++)
    lines.push(join([...numbers.map((column) => number(column[i])), quoted(texts[i], style.quote === 'text')]));
  return { text: (style.mark ? '\ufeff' : '') + lines.join(style.lineEnd) + style.lineEnd, numbers, texts, names };
}
