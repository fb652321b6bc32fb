import { accessSync, constants, existsSync, lstatSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Failure, lastLine, run } from './run.mjs';

/** Installs the packages of package-lock.json when they are not all there. */
export async function ensureInstalled(root) {
  if (isInstalled(root)) return;
  // npm would empty the folder it leads to, which is somebody else's.
  if (lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) {
    throw new Failure(
      'Packages are missing and node_modules is a link to another folder. Run npm ci there, or remove the link.',
    );
  }
  const started = Date.now();
  console.log('Installing packages (npm ci, once; about half a minute) …');
  const silence = await networkFault(root);
  const cache = await usableCache(root);
  try {
    // Without a network npm would try each of hundreds of packages again and again, for minutes.
    const where = [...(silence ? ['--offline'] : []), ...(cache ? ['--cache', cache] : [])];
    const { status, output } = await npm([...INSTALL, ...where], root);
    if (status !== 0 || !isInstalled(root)) throw new Failure(installFault(npmReason(output), silence));
  } finally {
    if (cache) rmSync(cache, { recursive: true, force: true });
  }
  console.log(`Packages installed in ${secondsSince(started)} s.`);
}

/** A user may have npm refuse packages that name another Node; those that run here do run. */
const INSTALL = ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--engine-strict=false'];

function installFault(reason, silence) {
  return silence
    ? `The packages could not be installed: npm's cache does not hold them all, and the network does not answer (${silence}). Connect this computer and run the command again.`
    : `The packages could not be installed (${reason}). Mend that and run the command again.`;
}

/** Why npm reaches no registry, or null; by its own settings, proxies included. */
async function networkFault(root) {
  const { status, output } = await npm(['ping', '--fetch-retries=0', '--fetch-timeout=10000'], root, 30);
  // A registry that answers with an error is there.
  return status === 0 || (status !== null && !NETWORK_CODES.test(output)) ? null : npmReason(output);
}

const NETWORK_CODES =
  /code (EAI_AGAIN|EAI_FAIL|ENOTFOUND|ECONN\w+|ENET\w+|EHOST\w+|ETIMEDOUT|EPIPE|ERR_SOCKET_TIMEOUT|FETCH_ERROR)\b/;

/** npm installs nothing without a cache to write into. Null for its own, or a temporary folder where that is read-only. */
async function usableCache(root) {
  const { status, output } = await npm(['config', 'get', 'cache', '--loglevel=error'], root);
  return status !== 0 || isWritable(lastLine(output)) ? null : mkdtempSync(join(tmpdir(), 'moe-lab-npm-'));
}

/** Whether something can be made there: in the folder, or in the nearest one above it that exists. */
function isWritable(folder) {
  if (!existsSync(folder)) return dirname(folder) === folder ? false : isWritable(dirname(folder));
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether every package of the lockfile that this computer needs is there in its version; npm notes what it installed. */
export function isInstalled(root) {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const present = packagesOf(join(root, 'node_modules/.package-lock.json'));
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional, devOptional }]) =>
      path === '' ||
      ((optional || devOptional) && !present[path]) ||
      (present[path]?.version === version && existsSync(join(root, path, 'package.json'))),
  );
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return null;
  }
}

function npm(args, cwd, seconds = 0) {
  // Under `npm start` npm says where it is; without it, Windows needs a shell to start npm.cmd.
  const own = process.env.npm_execpath;
  if (own && /npm-cli\.js$/.test(own)) return run(process.execPath, [own, ...args], { cwd, seconds });
  return run('npm', args, { cwd, seconds, shell: process.platform === 'win32' });
}

/** The first line in which npm says what is wrong, without its codes. */
export function npmReason(output) {
  const errors = output
    .split('\n')
    .filter((line) => /^npm (error|ERR!)/.test(line))
    .map((line) => line.replace(/^npm (error|ERR!)/, '').trim());
  const said = errors.find((line) => line && !/^(code|errno|syscall|path|dest|command) /.test(line));
  return (said ?? lastLine(output)).replace(/\.$/, '').slice(0, 300);
}

const secondsSince = (since) => ((Date.now() - since) / 1000).toFixed(0);
