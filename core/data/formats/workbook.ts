import { posix } from 'node:path';
import { Damaged, TooLarge } from './damaged';
import { numberKind, type NumberKind } from './number-format';
import { readAll } from './xml';
import { unpacked, type ZipEntry } from './zip';

/** An .xlsx workbook before any sheet is read. */
export interface Workbook {
  readonly path: string;
  /** Sheets of cells in the workbook's order; sheets of charts are not among them. */
  readonly sheets: readonly { readonly name: string; readonly hidden: boolean; readonly entry: ZipEntry }[];
  readonly since1904: boolean;
  /** Texts that cells refer to by number. */
  readonly strings: readonly string[];
  /** What the numbers of cells are, by the number of their style. */
  readonly kinds: readonly NumberKind[];
}

/** Texts are kept while a sheet is read. */
const MOST_STRINGS = 512 * 1024 * 1024;

/** @throws Damaged, TooLarge */
export async function readWorkbook(
  path: string,
  entries: readonly ZipEntry[],
  signal?: AbortSignal,
): Promise<Workbook> {
  const byName = new Map(entries.map((entry) => [entry.name.toLowerCase(), entry]));
  const find = (name: string) => byName.get(name.toLowerCase());
  const read = (entry: ZipEntry) => unpacked(path, entry, signal);
  const related = async (of: string): Promise<Relation[]> => {
    const entry = find(posix.join(posix.dirname(of), '_rels', `${posix.basename(of)}.rels`));
    return entry ? relations(read(entry), posix.dirname(of)) : [];
  };

  const main = (await related('')).find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml';
  const entry = find(main);
  if (!entry) throw new Damaged('it has no list of sheets');
  const listed = await sheetList(read(entry));
  const parts = await related(main);
  const partOf = (type: string) => {
    const target = parts.find((part) => part.type === type)?.target;
    return target === undefined ? undefined : find(target);
  };
  const sheets = listed.sheets.flatMap(({ name, hidden, relation }) => {
    const part = parts.find(({ id, type }) => id === relation && type === 'worksheet');
    const sheet = part && find(part.target);
    if (part && !sheet) throw new Damaged(`the sheet “${name}” is missing`);
    return sheet ? [{ name, hidden, entry: sheet }] : [];
  });
  const texts = partOf('sharedStrings');
  if (texts && texts.size > MOST_STRINGS)
    throw new TooLarge(`more than ${MOST_STRINGS / 1024 / 1024} MB of text: save the sheet as .csv and open that file`);
  const styles = partOf('styles');
  return {
    path,
    sheets,
    since1904: listed.since1904,
    strings: texts ? await sharedStrings(read(texts)) : [],
    kinds: styles ? await cellKinds(read(styles)) : [],
  };
}

interface Relation {
  readonly id: string;
  /** The last word of the relation's address, the same in both kinds of workbook. */
  readonly type: string;
  readonly target: string;
}

async function relations(pieces: AsyncIterable<Uint8Array>, folder: string): Promise<Relation[]> {
  const found: Relation[] = [];
  await readAll(pieces, {
    open(name, attributes) {
      if (name !== 'Relationship') return;
      const { Id = '', Type = '', Target = '' } = attributes();
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target);
      found.push({ id: Id, type: Type.slice(Type.lastIndexOf('/') + 1), target });
    },
  });
  return found;
}

async function sheetList(pieces: AsyncIterable<Uint8Array>) {
  const sheets: { name: string; hidden: boolean; relation: string }[] = [];
  let since1904 = false;
  await readAll(pieces, {
    open(name, attributes) {
      if (name === 'workbookPr') since1904 = isTrue(attributes().date1904);
      if (name !== 'sheet') return;
      const all = attributes();
      const relation = Object.keys(all).find((key) => key.endsWith(':id'));
      sheets.push({
        name: all.name ?? '',
        hidden: all.state === 'hidden' || all.state === 'veryHidden',
        relation: relation === undefined ? '' : all[relation],
      });
    },
  });
  return { sheets, since1904 };
}

export const isTrue = (text: string | undefined): boolean => text === '1' || text === 'true';

async function sharedStrings(pieces: AsyncIterable<Uint8Array>): Promise<string[]> {
  const strings: string[] = [];
  let text = '';
  let inText = false;
  // Readings of Chinese characters stand beside the text and are not it.
  let inReading = false;
  await readAll(pieces, {
    open(name) {
      if (name === 'si') text = '';
      else if (name === 'rPh') inReading = true;
      else if (name === 't') inText = !inReading;
    },
    close(name) {
      if (name === 't') inText = false;
      else if (name === 'rPh') inReading = false;
      else if (name === 'si') strings.push(unescaped(text));
    },
    text(piece) {
      if (inText) text += piece;
    },
  });
  return strings;
}

/** Characters that XML cannot hold are written _x000D_. */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([\da-f]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;

async function cellKinds(pieces: AsyncIterable<Uint8Array>): Promise<NumberKind[]> {
  const codes = new Map<number, string>();
  const ids: number[] = [];
  let inCells = false;
  await readAll(pieces, {
    open(name, attributes) {
      if (name === 'cellXfs') inCells = true;
      else if (name === 'numFmt') {
        const { numFmtId, formatCode } = attributes();
        codes.set(Number(numFmtId), formatCode ?? '');
      } else if (name === 'xf' && inCells) ids.push(Number(attributes().numFmtId ?? 0));
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return ids.map((id) => numberKind(id, codes));
}
