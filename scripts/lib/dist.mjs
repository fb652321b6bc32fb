import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './build.mjs';
import { hasProgram, hasTool, obstacle, TARGETS } from './dist-targets.mjs';
import { answers, findElectron } from './electron-binary.mjs';
import { ensureInstalled } from './install.mjs';
import { Failure, lastLine, run } from './run.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const NAMES = Object.keys(TARGETS);
const USAGE = `Usage: npm run dist -- [${NAMES.join('] [')}] [--dir] [--electron-dist folder] [--sizes].`;
const GITHUB = 'https://github.com';
const BINARIES = {
  linux: 'electron',
  mac: 'Electron.app/Contents/MacOS/Electron',
  win: 'electron.exe',
};
const HOSTS = { linux: 'linux', darwin: 'mac', win32: 'win' };

/** Gives the exit status. What cannot be made is said first: it needs neither packages nor a build. */
export async function dist(args) {
  const options = distOptions(args);
  if (options.sizes) return showSizes();
  const online = await answers(process.env.ELECTRON_BUILDER_BINARIES_MIRROR ?? GITHUB);
  if (options.dir) return makeFolder(HOSTS[process.platform], options, online);
  const computer = { platform: process.platform, online, has: hasProgram, cached: hasTool };
  const possible = options.names.filter((name) => {
    const why = obstacle(name, computer) ?? electronFor(TARGETS[name].system, options, online).fault;
    if (why) console.log(`${name}: not made. ${why}`);
    return !why;
  });
  const made = possible.length ? await makeAll(possible, options, online) : 0;
  if (made === 0) throw new Failure('Nothing was packaged.');
  return 0;
}

/** Gives how many were made. */
async function makeAll(names, options, online) {
  await ensureInstalled(root);
  await ensureBuilt(root);
  let made = 0;
  for (const name of names) {
    const why = await make(name, options, online);
    if (why === null) made += 1;
    else console.log(`${name}: not made. ${why}`);
  }
  return made;
}

/** @returns {{ names: string[], dir: boolean, sizes: boolean, electronDist: string | null }} */
export function distOptions(args, env = process.env, cwd = process.env.INIT_CWD ?? process.cwd()) {
  let parsed;
  try {
    parsed = parseArgs({
      args,
      allowPositionals: true,
      options: {
        dir: { type: 'boolean', default: false },
        sizes: { type: 'boolean', default: false },
        'electron-dist': { type: 'string' },
      },
    });
  } catch (error) {
    throw new Failure(`${error.message.split('.')[0]}. ${USAGE}`, 2);
  }
  const { values, positionals } = parsed;
  const unknown = positionals.find((name) => !Object.hasOwn(TARGETS, name));
  if (unknown) throw new Failure(`There is no kind of package named "${unknown}". ${USAGE}`, 2);
  const folder = values['electron-dist'] ?? env.ELECTRON_OVERRIDE_DIST_PATH;
  return {
    names: positionals.length ? positionals : NAMES,
    dir: values.dir,
    sizes: values.sizes,
    electronDist: folder ? resolve(cwd, folder) : null,
  };
}

/** Packages one kind; null when it was made, else why not. */
async function make(name, options, online) {
  const { system, instead } = TARGETS[name];
  console.log(`${name}: packaging …`);
  // A tool that is installed here spares the download.
  const env = instead && hasProgram(instead) ? { USE_SYSTEM_FPM: 'true' } : {};
  const { files, why } = await build(system, name, electronFor(system, options, online).distribution, env);
  files.forEach((file) => console.log(`${name}: made ${relative(root, file)} (${megabytes(statSync(file).size)} MB).`));
  if (why === null) sayUnsigned(name, system);
  return why;
}

/** The application in a folder, as it is before it becomes a package. */
async function makeFolder(system, options, online) {
  const { distribution, fault } = electronFor(system, options, online);
  if (fault) throw new Failure(fault);
  await ensureInstalled(root);
  await ensureBuilt(root);
  const { why } = await build(system, 'dir', distribution);
  if (why !== null) throw new Failure(why);
  return showSizes();
}

