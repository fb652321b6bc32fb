import type { ThousandsMark } from './number-text';
import type { Dialect } from './types';

/** Values of the dialect as a person reads them. */
export const delimiterLabels: Readonly<Record<Dialect['delimiter'], string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'pipe',
  spaces: 'runs of blanks',
};
export const quoteLabels: Readonly<Record<Dialect['quote'], string>> = {
  '"': 'double quotes',
  "'": 'single quotes',
  '': 'none',
};

/** Decimal and thousands marks. */
export const markLabels: Readonly<Record<ThousandsMark, string>> = {
  '': 'none',
  '.': 'point',
  ',': 'comma',
  ' ': 'blank',
  "'": 'apostrophe',
};
export const escapeLabels: Readonly<Record<NonNullable<Dialect['escape']>, string>> = {
  double: 'doubled',
  backslash: 'behind a backslash',
};
