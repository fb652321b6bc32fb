import { TextDecoder } from 'node:util';
import { analyse } from 'chardet';
import type { FileFacts } from './file-facts';
import type { Decision, Dialect } from './types';

type Encoding = Dialect['encoding'];

export const encodingLabels: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 (little endian)',
  'utf-16be': 'UTF-16 (big endian)',
  'windows-1252': 'Windows-1252 (Western)',
  'iso-8859-1': 'Latin-1 (ISO 8859-1)',
};

export interface EncodingFound {
  readonly encoding: Encoding;
  readonly byteOrderMark: boolean;
  readonly decision: Decision;
  readonly warning: string | null;
}

/** Pairs of bytes looked at to recognise UTF-16 by itself. */
const PAIRS = 4096;
/** At least this share of the characters of a table are digits, marks and letters of ASCII. */
const ASCII_SHARE = 0.25;

/**
 * UTF-16 without a byte order mark: in many pairs of bytes one is zero and the other an ASCII character, nearly always on the same
 * side, and what they make is text. Null for anything else.
 */
export function unmarkedUtf16(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const pairs = Math.min(PAIRS, Math.floor(head.length / 2));
  const printable = (byte: number) => byte >= 0x20 && byte < 0x7f;
  let [little, big] = [0, 0];
  for (let i = 0; i < 2 * pairs; i += 2) {
    if (head[i + 1] === 0 && printable(head[i])) little++;
    if (head[i] === 0 && printable(head[i + 1])) big++;
  }
  // Of the other side are characters such as U+4E00, “one” in Chinese.
  const most = Math.max(little, big);
  if (most < 2 || most < ASCII_SHARE * pairs || 3 * Math.min(little, big) > most) return null;
  const encoding = little > big ? 'utf-16le' : 'utf-16be';
  const text = new TextDecoder(encoding).decode(head.subarray(0, 2 * pairs), { stream: true });
  // Numbers of two bytes look alike, but are no text.
  return /[^\P{C}\t\n\v\f\r\p{Cf}]|\ufffd/u.test(text) ? null : encoding;
}

/**
 * A byte order mark decides UTF-16; without one its zero bytes, which no other text has, make it a declared guess. Else strict UTF-8
 * decides: no other encoding of a real text passes the test by chance. Otherwise Windows-1252 is a declared guess, with what chardet
 * thinks beside it.
 */
export function detectEncoding(facts: FileFacts, choice: Encoding | undefined): EncodingFound {
  const { head } = facts;
  const utf8Mark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
  const utf16: Encoding | null =
    head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : null;
  const unmarked = utf16 === null && facts.nuls > 0 ? unmarkedUtf16(head) : null;
  const bytes = facts.bytes.toLocaleString('en');
  const foreign = (facts.nonAscii - (utf8Mark ? 3 : 0)).toLocaleString('en');

  let found: Encoding;
  let because: string;
  let warning: string | null = null;
  if (utf16) {
    found = utf16;
    because = 'the file begins with the byte order mark of UTF-16';
  } else if (unmarked) {
    found = unmarked;
    because = `${facts.nuls.toLocaleString('en')} of ${bytes} bytes are zero, ${unmarked === 'utf-16le' ? 'the second' : 'the first'} of most pairs at the beginning, as in UTF-16; there is no byte order mark`;
    warning = `The file has no byte order mark and was read as ${encodingLabels[unmarked]}, which is a guess: set the encoding if its texts look wrong.`;
  } else if (facts.validUtf8) {
    found = 'utf-8';
    const mark = utf8Mark ? ', after a byte order mark' : '';
    because =
      foreign === '0'
        ? `all ${bytes} bytes are plain ASCII${mark}`
        : `all ${bytes} bytes are valid UTF-8, ${foreign} of them outside ASCII${mark}`;
  } else {
    found = 'windows-1252';
    const hint = analyse(head).find(({ name }) => !name.startsWith('UTF-'));
    because = `${foreign} bytes outside ASCII are not valid UTF-8${hint ? `; by its letters the text could be ${hint.name}` : ''}`;
    warning = `The file is not UTF-8 and was read as Windows-1252, which is a guess: check letters with accents, and set the encoding if they look wrong.`;
  }
  const encoding = choice ?? found;
  if (choice === 'utf-8' && !facts.validUtf8)
    warning = `The file is not valid UTF-8: ${foreign} bytes outside ASCII may have been replaced; try Windows-1252.`;
  else if (choice !== undefined) warning = null;
  const alternatives = (Object.keys(encodingLabels) as Encoding[])
    .filter((other) => other !== encoding)
    .map((other) => ({
      value: other,
      label: encodingLabels[other],
      because: other === found ? because : whyNot(other, facts, utf16 !== null, unmarked !== null),
    }));
  return {
    encoding,
    byteOrderMark: encoding === 'utf-8' ? utf8Mark : encoding === utf16,
    decision: {
      id: 'encoding',
      chosen: encoding,
      label: encodingLabels[encoding],
      because,
      alternatives,
      byHand: choice !== undefined,
    },
    warning,
  };
}

function whyNot(encoding: Encoding, facts: FileFacts, utf16: boolean, unmarked: boolean): string {
  if (unmarked)
    return encoding.startsWith('utf-16')
      ? 'the other byte of each pair is zero'
      : `would read ${facts.nuls.toLocaleString('en')} zero bytes as characters`;
  if (encoding === 'utf-8') return facts.validUtf8 ? 'every byte is valid UTF-8' : 'not every byte is valid UTF-8';
  if (encoding === 'windows-1252' || encoding === 'iso-8859-1')
    return facts.nonAscii === 0
      ? 'reads the same: every byte is ASCII'
      : utf16
        ? 'the file begins with a byte order mark'
        : `would read ${facts.nonAscii.toLocaleString('en')} bytes differently`;
  return 'the file does not begin with its byte order mark';
}

export type Decoder = Pick<TextDecoder, 'decode'>;

/** A decoder that never throws; a byte order mark of its own encoding is dropped. */
export const decoder = (encoding: Encoding): Decoder =>
  encoding === 'iso-8859-1' ? latin1 : encoding === 'windows-1252' ? windows1252 : new TextDecoder(encoding);

/** What the web calls ISO 8859-1 is Windows-1252; this one maps every byte to the character of its number. */
const latin1 = {
  decode: (bytes?: Parameters<Decoder['decode']>[0]) =>
    bytes ? Buffer.from(bytes as Uint8Array).toString('latin1') : '',
};

/** What Windows-1252 has at 0x80 to 0x9F, and no more in Latin-1; the five places without a character keep their number. */
const WINDOWS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** By hand: Node 20's own reads these bytes as Latin-1 when all are given at once. */
const windows1252: Decoder = {
  decode: (bytes) =>
    latin1.decode(bytes).replace(/[\x80-\x9f]/g, (character) => WINDOWS[character.charCodeAt(0) - 0x80]),
};
