import { nodeVersionFault } from './node-version.mjs';

/**
 * Runs what a command does on its arguments, where this Node is new enough.
 *
 * @param {() => Promise<(args: string[]) => Promise<number>>} load  reads it only then: an older Node could not even read it
 */
export async function entry(load) {
  const fault = nodeVersionFault(process.versions.node);
  if (fault) {
    console.error(fault);
    process.exitCode = 1;
    return;
  }
  const [act, { runMain }] = await Promise.all([load(), import('./run.mjs')]);
  await runMain(() => act(process.argv.slice(2)));
}
