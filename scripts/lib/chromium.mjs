/** A browser for the end-to-end tests, in the order: installed Chrome, Edge, Chromium; Debian's package; the one inside @sparticuz/chromium. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lastLine, run } from './run.mjs';

/** What installed browsers are called on Linux. */
export const browserNames = [
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
  'chromium',
  'chromium-browser',
];
const APPLICATIONS = ['Google Chrome', 'Microsoft Edge', 'Chromium'];
const WINDOWS_PATHS = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];

/** The browser named by MOE_LAB_CHROMIUM or installed on this computer, or null. */
export function installedChromium(env = process.env, platform = process.platform, exists = existsSync) {
  if (env.MOE_LAB_CHROMIUM) return exists(env.MOE_LAB_CHROMIUM) ? env.MOE_LAB_CHROMIUM : null;
  return candidates(env, platform).find((path) => exists(path)) ?? null;
}

function candidates(env, platform) {
  if (platform === 'darwin') return APPLICATIONS.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  if (platform === 'win32') {
    const folders = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA].filter(Boolean);
    return WINDOWS_PATHS.flatMap((path) => folders.map((folder) => join(folder, path)));
  }
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return browserNames.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** The installed browser, or one that is fetched now: { path } or { reason }, the end of a sentence. */
export async function provideChromium() {
  const installed = installedChromium();
  if (installed) return { path: installed };
  if (process.env.MOE_LAB_CHROMIUM) return { reason: `there is no browser at ${process.env.MOE_LAB_CHROMIUM}` };
  const reasons = [];
  for (const provide of [debianPackage, packagedChromium]) {
    const { path, reason } = await provide();
    if (path) return { path };
    reasons.push(reason);
  }
  return { reason: reasons.join('; ') };
}

async function debianPackage() {
  if (process.platform !== 'linux' || process.getuid() !== 0 || !existsSync('/usr/bin/apt-get')) {
    return { reason: 'none is installed' };
  }
  console.log("Installing Debian's chromium for the end-to-end tests …");
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  const { output } = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env });
  const path = installedChromium();
  return path ? { path } : { reason: `apt-get installed none (${lastLine(output)})` };
}

async function packagedChromium() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return { reason: `@sparticuz/chromium has none for ${process.platform} ${process.arch}` };
  }
  try {
    const path = await unpackedChromium();
    // Unpacked is not yet able to run: libraries of the system may be missing.
    const { status, output } = await run(path, ['--version'], { seconds: 20 });
    return status === 0 ? { path } : { reason: `the one in @sparticuz/chromium does not run (${lastLine(output)})` };
  } catch (error) {
    return { reason: `the one in @sparticuz/chromium cannot be unpacked (${error.message.split('\n')[0]})` };
  }
}

/** Brings along the libraries and fonts that the package has for computers without any. */
const WRAPPER = `#!/bin/sh
here=$(dirname "$0")
export LD_LIBRARY_PATH="$here/al2023/lib\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
export FONTCONFIG_PATH="$here/fonts"
exec "$here/chromium" "$@"
`;

/** Unpacks it once (200 MB) beside the packages; gives what starts it. */
async function unpackedChromium() {
  const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
  const { version } = JSON.parse(readFileSync(join(modules, '@sparticuz/chromium/package.json'), 'utf8'));
  const folder = join(modules, `.cache/moe-lab/chromium-${version}`);
  if (!existsSync(folder)) {
    console.log('Unpacking the Chromium inside @sparticuz/chromium for the end-to-end tests …');
    // Under another name until it is whole.
    const own = `${folder}.${process.pid}`;
    mkdirSync(own, { recursive: true });
    try {
      await unpackInto(own);
      writeFileSync(join(own, 'start'), WRAPPER, { mode: 0o755 });
      if (!existsSync(folder)) renameSync(own, folder);
    } finally {
      rmSync(own, { recursive: true, force: true });
    }
  }
  return join(folder, 'start');
}

/** The package unpacks into the system's temporary folder, where anybody may have put a file of the same name before. */
async function unpackInto(folder) {
  const unpack = "(await import('@sparticuz/chromium')).default.executablePath()";
  const { status, output } = await run(process.execPath, ['--input-type=module', '--eval', `await ${unpack}`], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    // Its libraries come along where it takes the computer for one that has none.
    env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
  });
  if (status !== 0) throw new Error(lastLine(output));
}

/** What Chromium needs where tests run: root has no sandbox, containers have little shared memory and no graphics. */
export const chromiumArguments = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
];
