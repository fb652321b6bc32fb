import type { Split } from '../data/types';
import { quoted } from './csv-cell';

/** The share held out where nothing is said. */
export const USUAL_SHARE = 0.2;

/** The flags of `moe-lab fit` that divide the rows in the same way, as names and values; none for the usual share. */
export function splitFlags(split: Split): (readonly [flag: string, value: string])[] {
  const share = (fraction: number) => (fraction === USUAL_SHARE ? [] : [['test-fraction', String(fraction)] as const]);
  switch (split.kind) {
    case 'fraction':
      return share(split.fraction);
    case 'rows':
      return [['test-rows', 'test-rows.txt']];
    case 'grouped':
      return [['split', `grouped:${split.column}`], ...share(split.fraction)];
    case 'ordered':
      return [['split', split.column === null ? 'ordered' : `ordered:${split.column}`], ...share(split.fraction)];
    case 'column': {
      const name = /["=]/.test(split.column) ? quoted(split.column) : split.column;
      const values = split.test.map((value) => (/[",]|^\s|\s$/.test(value) || value === '' ? quoted(value) : value));
      return [['split', `column:${name}=${values.join(',')}`]];
    }
    case 'fold':
      return [
        ['split', `fold:${split.fold + 1}/${split.folds}`],
        ...(split.repeat === 0 ? [] : [['repeat', String(split.repeat + 1)] as const]),
        ...(split.groups === null ? [] : [['group', split.groups] as const]),
      ];
  }
}
