import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where this file may stand: bundled beside the program, in its chunks folder, or unbuilt in core/cli. */
const folders = ['./', '../', '../../out/main/'];

/** The path of a built program of the application (`fit-worker.js`, `browser-host.js`), or null before a build. */
export function builtProgram(name: string): string | null {
  const paths = folders.map((folder) => fileURLToPath(new URL(folder + name, import.meta.url)));
  return paths.find((path) => existsSync(path)) ?? null;
}
