import { FEW, parameterCount, type ModelSize } from '../evaluate/checks/rows-per-parameter';
import { plainNumber } from '../evaluate/words';
import type { OptionValues } from '../fit/method';
import { gateRidgeOption, holdBackOption, pseudoRowsOption } from '../fit/settings';

/** Pseudo-rows that go with a gate ridge of 1, the unit normal prior of each weight. */
const PSEUDO_ROWS_A_RIDGE = 100;

/** The options a fit runs with, and what to tell where they are not those it was given. */
export interface HeldBack {
  readonly options: OptionValues;
  readonly note: string | null;
}

/**
 * How far a fit on few rows is held back. With fewer than five rows for each number to estimate, EM ends with experts on a handful of
 * outliers and a gate that tells them apart by chance: worse than least squares on rows it has not seen. So the rows missing to five
 * are made up by pseudo-rows, the same number for each expert, and the gate is held to the same degree. The more rows there are the
 * fewer are added, none from five on: no fit on plenty of rows changes by a digit. Only counts of training rows enter.
 */
export function holdBack(options: OptionValues, rows: number, size: ModelSize): HeldBack {
  const numbers = parameterCount(size);
  const missing = FEW * numbers - rows;
  if (options[holdBackOption.name] !== true || size.experts < 2 || missing <= 0) return { options, note: null };
  const pseudoRows = Math.max(Number(options[pseudoRowsOption.name]), Math.ceil(missing / size.experts));
  const gateRidge = Math.max(Number(options[gateRidgeOption.name]), pseudoRows / PSEUDO_ROWS_A_RIDGE);
  return {
    options: { ...options, [pseudoRowsOption.name]: pseudoRows, [gateRidgeOption.name]: gateRidge },
    note: `Rows are scarce (${plainNumber(rows / numbers, 2)} for each number), so every expert is held near the least-squares line as by ${pseudoRows} more rows and the gate is held back (ridge ${plainNumber(gateRidge, 2)}); holdBack=false leaves them free.`,
  };
}
