/**
 * npm start: installs and builds what is missing, then opens MoE Lab in Electron, or in the browser where that is not possible.
 *
 *   npm start -- [file] [--browser | --electron] [--no-open] [--port N]
 */
import { nodeVersionFault } from './lib/node-version.mjs';

const fault = nodeVersionFault(process.versions.node);
if (fault) {
  console.error(fault);
  process.exitCode = 1;
} else {
  // Only now: an older Node could not even read the rest.
  const [{ start }, { runMain }] = await Promise.all([import('./lib/start.mjs'), import('./lib/run.mjs')]);
  await runMain(() => start(process.argv.slice(2)));
}
