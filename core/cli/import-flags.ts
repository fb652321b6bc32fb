import { InvalidArgumentError, Option, type Command } from 'commander';
import { commentMarks, encodings, thousandsMarks, type DialectChoice, type TableInfo } from '../data/types';
import { fail, ok, type Result } from '../result';
import { parseList } from './columns';
import { nearestName } from '../data/names';
import { repeated, wholeNumber } from './parsers';

/** What the command line says about how a file is read; what it leaves open is detected. */
export interface ImportFlags {
  readonly sheet?: string;
  readonly encoding?: DialectChoice['encoding'];
  readonly delimiter?: DialectChoice['delimiter'];
  readonly quote?: DialectChoice['quote'];
  readonly escape?: DialectChoice['escape'];
  readonly decimal?: DialectChoice['decimal'];
  readonly thousands?: DialectChoice['thousands'];
  readonly header?: boolean;
  readonly skip?: number;
  readonly comment?: DialectChoice['comment'];
  readonly missing?: readonly string[];
  readonly missingIn?: readonly string[];
}

const delimiters = { comma: ',', semicolon: ';', tab: '\t', '\\t': '\t', pipe: '|', spaces: 'spaces' } as const;
const quotes = { double: '"', single: "'", none: '' } as const;
const decimals = { point: '.', comma: ',' } as const;
const thousands = { none: '', point: '.', comma: ',', blank: ' ', apostrophe: "'" } as const;
const remarks = { none: '' } as const;

/** One of the marks as they stand in a file, or by its name. */
function mark<T extends string>(marks: readonly T[], names: Readonly<Record<string, T>>): (text: string) => T {
  return (text) => {
    const found = Object.hasOwn(names, text) ? names[text] : marks.find((one) => one === text);
    if (found !== undefined) return found;
    const plain = marks.filter((one) => one.trim() !== '' && !Object.hasOwn(names, one));
    throw new InvalidArgumentError(`Give one of ${[...Object.keys(names), ...plain].join(' ')}.`);
  };
}

/** The flags of every command that reads a table. */
export function withImportFlags(command: Command): Command {
  return command
    .option('--sheet <name>', 'the sheet of a workbook: its name, #2 for the second, or a range such as Data!A1:F30')
    .addOption(new Option('--encoding <name>', 'how bytes are letters').choices(encodings))
    .option(
      '--delimiter <mark>',
      'between cells: , ; | or comma semicolon tab pipe spaces (runs of blanks)',
      mark([',', ';', '\t', '|', 'spaces'], delimiters),
    )
    .option('--quote <mark>', 'around cells: double, single or none', mark(['"', "'", ''], quotes))
    .addOption(
      new Option('--escape <how>', 'a quote within quotes is doubled or has a backslash before it').choices([
        'double',
        'backslash',
      ]),
    )
    .option('--decimal <mark>', 'point or comma', mark(['.', ','], decimals))
    .option('--thousands <mark>', 'none, point, comma, blank or apostrophe', mark(thousandsMarks, thousands))
    .option('--header', 'the first line of the table names the columns')
    .option('--no-header', 'it does not')
    .option('--skip <lines>', 'lines before the table', wholeNumber(0, 100_000))
    .option('--comment <mark>', 'what begins a line that is no row: # % // ; or none', mark(commentMarks, remarks))
    .option('--missing <tokens>', 'what means “no value” beside empty cells, as a CSV line; may be repeated', repeated)
    .option('--missing-in <column=token>', 'what means “no value” in one column; may be repeated', repeated);
}

/** The flags as decisions made by hand. */
export function dialectOf(flags: ImportFlags): Result<DialectChoice> {
  const tokens = flags.missing === undefined ? ok(null) : missingTokens(flags.missing);
  if (!tokens.ok) return tokens;
  const missingIn: Record<string, string[]> = {};
  for (const entry of flags.missingIn ?? []) {
    const at = entry.lastIndexOf('=');
    const [column, token] = [entry.slice(0, at).trim(), entry.slice(at + 1).trim()];
    if (at < 1 || column === '' || token === '')
      return fail(
        'usage/missing-in',
        `--missing-in ${entry} names no column and token; write it as --missing-in 'NO2=-200'.`,
      );
    const before = Object.hasOwn(missingIn, column) ? missingIn[column] : [];
    Object.defineProperty(missingIn, column, { value: [...before, token], enumerable: true, configurable: true });
  }
  const { sheet, encoding, delimiter, quote, escape, decimal, thousands, header, skip, comment } = flags;
  const given: DialectChoice = {
    sheet,
    encoding,
    delimiter,
    quote,
    escape,
    decimal,
    thousands,
    header,
    skip,
    comment,
    missing: tokens.value ?? undefined,
    missingIn: flags.missingIn === undefined ? undefined : missingIn,
  };
  return ok(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)));
}

/** Empty cells have no value whatever else is said. */
function missingTokens(lines: readonly string[]): Result<string[]> {
  const named = lines.filter((line) => line.trim() !== '');
  const tokens = parseList(named);
  return tokens.ok ? ok(['', ...new Set(tokens.value)]) : tokens;
}

/** Columns that flags name and the file does not have. */
export function checkImported({ columns, dialect }: TableInfo): Result<null> {
  const names = columns.map(({ name }) => name);
  const unknown = Object.keys(dialect.missingIn ?? {}).find((name) => !names.includes(name));
  if (unknown === undefined) return ok(null);
  const nearest = nearestName(unknown, names);
  return fail(
    'data/unknown-column',
    `There is no column “${unknown}” for --missing-in${nearest === null ? '' : `; did you mean “${nearest}”?`}${nearest === null ? ': write its whole name.' : ''}`,
  );
}
