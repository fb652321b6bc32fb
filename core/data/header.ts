import { cellKind, isNumber } from './cell-kind';
import type { Cut } from './delimiter';
import { commonWidth } from './delimiter';
import type { TextRecord } from './tokenise';

/** Where the table begins, and what its columns are called. */
export interface Layout {
  /** Physical lines before the header, or before the first record. */
  readonly skip: number;
  readonly header: boolean;
  /** One name a column as it stands in the file, or null without a header. */
  readonly names: readonly string[] | null;
  /** Physical lines before the first data record. */
  readonly bodyLine: number;
  readonly becauseHeader: string;
  readonly becauseSkip: string;
  readonly warnings: readonly string[];
}

/** Data records compared with the first one. */
const COMPARED = 300;
const remark = /^\s*[#%]/;
const year = /^[12]\d{3}$/;
const rising = (values: readonly number[]) => values.every((value, i) => i === 0 || value > values[i - 1]);

/**
 * Finds the first record of the common width and judges whether it names the columns: it does when it holds text where the
 * records below hold numbers, or, in a table without numbers, when it holds nothing that its columns hold below.
 *
 * @param firstLine  physical lines already left out by hand, or null to find the preamble
 */
export function findLayout(cut: Cut, byHand: boolean | undefined, firstLine: number | null): Layout {
  const { records, width } = cut;
  let first = firstLine === null ? commonWidth(records).from : 0;
  while (
    firstLine === null &&
    first + 1 < records.length &&
    remark.test(records[first].cells[0]) &&
    remark.test(records[first + 1].cells[0])
  )
    first++;
  if (firstLine === null) first += paddedLines(records.slice(first), width);
  const offset = firstLine ?? 0;
  const lineOf = (index: number) => (records[index]?.line ?? 0) + offset;

  const short = first > 0 ? shorterHeader(records, first, cut) : null;
  const votes = headerVotes(unmarked(records[first], cut), records.slice(first + 1), cut);
  if (short && byHand !== false && !votes.header) {
    return {
      skip: lineOf(first - 1),
      header: true,
      names: short.names,
      bodyLine: lineOf(first - 1) + records[first - 1].lines,
      becauseHeader: `line ${lineOf(first - 1) + 1} holds ${short.given} names for ${width} fields`,
      becauseSkip: becauseSkip(lineOf(first - 1), width),
      warnings: [short.warning],
    };
  }
  const header = byHand ?? votes.header;
  const skip = firstLine ?? lineOf(first);
  const names = header ? padded(unmarked(records[first], cut), width) : null;
  const left = records[first - 1];
  const lost =
    !header && left && left.cells.length > 1 && firstLine === null
      ? [
          `Line ${lineOf(first - 1) + 1} gives ${left.cells.length} fields where the rows give ${width}, so it was not used for the names of the columns.`,
        ]
      : [];
  return {
    skip,
    header,
    names,
    bodyLine: header ? lineOf(first) + (records[first]?.lines ?? 1) : skip,
    becauseHeader: votes.because(lineOf(first) + 1),
    becauseSkip: firstLine === null ? becauseSkip(skip, width, records[first - 1]) : becauseByHand(skip),
    warnings: lost,
  };
}

const becauseSkip = (skip: number, width: number, left?: TextRecord) => {
  if (skip === 0) return `line 1 already has the ${width} ${width === 1 ? 'field' : 'fields'} of the rows`;
  if (left && left.cells.length === width && filled(left) <= 1)
    return `${skip === 1 ? 'the first line has' : `the last of the first ${skip} lines has`} a value in no more than one of its ${width} fields`;
  return `${skip === 1 ? 'the first line has' : `the first ${skip} lines have`} no table of ${width} fields in ${skip === 1 ? 'it' : 'them'}`;
};

const becauseByHand = (skip: number) =>
  skip === 0 ? 'the table begins with line 1' : `the table begins with line ${skip + 1}`;

const filled = ({ cells }: TextRecord) => cells.filter((cell) => cell.trim() !== '').length;

/** Lines before a table that has been through a spreadsheet: each with one text at most, filled up with delimiters. */
const MOST_PADDED = 20;

/** How many of the first records are such lines. None where a row of the table has as few values: it might be one, too. */
function paddedLines(records: readonly TextRecord[], width: number): number {
  if (width < 3) return 0;
  const padded = records.findIndex((record) => filled(record) > 1);
  if (padded <= 0 || padded > MOST_PADDED) return 0;
  const text = records.slice(0, padded).every(({ cells }) => !/^[-+.,\d\s]+$/.test(cells.join('')));
  return text && records.slice(padded, padded + COMPARED).every((record) => filled(record) > 1) ? padded : 0;
}

const padded = (cells: readonly string[], width: number) => Array.from({ length: width }, (_, j) => cells[j] ?? '');

/** The cells of a line that may be marked as a remark ("# x y z"), without the mark. */
function unmarked(record: TextRecord | undefined, cut: Cut): readonly string[] {
  if (!record) return [];
  if (!remark.test(record.cells[0]) || record.quoted?.[0]) return record.cells;
  const first = record.cells[0].replace(/^\s*[#%]+\s*/, '');
  const rest = record.cells.slice(1);
  return first === '' && cut.delimiter === 'spaces' ? rest : [first, ...rest];
}

/**
 * A line of names before the first record that has fewer cells than the records: R leaves out the name of the row numbers, and
 * a delimiter at the end of every row adds an empty column.
 */
function shorterHeader(records: readonly TextRecord[], first: number, cut: Cut) {
  const { width } = cut;
  const cells = [...unmarked(records[first - 1], cut)];
  while (cells.length && cells[cells.length - 1].trim() === '') cells.pop();
  const textual = cells.every((cell) => ['word', 'other', 'unit'].includes(cellKind(cell.trim())));
  if (!textual || cells.length === 0 || cells.length > width) return null;
  const line = records[first - 1].line + 1;
  const body = records.slice(first).filter((record) => record.cells.length === width);
  const trailingEmpty = body.every((record) => record.cells.slice(cells.length).every((cell) => cell.trim() === ''));
  const marked = cells.length === width;
  if (marked || trailingEmpty)
    return {
      names: padded(cells, width),
      given: cells.length,
      warning: marked
        ? `The names of the columns were taken from the remark in line ${line}.`
        : `Every row ends with more delimiters than line ${line} has names.`,
    };
  if (cells.length !== width - 1 || width < 3) return null;
  return {
    names: ['', ...cells],
    given: cells.length,
    warning: `Line ${line} names one column fewer than the rows have, so the first column was taken for row names.`,
  };
}

function headerVotes(
  cells: readonly string[],
  below: readonly TextRecord[],
  cut: Cut,
): { header: boolean; because(line: number): string } {
  const step = Math.max(1, Math.floor(below.length / COMPARED));
  const body = below.filter((record, i) => i % step === 0 && record.cells.length === cut.width);
  const isNumeric = (text: string) => isNumber(cellKind(text), text, cut.marks);
  let numeric = 0;
  let textAbove = 0;
  let numbersAbove = 0;
  const years: number[] = [];
  let yearsBelow = 0;
  let repeated = 0;
  for (let j = 0; j < cut.width; j++) {
    const top = (cells[j] ?? '').trim();
    const present = body.map((record) => record.cells[j].trim()).filter((text) => cellKind(text) !== 'missing');
    const numbers = present.filter(isNumeric).length;
    if (present.some((text) => text === top)) repeated += isNumeric(top) ? 0 : 1;
    if (present.length === 0 || numbers < 0.8 * present.length) continue;
    numeric++;
    if (cellKind(top) === 'missing') continue;
    if (!isNumeric(top)) textAbove++;
    else {
      numbersAbove++;
      if (year.test(top)) years.push(Number(top));
      yearsBelow += present.filter((text) => year.test(text)).length / present.length;
    }
  }
  if (body.length === 0) {
    const words = cells.filter((cell) => cellKind(cell.trim()) === 'word').length;
    const header = words > 0 && !cells.some((cell) => isNumeric(cell.trim()));
    return {
      header,
      because: (line) => (header ? `line ${line} holds names and nothing follows it` : `line ${line} is the only one`),
    };
  }
  if (numeric > 0) {
    // Names may be years: one after the other, over numbers that are none.
    const named = years.length > 1 && years.length === numbersAbove && yearsBelow < 0.5 * years.length && rising(years);
    const header = textAbove > numbersAbove || named;
    return {
      header,
      because: (line) =>
        header
          ? `line ${line} has ${named ? `years above ${numbersAbove}` : `text above ${textAbove}`} of ${numeric} columns of numbers`
          : `line ${line} has numbers in ${numbersAbove} of ${numeric} columns of numbers, like the lines below`,
    };
  }
  const header = repeated === 0;
  return {
    header,
    because: (line) =>
      header
        ? `nothing in line ${line} occurs again below it`
        : `${repeated} of ${cut.width} values in line ${line} occur again below it`,
  };
}
