import { expect, test } from 'vitest';
import { csvFields } from '../../scripts/lib/csv-fields.mjs';

test('a quoted field keeps its commas, doubled quotes are one, and empty fields are kept wherever they stand', () => {
  expect(csvFields('"Congo, Dem. Rep.",809,58.3')).toEqual(['Congo, Dem. Rep.', '809', '58.3']);
  expect(csvFields('a,"say ""x""",b')).toEqual(['a', 'say "x"', 'b']);
  expect(csvFields(',1,')).toEqual(['', '1', '']);
});
