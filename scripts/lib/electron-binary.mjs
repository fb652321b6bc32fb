/**
 * Electron's binary: where it is, or how to get it. Never by require('electron'), which downloads without being asked.
 * Every function gives { path } or { reason }: the end of a sentence, why there is none.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lastLine, run } from './run.mjs';

const PROBE_SECONDS = 5;
const DOWNLOAD_SECONDS = 300;
/** Enough to unpack a download that is already in Electron's cache. */
const CACHED_SECONDS = 15;

/** The binary that is there. */
export function findElectron(root, env, platform) {
  const inFolder = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }[platform] ?? 'electron';
  const candidates = [
    env.ELECTRON_EXEC_PATH,
    env.ELECTRON_OVERRIDE_DIST_PATH && join(env.ELECTRON_OVERRIDE_DIST_PATH, inFolder),
  ].filter(Boolean);
  // Named by hand: if it is not there, another one would be a surprise.
  if (candidates.length) {
    const path = candidates.find(existsSync);
    return path ? { path } : { reason: `there is no Electron at ${candidates[0]}` };
  }
  const path = join(root, 'node_modules/electron/dist', inFolder);
  const isWhole = existsSync(join(root, 'node_modules/electron/path.txt')) && existsSync(path);
  return isWhole ? { path } : { reason: "Electron's binary is not installed" };
}

/** Fetches the binary once. A failure is remembered until the version or the mirror changes, or `again` is set. */
export async function fetchElectron(root, env, platform, { again }) {
  if (isSet(env.ELECTRON_SKIP_BINARY_DOWNLOAD)) {
    return { reason: "Electron's binary is not installed and ELECTRON_SKIP_BINARY_DOWNLOAD is set" };
  }
  if (!URL.canParse(mirrorOf(env))) return { reason: `ELECTRON_MIRROR is no address (${mirrorOf(env)})` };
  const folder = join(root, 'node_modules/electron');
  const mirror = mirrorOf(env);
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const memory = join(root, 'node_modules/.cache/moe-lab/electron-failure.json');
  const before = readJson(memory);
  if (!again && before?.version === version && before.mirror === mirror) {
    return { reason: `${before.reason} (\`npm start -- --electron\` tries again)` };
  }
  console.log("Fetching Electron's binary (about 120 MB, once) …");
  const reachable = hasProxy(env) || (await answers(mirror));
  const { status, output } = await run(process.execPath, [join(folder, 'install.js')], {
    cwd: folder,
    env,
    seconds: reachable ? DOWNLOAD_SECONDS : CACHED_SECONDS,
  });
  const found = findElectron(root, env, platform);
  if (status === 0 && found.path) return found;
  const why = reachable ? downloadReason(output) : `${new URL(mirror).host} does not answer`;
  const reason = `Electron's binary could not be fetched: ${why}`;
  remember(memory, { version, mirror, reason });
  return { reason };
}

const mirrorOf = (env) =>
  env.ELECTRON_MIRROR || env.npm_config_electron_mirror || 'https://github.com/electron/electron/releases/download/';

/** Forgetting costs the next start a few seconds. */
function remember(path, failure) {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify(failure));
  } catch {
    // A folder that cannot be written.
  }
}

/** Electron's installer fails with a stack trace; its first line with an error's name says what happened. */
const downloadReason = (output) =>
  output
    .split('\n')
    .find((line) => /^\w*Error\b/.test(line.trim()))
    ?.trim()
    .slice(0, 200) ?? lastLine(output);

/** Whether anything answers at an address, with any status, within a few seconds. */
export async function answers(address) {
  try {
    await fetch(address, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PROBE_SECONDS * 1000) });
    return true;
  } catch {
    return false;
  }
}

const isSet = (value) => Boolean(value) && value !== '0' && value !== 'false';
const hasProxy = (env) => Boolean(env.HTTPS_PROXY || env.https_proxy || env.ELECTRON_GET_USE_PROXY);

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}
