/**
 * node scripts/run-ts.mjs test/bench/figures.ts: writes the last kept measurement of each case into the files that quote it, between
 * <!-- bench:case --> and <!-- /bench -->. With words after the case, only the lines whose names have them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { HISTORY, latest } from './history';
import { quoted } from './quoted';

const FILES = ['README.md', 'docs/scale.md'];

const entries = latest();
for (const file of FILES) {
  const text = readFileSync(file, 'utf8');
  const filled = await format(quoted(text, entries), { ...(await resolveConfig(file)), filepath: file });
  if (filled !== text) writeFileSync(file, filled);
}
console.log(`${FILES.join(' and ')} quote ${HISTORY}.`);
