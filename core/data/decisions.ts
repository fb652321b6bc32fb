import type { Cut } from './delimiter';
import type { Layout } from './header';
import { delimiterLabels, escapeLabels, markLabels, quoteLabels } from './labels';
import type { ThousandsMark } from './number-text';
import type { RemarksFound } from './remarks';
import { commentMarks, thousandsMarks, type Decision, type Dialect, type DialectChoice } from './types';

const count = (n: number) => n.toLocaleString('en');
const fields = (n: number) => `${n} ${n === 1 ? 'field' : 'fields'}`;

export function delimiterDecision(cuts: readonly Cut[], linesGive: string, choice: DialectChoice): Decision {
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

export function quoteDecision(best: Cut, choice: DialectChoice): Decision {
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

export function escapeDecision(best: Cut, cuts: readonly Cut[], choice: DialectChoice): Decision {
  const told = (escape: Cut['escape']): string => {
    const tried = cuts.find((cut) => cut.escape === escape && cut.delimiter === best.delimiter && cut.quote !== '');
    if (!tried) return escape === 'double' ? 'quotes within quotes are doubled' : 'no backslash stands before a quote';
    return `${tried.malformed === 0 ? 'no cell has' : `${count(tried.malformed)} ${tried.malformed === 1 ? 'cell has' : 'cells have'}`} text after its closing quote that way`;
  };
  const other = best.escape === 'double' ? 'backslash' : 'double';
  return {
    id: 'escape',
    chosen: best.escape,
    label: escapeLabels[best.escape],
    because: told(best.escape),
    alternatives: [{ value: other, label: escapeLabels[other], because: told(other) }],
    byHand: choice.escape !== undefined,
  };
}

export function commentDecision(
  comment: NonNullable<Dialect['comment']>,
  found: RemarksFound,
  choice: DialectChoice,
): Decision {
  const label = (mark: string) => (mark === '' ? 'none' : `lines that begin with ${mark}`);
  const lines = new Map(found.others.map((other) => [other.mark as string, other.lines]));
  const because = (mark: string): string => {
    if (mark === found.mark) return found.because;
    if (mark === '') return 'such lines would be read as rows';
    return lines.has(mark)
      ? `${count(lines.get(mark)!)} of the lines looked at begin with it`
      : 'no line begins with it';
  };
  return {
    id: 'comment',
    chosen: comment,
    label: label(comment),
    because: because(comment),
    alternatives: commentMarks
      .filter((mark) => mark !== comment)
      .sort((a, b) => (lines.get(b) ?? 0) - (lines.get(a) ?? 0))
      .map((mark) => ({ value: mark, label: label(mark), because: because(mark) })),
    byHand: choice.comment !== undefined,
  };
}

export function decimalDecision({ marks: { decimal }, evidence }: Cut, choice: DialectChoice): Decision {
  const { point, comma, doubtfulPoint, doubtfulComma, pointExample, commaExample } = evidence;
  const told = (cells: number, example: string, name: string) =>
    cells === 0 ? `no cell has a decimal ${name}` : `${count(cells)} of the cells looked at are like ${example}`;
  const points = told(point + doubtfulPoint, pointExample, 'point');
  const commas = told(comma + doubtfulComma, commaExample, 'comma');
  const other = decimal === '.' ? ',' : '.';
  return {
    id: 'decimal',
    chosen: decimal,
    label: markLabels[decimal],
    because: decimal === '.' ? points : commas,
    alternatives: [{ value: other, label: markLabels[other], because: other === '.' ? points : commas }],
    byHand: choice.decimal !== undefined,
  };
}

/** The runner-up is the mark that most cells could have between their thousands. */
export function thousandsDecision({ marks, evidence }: Cut, choice: DialectChoice): Decision {
  const { groups, groupExamples, pointExample, commaExample } = evidence;
  const doubtful = {
    '.': evidence.doubtfulPoint,
    ',': evidence.doubtfulComma,
    ' ': evidence.doubtfulBlank,
    "'": 0,
  };
  const doubtfulExamples = { '.': pointExample, ',': commaExample, ' ': evidence.blankExample, "'": '' };
  const because = (mark: ThousandsMark): string => {
    if (mark === '') return 'no cell is sure to have groups of three digits';
    if (groups[mark] > 0) return `${count(groups[mark])} of the cells looked at are like ${groupExamples[mark]}`;
    return doubtful[mark] > 0
      ? `${count(doubtful[mark])} of the cells looked at are like ${doubtfulExamples[mark]}, which can be read two ways`
      : `no cell has ${mark === "'" ? 'an' : 'a'} ${markLabels[mark]} between groups of three digits`;
  };
  const cells = (mark: ThousandsMark) => (mark === '' ? 0.5 : groups[mark] + doubtful[mark]);
  const others = thousandsMarks
    .filter((mark) => mark !== marks.thousands && mark !== marks.decimal)
    .sort((a, b) => cells(b) - cells(a));
  return {
    id: 'thousands',
    chosen: marks.thousands,
    label: markLabels[marks.thousands],
    because: because(marks.thousands),
    alternatives: others.map((mark) => ({ value: mark, label: markLabels[mark], because: because(mark) })),
    byHand: choice.thousands !== undefined,
  };
}

export function headerDecision(layout: Layout, choice: DialectChoice): Decision {
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

export function skipDecision(layout: Layout, choice: DialectChoice): Decision {
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
