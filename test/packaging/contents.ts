/** What lies in a package. */
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { listPackage, statFile } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';

/** Every fuse of the first version, by name; what the list of Electron's makers asks of an application like ours. */
export const SAFE_FUSES = {
  RunAsNode: 'off',
  EnableCookieEncryption: 'on',
  EnableNodeOptionsEnvironmentVariable: 'off',
  EnableNodeCliInspectArguments: 'off',
  EnableEmbeddedAsarIntegrityValidation: 'on',
  OnlyLoadAppFromAsar: 'on',
  // Left as Electron ships it: we make no snapshot.
  LoadBrowserProcessSpecificV8Snapshot: 'off',
  GrantFileProtocolExtraPrivileges: 'off',
};

/** What a fuse is in the wire. */
const states: Readonly<Record<number, string>> = { 0x30: 'off', 0x31: 'on', 0x72: 'removed', 0x90: 'inherited' };

export async function fuses(program: string): Promise<Record<string, string | undefined>> {
  const wire = (await getCurrentFuseWire(program)) as unknown as Record<number, number>;
  const names = Object.keys(SAFE_FUSES) as (keyof typeof FuseV1Options)[];
  return Object.fromEntries(names.map((name) => [name, states[wire[FuseV1Options[name]]!]]));
}

/** Paths below a folder, with slashes. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

/** Paths in an archive, those that lie beside it, too. */
export function filesOfArchive(archive: string): string[] {
  return listPackage(archive, { isPack: false })
    .map((path) => path.split(sep).join('/').slice(1))
    .filter((path) => !('files' in statFile(archive, path)));
}
