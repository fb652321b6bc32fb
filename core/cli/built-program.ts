import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where this code may stand once it is built: in the program itself, or in the folder of shared chunks below it. */
const folders = ['./', '../'];

/** The path of a built program of the application (`worker.js`, `browser-host.js`); null where this runs unbuilt. */
export function builtProgram(name: string): string | null {
  const paths = folders.map((folder) => fileURLToPath(new URL(folder + name, import.meta.url)));
  return paths.find((path) => existsSync(path)) ?? null;
}
