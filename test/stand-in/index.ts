/**
 * A stand-in for Electron's binary: `<stand-in> [switches] <folder> [arguments]` runs the unmodified main of the application in that
 * folder, in Node, with Chromium for its windows. Playwright's _electron.launch takes it for the real one. Tests only.
 *
 * What it cannot show: that Electron starts. There is no sandbox of the operating system around pages beyond Chromium's own, no asar, no
 * fuses, no native menus (trees that can be read and clicked, which no key reaches), no real dialogs (each must be answered by the
 * test), no window on a screen (sizes and states are kept, the page's size follows), no crash dumps, no GPU, no spell checker, no
 * webview. The program's scheme is a name of Chromium's own (see addresses.ts), so its page sees http where it would see app. A window
 * that is refused is null for a page in Electron, and here one that is closed at once. about:, blob: and data: addresses cannot be held
 * back. Permissions are set beforehand, as the handlers answer by name. Messages carry what core/codec.ts does.
 */
import { readFileSync } from 'node:fs';
import { open as openInspector } from 'node:inspector';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createElectron } from './electron';
import { provideElectron } from './modules';

interface Manifest {
  name: string;
  productName?: string;
  version: string;
  main: string;
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const switches = new Map(args.filter((arg) => arg.startsWith('--')).map(parseSwitch));
  const folder = args.find((arg) => !arg.startsWith('-'));
  if (folder === undefined) throw new Error('Name the folder of an application.');
  const root = resolve(folder);
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
  process.argv = [process.argv[1], ...args];
  Object.assign(process, { type: 'browser', defaultApp: true, resourcesPath: root });
  Object.assign(process.versions, { electron: electronVersion(), chrome: '0.0.0.0' });

  const { modules, app, life, engine, deeds, theme, handlers } = createElectron({ root, manifest, switches });
  provideElectron(modules);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  process.on('exit', () => engine.kill());

  // Playwright begins with the inspector; its test says when it listens.
  const watched = switches.has('inspect');
  const mayStart = watched ? startOf({ deeds, theme, handlers }) : Promise.resolve();
  if (watched) openInspector(0, '127.0.0.1');

  await import(pathToFileURL(join(root, manifest.main)).href);
  if (life.isQuitting()) return;
  const profile = join(app.getPath('userData'), 'chromium');
  await Promise.all([engine.start(profile), mayStart]);
  engine.events.once('ended', () => process.exit(1));
  life.ready();
}

/** Resolves when the test calls standIn.start() in our process; the rest of standIn is for its assertions. */
const startOf = (forTests: object): Promise<void> =>
  new Promise((start) => Object.assign(globalThis, { standIn: { ...forTests, start } }));

function parseSwitch(arg: string): [string, string] {
  const [, name, value = ''] = /^--([^=]+)=?(.*)$/s.exec(arg) ?? [];
  return [name ?? '', value];
}

/** Of the Electron that the project is made for: written beside us by the build. */
const electronVersion = (): string =>
  (JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string }).version;

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
