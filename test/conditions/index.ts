/**
 * The conditions under which npm start and npm test must hold, each tried on a fresh clone of the committed project:
 *
 *   npm run conditions -- start [--only words of a name]
 *   npm run conditions -- test [--only words of a name] [parts of npm test]
 *   npm run conditions -- network [parts of npm test]
 */
import { parseArgs } from 'node:util';
import { countInside, tryNetwork } from './network';
import { reach } from './page';
import { startConditions } from './start';
import { isNotRun, table } from './table';
import { testConditions } from './test';
import { tryAll, type Condition } from './trial';

const { values, positionals } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true });
const [what, ...rest] = positionals;

async function tryChosen(conditions: readonly Condition[]): Promise<boolean> {
  const chosen = conditions.filter(({ name }) => name.toLowerCase().includes((values.only ?? '').toLowerCase()));
  const rows = await tryAll(chosen);
  console.log(table(rows));
  return rows.length > 0 && rows.every((row) => row.fault === null || isNotRun(row));
}

const tasks: Record<string, () => Promise<boolean> | boolean> = {
  start: () => tryChosen(startConditions),
  test: () => tryChosen(testConditions(rest)),
  network: () => tryNetwork(rest),
  // Run by the others where a network of their own is.
  'network-inside': () => countInside(rest),
  async reach() {
    console.log(JSON.stringify(await reach(rest[0])));
    return true;
  },
};

if (Object.hasOwn(tasks, what ?? '')) process.exitCode = (await tasks[what]()) ? 0 : 1;
else {
  console.error(
    'Name what to try: npm run conditions -- start|test|network [--only words of a name] [parts of npm test]',
  );
  process.exitCode = 2;
}
