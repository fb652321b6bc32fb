import { cellKind, isNumber, type CellKind } from './cell-kind';
import { chooseMarks, noMarks, weighMarks, type ChosenMarks, type MarkEvidence } from './decimal';
import { isGrouped } from './number-text';
import { tokenise, type Delimiter, type Quote, type TextRecord } from './tokenise';
import { thousandsMarks, type Dialect, type DialectChoice } from './types';

/** One way to cut the text, and how well it explains it. */
export interface Cut {
  readonly delimiter: Delimiter;
  readonly quote: Quote;
  readonly escape: NonNullable<Dialect['escape']>;
  readonly marks: ChosenMarks;
  readonly evidence: MarkEvidence;
  readonly records: readonly TextRecord[];
  /** The most frequent number of cells in a record, and how many records have it. */
  readonly width: number;
  readonly agreeing: number;
  /** Share of sampled cells that are numbers, dates, missing or plain words, from 0 to 1. */
  readonly clean: number;
  readonly malformed: number;
  readonly score: number;
}

/** At equal scores the earlier wins: a table of numbers separated by single tabs is also one separated by blanks. */
export const delimiters: readonly Delimiter[] = [',', '\t', ';', '|', 'spaces'];

/** Cells looked at to judge one way of cutting. */
const SAMPLE_CELLS = 6000;

/**
 * Every way to cut the sample, best first. A good way gives many records of one width, whose cells look like values. Widths
 * alone mislead: "3;0,66;0,34" has as many commas in each line as semicolons.
 *
 * @param choice  what was set by hand and is not up for discussion
 */
export function rankCuts(text: string, choice: DialectChoice): Cut[] {
  const cuts: Cut[] = [];
  for (const delimiter of choice.delimiter === undefined ? delimiters : [choice.delimiter]) {
    const tried = (choice.quote === undefined ? plausibleQuotes(text, delimiter) : [choice.quote]).flatMap((quote) =>
      plausibleEscapes(text, quote, choice.escape).map((escape) => cut(text, delimiter, quote, escape, choice)),
    );
    cuts.push(...tried);
    // Quotes that do not come out even may be no quotes: 5" for inches.
    if (choice.quote === undefined && tried.every(({ malformed }) => malformed > 0))
      cuts.push(cut(text, delimiter, '', 'double', choice));
  }
  return cuts.sort((a, b) => (Math.abs(b.score - a.score) > 1e-9 ? b.score - a.score : 0));
}

/** Quotes worth a try. Without any quotation mark in the text, the usual one is assumed for the rest of the file. */
function plausibleQuotes(text: string, delimiter: Delimiter): Quote[] {
  const separator = delimiter === 'spaces' ? '[ \\t]' : delimiter === '|' ? '\\|' : delimiter;
  const used = (mark: string) =>
    new RegExp(`(?:^|${separator})[ ]*${mark}`, 'm').test(text) &&
    new RegExp(`${mark}[ ]*(?:${separator}|$)`, 'm').test(text);
  const quotes: Quote[] = [];
  if (used("'")) quotes.push("'");
  if (quotes.length === 0 || text.includes('"')) quotes.unshift('"');
  return quotes;
}

type Escape = Cut['escape'];

/** A backslash is worth a try only where it stands before a quote. */
function plausibleEscapes(text: string, quote: Quote, byHand: Escape | undefined): Escape[] {
  if (byHand !== undefined) return [byHand];
  return quote !== '' && text.includes(`\\${quote}`) ? ['double', 'backslash'] : ['double'];
}

