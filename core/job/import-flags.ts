import type { DialectChoice, TableInfo } from '../data/types';
import { csvCell } from './csv-cell';

const names: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'pipe',
  '.': 'point',
  ' ': 'blank',
  '"': 'double',
  "'": 'single',
  '': 'none',
};

/** The decisions about a file that were made by hand, as flags of the command line; a flag without a value has null. */
export function importFlags({
  decisions,
  dialect,
}: Pick<TableInfo, 'decisions' | 'dialect'>): [string, string | null][] {
  const flags: [string, string | null][] = [];
  for (const { id, byHand } of decisions) {
    if (!byHand) continue;
    if (id === 'header') flags.push([dialect.header ? 'header' : 'no-header', null]);
    else if (id === 'missing')
      flags.push([
        'missing',
        dialect.missing
          .filter((token) => token !== '')
          .map(csvCell)
          .join(','),
      ]);
    else flags.push([id, valueOf(id, dialect)]);
  }
  for (const [column, tokens] of Object.entries(dialect.missingIn ?? {}))
    for (const token of tokens) flags.push(['missing-in', `${column}=${token}`]);
  return flags;
}

function valueOf(
  id: Exclude<keyof DialectChoice, 'missing' | 'missingIn' | 'header'>,
  dialect: TableInfo['dialect'],
): string {
  const value = String(dialect[id] ?? '');
  if (id === 'sheet' || id === 'encoding' || id === 'skip' || id === 'escape') return value;
  if (id === 'comment') return value === '' ? 'none' : value;
  if (id === 'thousands' && value === "'") return 'apostrophe';
  return Object.hasOwn(names, value) ? names[value] : value;
}
