/** What electron-builder calls when an application lies in its folder and before it is signed: refuses one that would not start. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { packageFault } from './lib/package-contents.mjs';

/** electron-builder numbers processors. */
const PROCESSORS = ['ia32', 'x64', 'armv7l', 'arm64', 'universal'];

export default function afterPack({ appOutDir, packager, electronPlatformName, arch }) {
  const resources = packager.getResourcesDir(appOutDir);
  const fault = packageFault(join(resources, 'app.asar.unpacked'), `${electronPlatformName}-${PROCESSORS[arch]}`);
  if (fault) throw new Error(fault);
  // A distribution given as a folder brings Electron's own start page.
  rmSync(join(resources, 'default_app.asar'), { force: true });
}
