import {
  commentDecision,
  decimalDecision,
  delimiterDecision,
  escapeDecision,
  headerDecision,
  quoteDecision,
  skipDecision,
  thousandsDecision,
} from './decisions';
import { rankCuts, type Cut } from './delimiter';
import { decoder, detectEncoding } from './encoding';
import type { FileFacts } from './file-facts';
import { findLayout } from './header';
import { delimiterLabels, markLabels } from './labels';
import { findRemarks, withoutRemarks } from './remarks';
import type { Decision, Dialect, DialectChoice } from './types';

/** Everything about how to read a file, except the missing tokens: those are decided over all of its cells. */
export interface Detected {
  readonly dialect: Omit<Dialect, 'missing'>;
  readonly decisions: readonly Decision[];
  readonly warnings: readonly string[];
  readonly byteOrderMark: boolean;
  /** Cells in a record. */
  readonly width: number;
  /** Names as they stand in the file, or null without a header. */
  readonly names: readonly string[] | null;
  /** Physical lines before the first data record. */
  readonly bodyLine: number;
  /** Data records in the sample; 0 when the file is a header and nothing else. */
  readonly sampled: number;
  /** The file goes on behind the sample. */
  readonly goesOn?: boolean;
  /** The decoded beginning of the file, whole lines. */
  readonly text: string;
}

/** At most this many lines are looked at. */
const SAMPLE_LINES = 2000;
/** Another delimiter explains the lines as well when its score is at least this share of the best. */
const CLOSE = 0.85;

/**
 * Reads the dialect of a text table off its beginning, each decision with the counts that led to it. What was set by hand is
 * kept; the rest is detected given that.
 */
export function detect(facts: FileFacts, choice: DialectChoice): Detected {
  const encoding = detectEncoding(facts, choice.encoding);
  const { text, whole } = sampleText(facts, encoding.encoding);
  const table = choice.skip ? dropLines(text, choice.skip) : text;
  const first = rankCuts(table, choice);
  const bodyOf = (cut: Cut) => findLayout(cut, choice.header, choice.skip ?? null).bodyLine - (choice.skip ?? 0);
  const remarks = findRemarks(first[0], bodyOf(first[0]));
  const comment = choice.comment ?? remarks.mark;
  const cuts = comment === '' ? first : rankCuts(withoutRemarks(table, first[0], comment, bodyOf(first[0])), choice);
  const best = cuts[0];
  const layout = findLayout(best, choice.header, choice.skip ?? null);
  const body = best.records.filter((record) => record.line + (choice.skip ?? 0) >= layout.bodyLine);
  const agreeing = body.filter((record) => record.cells.length === best.width).length;
  const warnings = [...(encoding.warning ? [encoding.warning] : []), ...layout.warnings];
  if (best.marks.doubtful) warnings.push(doubtfulDecimal(best));
  const doubtfulRemarks = comment !== '' && choice.comment === undefined && remarks.couldBeRows > 0;
  if (doubtfulRemarks)
    warnings.push(
      `${remarks.couldBeRows === 1 ? 'A line' : `${remarks.couldBeRows.toLocaleString('en')} lines`} that ${remarks.couldBeRows === 1 ? 'begins' : 'begin'} with ${comment} could be read two ways: as a remark, which is what was done, or as a row; set the remarks to none if it is a row.`,
    );
  const rival = cuts.find((cut) => cut.delimiter !== best.delimiter && !sameCells(cut, best));
  const close = rival !== undefined && rival.width > 1 && rival.score > CLOSE * best.score;
  if (close) warnings.push(closeDelimiter(best, rival));
  return {
    dialect: {
      encoding: encoding.encoding,
      delimiter: best.delimiter,
      quote: best.quote,
      escape: best.escape,
      decimal: best.marks.decimal,
      thousands: best.marks.thousands,
      header: layout.header,
      skip: layout.skip,
      comment,
    },
    decisions: [
      encoding.decision,
      withRival(
        delimiterDecision(
          cuts,
          `${agreeing.toLocaleString('en')} of ${whole ? '' : 'the first '}${body.length.toLocaleString('en')} lines give`,
          choice,
        ),
        close ? rival.delimiter : null,
      ),
      quoteDecision(best, choice),
      escapeDecision(best, first, choice),
      withRival(
        decimalDecision(best, choice),
        best.marks.doubtful ? (best.marks.decimal === '.' ? ',' : '.') : null,
        otherReading(best),
      ),
      thousandsDecision(best, choice),
      headerDecision(layout, choice),
      withRival(commentDecision(comment, remarks, choice), doubtfulRemarks ? '' : null),
      skipDecision(layout, choice),
    ],
    warnings,
    byteOrderMark: encoding.byteOrderMark,
    width: best.width,
    names: layout.names,
    bodyLine: layout.bodyLine,
    sampled: body.length,
    goesOn: !whole,
    text,
  };
}

function sampleText(facts: FileFacts, encoding: Dialect['encoding']): { text: string; whole: boolean } {
  const decoded = decoder(encoding).decode(facts.head);
  const text = facts.nuls > 0 ? decoded.replaceAll('\0', '\ufffd') : decoded;
  const all = facts.head.length === facts.bytes;
  let end = 0;
  let lines = 0;
  for (const lineEnd of text.matchAll(/\r\n|\n|\r/g)) {
    end = lineEnd.index + lineEnd[0].length;
    if (++lines === SAMPLE_LINES) return { text: text.slice(0, end), whole: all && end === text.length };
  }
  // The last line is whole only when the sample is the file.
  return all || end === 0 ? { text, whole: all } : { text: text.slice(0, end), whole: false };
}

function dropLines(text: string, count: number): string {
  let left = count;
  for (const lineEnd of text.matchAll(/\r\n|\n|\r/g))
    if (--left === 0) return text.slice(lineEnd.index + lineEnd[0].length);
  return '';
}

/** True when two ways to cut give the same table: one with single tabs is cut at blanks as well. */
const sameCells = (one: Cut, other: Cut): boolean =>
  one.width === other.width &&
  one.records.length === other.records.length &&
  one.records.every(
    ({ cells }, r) =>
      cells.length === other.records[r].cells.length &&
      cells.every((cell, c) => cell.trim() === other.records[r].cells[c].trim()),
  );

/** A decision with the alternative that fits as well; what was chosen by hand is no longer in doubt. */
export function withRival(decision: Decision, rival: string | null, because?: string): Decision {
  if (rival === null || decision.byHand) return decision;
  const alternatives = decision.alternatives.map((other) =>
    other.value === rival && because !== undefined ? { ...other, because } : other,
  );
  return { ...decision, rival, alternatives };
}

const doubtfulExample = ({ marks: { decimal }, evidence }: Cut): string =>
  decimal === ',' ? evidence.commaExample : evidence.pointExample;

/** What a number would be if its decimal mark were one between thousands. */
function otherReading(cut: Cut): string {
  const example = doubtfulExample(cut);
  return `${example} would be ${example.replace(/[.,]/g, '')}`;
}

const doubtfulDecimal = (cut: Cut): string =>
  `Numbers such as “${doubtfulExample(cut)}” could be read two ways: they were read with a decimal ${markLabels[cut.marks.decimal]}, but it could mark thousands; set the decimal mark if the values look wrong.`;

const closeDelimiter = (best: Cut, rival: Cut): string =>
  `The lines could be cut two ways: they were cut at ${delimiterLabels[best.delimiter]} into ${best.width} columns, and ${delimiterLabels[rival.delimiter]} would give ${rival.width} just as well; set the delimiter if the columns look wrong.`;
