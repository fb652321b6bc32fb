/**
 * npm test: installs and builds what is missing, then checks (types, lint, format), unit tests and end-to-end tests. Ends with one
 * line that sums everything up. Parts can be named: npm test -- unit e2e
 */
import { nodeVersionFault } from './lib/node-version.mjs';

const fault = nodeVersionFault(process.versions.node);
if (fault) {
  console.error(fault);
  process.exitCode = 1;
} else {
  // Only now: an older Node could not even read the rest.
  const [{ testAll }, { runMain }] = await Promise.all([import('./lib/test.mjs'), import('./lib/run.mjs')]);
  await runMain(() => testAll(process.argv.slice(2)));
}
