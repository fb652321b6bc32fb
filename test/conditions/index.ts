/**
 * The conditions under which npm start and npm test must hold, each tried on a fresh clone of the committed project:
 *
 *   npm run conditions -- start|test|network [--only words of a name]
 */
import { parseArgs } from 'node:util';
import { reach } from './page';
import { startConditions } from './start';
import { isNotRun, table } from './table';
import { tryAll } from './trial';

const { values, positionals } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true });
const [what, ...rest] = positionals;

if (what === 'reach') console.log(JSON.stringify(await reach(rest[0])));
else if (what === 'start') {
  const chosen = startConditions.filter(({ name }) => name.toLowerCase().includes((values.only ?? '').toLowerCase()));
  const rows = await tryAll(chosen);
  console.log(table(rows));
  process.exitCode = rows.every((row) => row.fault === null || isNotRun(row)) ? 0 : 1;
} else {
  console.error('Name what to try: npm run conditions -- start|test|network [--only words of a name]');
  process.exitCode = 2;
}
