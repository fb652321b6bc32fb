import { strToU8, zipSync } from 'fflate';

/** A cell as it is meant: text, number, truth, or the inside of its element with a type and a style of its own. */
export type Cell =
  string | number | boolean | null | { readonly inside: string; readonly type?: string; readonly style?: number };

export interface SheetToWrite {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
  readonly hidden?: boolean;
  readonly merged?: readonly string[];
  /** Cells go to these row numbers (from 1) instead of one after the other. */
  readonly at?: readonly number[];
}

/** Styles of the workbooks made here, by their number. */
export const styles = { plain: 0, date: 1, dateTime: 2, time: 3, percent: 4, duration: 5, twoDigits: 6 } as const;

/** An .xlsx workbook, its texts shared as Excel writes them. */
export function workbookFile(
  sheets: readonly SheetToWrite[],
  options: { readonly since1904?: boolean; readonly extra?: Readonly<Record<string, string>> } = {},
): Uint8Array {
  const texts: string[] = [];
  const parts: Record<string, Uint8Array> = {};
  const add = (name: string, text: string) =>
    (parts[name] = strToU8(`<?xml version="1.0" encoding="UTF-8"?>\n${text}`));
  sheets.forEach((sheet, i) => add(`xl/worksheets/sheet${i + 1}.xml`, sheetXml(sheet, texts)));
  add('[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>');
  add('_rels/.rels', relations([['rId1', 'officeDocument', 'xl/workbook.xml']]));
  add(
    'xl/workbook.xml',
    `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr${options.since1904 === true ? ' date1904="1"' : ''}/><sheets>${sheets
      .map(
        ({ name, hidden }, i) =>
          `<sheet name="${escaped(name)}" sheetId="${i + 1}"${hidden === true ? ' state="hidden"' : ''} r:id="rId${i + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
  );
  add(
    'xl/_rels/workbook.xml.rels',
    relations([
      ...sheets.map((_, i): [string, string, string] => [`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`]),
      ['rIdS', 'styles', 'styles.xml'],
      ['rIdT', 'sharedStrings', '/xl/sharedStrings.xml'],
    ]),
  );
  add(
    'xl/styles.xml',
    `<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="[h]:mm"/><numFmt numFmtId="165" formatCode="0.00&quot; d&quot;"/></numFmts>
     <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
     <cellXfs>${[0, 14, 22, 21, 10, 164, 165].map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs></styleSheet>`,
  );
  add(
    'xl/sharedStrings.xml',
    `<sst xmlns="${MAIN}">${texts.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join('')}</sst>`,
  );
  for (const [name, text] of Object.entries(options.extra ?? {})) parts[name] = strToU8(text);
  return zipSync(parts, { level: 6, mtime: '2020-01-01' });
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

const relations = (list: readonly (readonly [string, string, string])[]) =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const letter = (column: number): string =>
  `${column >= 26 ? letter(Math.floor(column / 26) - 1) : ''}${String.fromCharCode(65 + (column % 26))}`;

function sheetXml({ rows, merged = [], at }: SheetToWrite, texts: string[]): string {
  const cellXml = (cell: Cell, place: string): string => {
    if (cell === null) return '';
    if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
    if (typeof cell === 'boolean') return `<c r="${place}" t="b"><v>${cell ? 1 : 0}</v></c>`;
    if (typeof cell === 'string') {
      if (!texts.includes(cell)) texts.push(cell);
      return `<c r="${place}" t="s"><v>${texts.indexOf(cell)}</v></c>`;
    }
    const type = cell.type === undefined ? '' : ` t="${cell.type}"`;
    return `<c r="${place}"${type} s="${cell.style ?? 0}">${cell.inside}</c>`;
  };
  const data = rows.map((cells, i) => {
    const row = at?.[i] ?? i + 1;
    return `<row r="${row}">${cells.map((cell, j) => cellXml(cell, `${letter(j)}${row}`)).join('')}</row>`;
  });
  const merges = merged.length
    ? `<mergeCells>${merged.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`
    : '';
  return `<worksheet xmlns="${MAIN}"><sheetData>${data.join('')}</sheetData>${merges}</worksheet>`;
}