function cut(text: string, delimiter: Delimiter, quote: Quote, escape: Escape, choice: DialectChoice): Cut {
  const records = tokenise(text, delimiter, quote, Number.POSITIVE_INFINITY, escape);
  const { width, agreeing, from } = commonWidth(records);
  const body = records.slice(from);
  const { evidence, explained, cells } = sampleCells(body, width);
  // By the marks the cells speak for: one set by hand must not turn the delimiter over.
  const clean = cells === 0 ? 0 : explained(chooseMarks(evidence, delimiter, {}).decimal) / cells;
  const malformed = records.reduce((sum, record) => sum + record.malformed, 0);
  const share = body.length === 0 ? 0 : agreeing / body.length;
  // Quotation marks left in the cells or stray text behind them: the quote was not this one.
  const tidy = body.length === 0 ? 0 : Math.max(0, 1 - malformed / body.length);
  // Each line left out before the table costs: a wrong quote or delimiter makes a preamble of the header.
  const whole = 1 - (0.2 * from) / (from + 1);
  const score = width < 2 ? 1e-6 * clean * tidy : share * share * ((width - 1) / width) * clean * clean * tidy * whole;
  return {
    delimiter,
    quote,
    escape,
    marks: chooseMarks(evidence, delimiter, choice),
    evidence,
    records,
    width,
    agreeing,
    clean,
    malformed,
    score,
  };
}

/**
 * The most frequent width of at least two cells (one, when no record has more), and the first record that has it: what stands
 * before is a title or a remark and does not count against the cut.
 */
export function commonWidth(records: readonly TextRecord[]): { width: number; agreeing: number; from: number } {
  const counts = new Map<number, number>();
  for (const { cells } of records) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  let width = 1;
  let agreeing = counts.get(1) ?? 0;
  // One cell is what every wrong delimiter gives, so it must be met twice as often as anything else.
  for (const [candidate, count] of counts) {
    if (candidate === width) continue;
    const better = width === 1 ? 2 * count >= agreeing : count > agreeing || (count === agreeing && candidate > width);
    if (candidate > 1 && better) [width, agreeing] = [candidate, count];
  }
  const first = records.findIndex(({ cells }) => cells.length === width);
  // A preamble longer than the table is no preamble.
  const from = first > 0 && first <= Math.max(2, records.length / 2) ? first : 0;
  return { width, agreeing, from };
}

/** Looks at records evenly spread over the body, of the common width. */
function sampleCells(body: readonly TextRecord[], width: number) {
  const evidence = noMarks();
  const wanted = Math.max(20, Math.floor(SAMPLE_CELLS / width));
  const step = Math.max(1, Math.floor(body.length / wanted));
  let either = 0;
  let onlyPoint = 0;
  let onlyComma = 0;
  let cells = 0;
  for (let r = 0; r < body.length; r += step) {
    const record = body[r];
    if (record.cells.length !== width) continue;
    for (let c = 0; c < width; c++) {
      const text = record.cells[c].trim();
      const kind = cellKind(text);
      weighMarks(evidence, kind, text);
      cells++;
      if (kind === 'point' || kind === 'comma' || kind === 'grouped') {
        const [asPoint, asComma] = [readable(kind, text, '.'), readable(kind, text, ',')];
        if (asPoint && !asComma) onlyPoint++;
        else if (asComma && !asPoint) onlyComma++;
        else either += asPoint ? 1 : 0.5;
      } else if (kind !== 'other') either += text === '' ? 0.8 : kind === 'word' ? 0.95 : 1;
      // A quoted cell may hold anything, that is what quotes are for.
      else either += record.quoted?.[c] ? 0.9 : 0.1;
    }
  }
  // Numbers with the other decimal mark are not read as numbers, but they are not noise either.
  const explained = (decimal: Dialect['decimal']) =>
    either + (decimal === '.' ? onlyPoint + 0.3 * onlyComma : onlyComma + 0.3 * onlyPoint);
  return { evidence, explained, cells };
}

/** True for a number with that decimal mark, whatever groups its thousands. */
const readable = (kind: CellKind, text: string, decimal: Dialect['decimal']): boolean =>
  isNumber(kind, text, { decimal, thousands: '' }) ||
  (kind === 'grouped' && thousandsMarks.some((thousands) => isGrouped(text, { decimal, thousands })));
