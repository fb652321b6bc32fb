import { rankCuts, type Cut } from './delimiter';
import { decoder, detectEncoding } from './encoding';
import type { FileFacts } from './file-facts';
import { findLayout, type Layout } from './header';
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
  /** The decoded beginning of the file, whole lines. */
  readonly text: string;
}

export const delimiterLabels: Readonly<Record<Dialect['delimiter'], string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'pipe',
  spaces: 'runs of blanks',
};
const quoteLabels: Readonly<Record<Dialect['quote'], string>> = {
  '"': 'double quotes',
  "'": 'single quotes',
  '': 'none',
};

/** At most this many lines are looked at. */
const SAMPLE_LINES = 2000;

/**
 * Reads the dialect of a text table off its beginning, each decision with the counts that led to it. What was set by hand is
 * kept; the rest is detected given that.
 */
export function detect(facts: FileFacts, choice: DialectChoice): Detected {
  const encoding = detectEncoding(facts, choice.encoding);
  const { text, whole } = sampleText(facts, encoding.encoding);
  const table = choice.skip ? dropLines(text, choice.skip) : text;
  const cuts = rankCuts(table, choice);
  const best = cuts[0];
  const layout = findLayout(best, choice.header, choice.skip ?? null);
  const body = best.records.filter((record) => record.line + (choice.skip ?? 0) >= layout.bodyLine);
  const agreeing = body.filter((record) => record.cells.length === best.width).length;
  const warnings = [...(encoding.warning ? [encoding.warning] : []), ...layout.warnings];
  if (best.doubtfulDecimal)
    warnings.push(
      `Numbers such as "${best.decimal === ',' ? best.evidence.commaExample : best.evidence.pointExample}" were read with a decimal ${mark(best.decimal)}, but it could mark thousands: set the decimal mark if the values look wrong.`,
    );
  return {
    dialect: {
      encoding: encoding.encoding,
      delimiter: best.delimiter,
      quote: best.quote,
      decimal: best.decimal,
      header: layout.header,
      skip: layout.skip,
    },
    decisions: [
      encoding.decision,
      delimiterDecision(
        cuts,
        `${count(agreeing)} of ${whole ? '' : 'the first '}${count(body.length)} lines give`,
        choice,
      ),
      quoteDecision(best, choice),
      decimalDecision(best, choice),
      headerDecision(layout, choice),
      skipDecision(layout, choice),
    ],
    warnings,
    byteOrderMark: encoding.byteOrderMark,
    width: best.width,
    names: layout.names,
    bodyLine: layout.bodyLine,
    sampled: body.length,
    text,
  };
}

function sampleText(facts: FileFacts, encoding: Dialect['encoding']): { text: string; whole: boolean } {
  const text = decoder(encoding).decode(facts.head);
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

const mark = (decimal: Dialect['decimal']) => (decimal === '.' ? 'point' : 'comma');
const count = (n: number) => n.toLocaleString('en');
const fields = (n: number) => `${n} ${n === 1 ? 'field' : 'fields'}`;

function delimiterDecision(cuts: readonly Cut[], linesGive: string, choice: DialectChoice): Decision {
  const [best, ...others] = cuts;
  const seen = new Set([best.delimiter]);
  const alternatives: Decision['alternatives'] = [];
  for (const other of others) {
    if (seen.has(other.delimiter)) continue;
    seen.add(other.delimiter);
    const clean = `${Math.round(100 * other.clean)}% of them look like values`;
    alternatives.push({
      value: other.delimiter,
      label: delimiterLabels[other.delimiter],
      because:
        other.width === 1
          ? 'does not cut the lines'
          : `${count(other.agreeing)} of ${count(other.records.length)} lines give ${fields(other.width)}; ${clean}`,
    });
  }
  return {
    id: 'delimiter',
    chosen: best.delimiter,
    label: delimiterLabels[best.delimiter],
    because: `${linesGive} ${fields(best.width)}`,
    alternatives,
    byHand: choice.delimiter !== undefined,
  };
}

function quoteDecision(best: Cut, choice: DialectChoice): Decision {
  const quoted = best.records.reduce((sum, { quoted }) => sum + (quoted?.filter(Boolean).length ?? 0), 0);
  const odd = best.malformed > 0 ? `, ${count(best.malformed)} of them with text after the closing quote or none` : '';
  const because =
    best.quote === ''
      ? 'quotation marks are part of the values'
      : quoted > 0
        ? `${quoted === 1 ? '1 cell is' : `${count(quoted)} cells are`} quoted${odd}`
        : 'no cell is quoted in the lines looked at';
  const alternatives = (Object.keys(quoteLabels) as Dialect['quote'][])
    .filter((quote) => quote !== best.quote)
    .map((quote) => ({
      value: quote,
      label: quoteLabels[quote],
      because: quote === '' ? 'quotation marks would stay in the values' : 'cells do not begin and end with it',
    }));
  return {
    id: 'quote',
    chosen: best.quote,
    label: quoteLabels[best.quote],
    because,
    alternatives,
    byHand: choice.quote !== undefined,
  };
}

function decimalDecision(best: Cut, choice: DialectChoice): Decision {
  const { point, comma, doubtfulPoint, doubtfulComma, pointExample, commaExample } = best.evidence;
  const told = (cells: number, example: string, name: string) =>
    cells === 0 ? `no cell has a decimal ${name}` : `${count(cells)} of the cells looked at are like ${example}`;
  const points = told(point + doubtfulPoint, pointExample, 'point');
  const commas = told(comma + doubtfulComma, commaExample, 'comma');
  const other = best.decimal === '.' ? ',' : '.';
  return {
    id: 'decimal',
    chosen: best.decimal,
    label: mark(best.decimal),
    because: best.decimal === '.' ? points : commas,
    alternatives: [{ value: other, label: mark(other), because: other === '.' ? points : commas }],
    byHand: choice.decimal !== undefined,
  };
}

function headerDecision(layout: Layout, choice: DialectChoice): Decision {
  const label = (header: boolean) => (header ? `row ${layout.skip + 1}` : 'none');
  return {
    id: 'header',
    chosen: String(layout.header),
    label: label(layout.header),
    because: layout.becauseHeader,
    alternatives: [
      {
        value: String(!layout.header),
        label: label(!layout.header),
        because: layout.header ? 'the names would be read as a row' : 'the first row would be read as names',
      },
    ],
    byHand: choice.header !== undefined,
  };
}

function skipDecision(layout: Layout, choice: DialectChoice): Decision {
  return {
    id: 'skip',
    chosen: String(layout.skip),
    label: layout.skip === 0 ? 'no lines' : `${layout.skip} ${layout.skip === 1 ? 'line' : 'lines'}`,
    because: layout.becauseSkip,
    alternatives:
      layout.skip === 0
        ? []
        : [{ value: '0', label: 'no lines', because: 'the lines before the table would be read as rows' }],
    byHand: choice.skip !== undefined,
  };
}
