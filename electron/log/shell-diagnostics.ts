import { fileURLToPath } from 'node:url';
import { app, screen } from 'electron';
import { commitOf, diagnosticsText } from './diagnostics';
import type { Log } from './log';

/** The diagnostics of the program in Electron, as they are now. */
export function shellDiagnostics(log: Log, core: readonly string[]): string {
  const { electron, chrome, node } = process.versions;
  return diagnosticsText({
    version: app.getVersion(),
    commit: app.isPackaged ? null : commitOf(fileURLToPath(new URL('../../', import.meta.url))),
    host: 'electron',
    versions: { Electron: electron, Chromium: chrome, Node: node },
    display: [...screen.getAllDisplays().map(displayLine), graphics()],
    core,
    logFile: log.file,
    dumpFolder: app.getPath('crashDumps'),
    lastLines: log.tail(),
    home: app.getPath('home'),
    now: new Date(),
  });
}

const displayLine = ({ size, scaleFactor }: Electron.Display): string =>
  `${size.width} x ${size.height}, ${scaleFactor} pixels to a point`;

/** Which parts of drawing the graphics card does. */
const graphics = (): string =>
  Object.entries(app.getGPUFeatureStatus())
    .map(([feature, status]) => `${feature} ${status}`)
    .join(', ');
