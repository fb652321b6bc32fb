/**
 * npm start: installs and builds what is missing, then opens MoE Lab in Electron, or in the browser where that is not possible.
 *
 *   npm start -- [file] [--browser | --electron] [--no-open] [--port N]
 */
import { entry } from './lib/entry.mjs';

await entry(async () => (await import('./lib/start.mjs')).start);
