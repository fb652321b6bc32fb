import { TextDecoder } from 'node:util';
import { Parser } from 'saxen';
import { Damaged } from './damaged';

export interface XmlEvents {
  /** Names come without their namespace. */
  open(name: string, attributes: () => Attributes): void;
  close(name: string): void;
  text(text: string): void;
}
export type Attributes = Readonly<Record<string, string>>;

/** Characters without a single tag among them, after which the file is no document we can use: a cell has 32,767 at most. */
const MOST_TEXT = 4 * 1024 * 1024;

/**
 * Reads an XML document as it comes, holding no more of it than one tag or text.
 *
 * @returns a generator that stops after every piece
 * @throws Damaged
 */
export async function* readXml(pieces: AsyncIterable<Uint8Array>, events: XmlEvents): AsyncGenerator<void> {
  let quiet = 0;
  const parser = new Parser()
    .on('openTag', (name, attributes) => {
      quiet = 0;
      events.open(local(name), () => decoded(attributes()));
    })
    .on('closeTag', (name) => {
      quiet = 0;
      events.close(local(name));
    })
    .on('text', (text) => events.text(text.includes('&') ? decode(text) : text))
    .on('cdata', (text) => events.text(text))
    .on('error', () => {
      throw new Damaged('the document inside is not well-formed');
    });
  let decoder: TextDecoder | null = null;
  for await (const piece of pieces) {
    decoder ??= new TextDecoder(encodingOf(piece));
    const text = decoder.decode(piece, { stream: true });
    quiet += text.length;
    parser.write(text);
    if (quiet > MOST_TEXT) throw new Damaged('the document inside holds a text of several megabytes');
    yield;
  }
  parser.end();
}

/** Reads a small document whole. */
export async function readAll(pieces: AsyncIterable<Uint8Array>, events: Partial<XmlEvents>): Promise<void> {
  const nothing = () => undefined;
  const reading = readXml(pieces, { open: nothing, close: nothing, text: nothing, ...events });
  while (!(await reading.next()).done);
}

const encodingOf = (head: Uint8Array) =>
  head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8';

function local(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}

function decoded(attributes: Record<string, string> | false): Attributes {
  if (!attributes) throw new Damaged('the document inside is not well-formed');
  for (const name in attributes) if (attributes[name].includes('&')) attributes[name] = decode(attributes[name]);
  return attributes;
}

const entities: Readonly<Record<string, string>> = { amp: '&', apos: "'", gt: '>', lt: '<', quot: '"' };

/** Entities of XML itself; a document's own are left as they stand, so that none can grow. */
function decode(text: string): string {
  return text.replace(
    /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w{1,4}));/gi,
    (all, hex?: string, digits?: string, name?: string) => {
      if (name !== undefined) return entities[name] ?? all;
      const code = hex === undefined ? Number(digits) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}
