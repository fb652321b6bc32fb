import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
  const { status, output } = await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], root);
  if (status !== 0 || !isInstalled(root)) {
    throw new Failure(
      `The packages could not be installed (${npmReason(output)}). Check the network and run the command again.`,
    );
  }
  console.log(`Packages installed in ${seconds(started)} s.`);
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

function npm(args, cwd) {
  // Under `npm start` npm says where it is; without it, Windows needs a shell to start npm.cmd.
  const own = process.env.npm_execpath;
  if (own && /npm-cli\.js$/.test(own)) return run(process.execPath, [own, ...args], { cwd });
  return run('npm', args, { cwd, shell: process.platform === 'win32' });
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

const seconds = (since) => ((Date.now() - since) / 1000).toFixed(0);