/**
 * Where electron-builder takes Electron from: a folder named by hand, the one npm installed, or (null) a download.
 *
 * @returns {{ distribution?: string | null, fault?: string }}
 */
function electronFor(system, { electronDist }, online) {
  if (electronDist !== null) {
    const whole = electronDist.endsWith('.zip')
      ? existsSync(electronDist)
      : existsSync(join(electronDist, BINARIES[system]));
    if (whole) return { distribution: electronDist };
    return {
      fault: `There is no Electron for ${system} in ${electronDist}. Name a folder with ${BINARIES[system]} in it.`,
    };
  }
  const installed = system === HOSTS[process.platform] && findElectron(root, {}, process.platform).path;
  if (installed) return { distribution: join(root, 'node_modules/electron/dist') };
  if (online || process.env.ELECTRON_MIRROR) return { distribution: null };
  return {
    fault: `Electron itself is not on this computer and github.com does not answer. Run this once with the network, or name a folder with its distribution: npm run dist -- --electron-dist <folder>.`,
  };
}

/** Runs electron-builder for one kind; `why` is null when it came to its end. */
async function build(system, target, distribution, env = {}) {
  const args = [`--${system}`, target, ...processors(system), '--publish=never'];
  if (distribution) args.push(`-c.electronDist=${distribution}`);
  const tool = join(root, 'node_modules/electron-builder/cli.js');
  const { status, output } = await run(process.execPath, [tool, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
  });
  const files = [...output.matchAll(/\bfile=(.+?)(?= \w+=|$)/gm)].map(([, file]) => resolve(root, file.trim()));
  const made = files.filter((file) => file.startsWith(join(root, 'dist')) && existsSync(file));
  return { files: status === 0 ? made : [], why: status === 0 ? null : builderReason(output) };
}

/** electron-builder marks what ended it, and adds where in its own code. */
export function builderReason(output) {
  const line = output.split('\n').find((text) => text.includes('⨯')) ?? lastLine(output);
  const said = line
    .replace(/^.*⨯\s*/, '')
    .replace(/\s+(failedTask|stackTrace)=.*$/, '')
    .trim();
  return /[.!?]$/.test(said) ? said : `electron-builder ended with: ${said}.`;
}

/** Every processor whose native parts are installed: npm brings those of this computer, others can be added. */
function processors(system) {
  if (system !== 'mac') return [];
  const installed = readdirSync(join(root, 'node_modules/@duckdb'));
  return ['x64', 'arm64']
    .filter((arch) => installed.includes(`node-bindings-darwin-${arch}`))
    .map((arch) => `--${arch}`);
}

function sayUnsigned(name, system) {
  if (system === 'linux' || process.env.CSC_LINK || process.env.CSC_NAME) return;
  const warns = system === 'mac' ? 'macOS will not open it without being asked to' : 'Windows will warn of it';
  console.log(`${name}: not signed, so ${warns}. docs/packaging.md says how it is signed.`);
}

function showSizes() {
  const resources = resourceFolders().find((folder) => existsSync(join(folder, 'app.asar')));
  if (!resources) throw new Failure('There is no packaged folder yet. Make one: npm run dist -- --dir.');
  // Not before it is known that the packages are installed.
  return import('./dist-sizes.mjs').then(({ packageSizes, sizesTable }) => {
    console.log(`${relative(root, resources)}\n\n${sizesTable(packageSizes(resources))}`);
    return 0;
  });
}

function resourceFolders() {
  const { productName } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const folders = ['linux-unpacked', 'linux-arm64-unpacked', 'win-unpacked', 'win-arm64-unpacked'];
  const bundles = ['mac', 'mac-arm64'].map((folder) => `${folder}/${productName}.app/Contents/Resources`);
  return [...folders.map((folder) => `${folder}/resources`), ...bundles].map((folder) => join(root, 'dist', folder));
}

const megabytes = (bytes) => (bytes / 1e6).toFixed(0);
