/**
 * npm run dist: packages MoE Lab for the system it runs on, and says what it could not make and where that is made.
 *
 *   npm run dist -- [AppImage] [deb] [dmg] [nsis] [--dir] [--electron-dist folder] [--sizes]
 */
import { nodeVersionFault } from './lib/node-version.mjs';

const fault = nodeVersionFault(process.versions.node);
if (fault) {
  console.error(fault);
  process.exitCode = 1;
} else {
  // Only now: an older Node could not even read the rest.
  const [{ dist }, { runMain }] = await Promise.all([import('./lib/dist.mjs'), import('./lib/run.mjs')]);
  await runMain(() => dist(process.argv.slice(2)));
}
