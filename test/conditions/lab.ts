/** What conditions are made of: fresh clones, other versions of Node, and what stands before a command to take something away from it. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project whose committed state is tried. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
/** An ordinary user that every Linux has. */
export const NOBODY = 65534;

/** A folder for everything here, where every user may pass through. */
export function createLab(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'moe-lab-conditions-'));
  chmodSync(path, 0o755);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/**
 * The committed project in a new folder. Its packages: `none`, or `linked` to those of this project one by one, so that what is kept
 * beside them is its own.
 */
export function freshClone(path: string, packages: 'none' | 'linked'): string {
  execFileSync('git', ['clone', '--quiet', root, path], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (packages === 'linked') {
    mkdirSync(join(path, 'node_modules'));
    readdirSync(join(root, 'node_modules'))
      .filter((name) => ![['.cache', '.tmp', '.vite', '.vite-temp'], ['.vitest']].flat().includes(name))
      .forEach((name) => symlinkSync(join(root, 'node_modules', name), join(path, 'node_modules', name)));
  }
  return path;
}

/** Gives a folder and all in it to a user; links are left alone, for they lead to others' files. */
export function giveTo(user: number, path: string): void {
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) return;
  chownSync(path, user, user);
  if (stats.isDirectory()) readdirSync(path).forEach((name) => giveTo(user, join(path, name)));
}

/** A folder that has links to every program of PATH except those named: what PATH becomes where they are not installed. */
export function programsWithout(names: readonly string[], folder: string): string {
  mkdirSync(folder, { recursive: true });
  for (const place of (process.env.PATH ?? '').split(delimiter).filter((place) => existsSync(place))) {
    for (const name of readdirSync(place)) {
      if (names.includes(name) || existsSync(join(folder, name))) continue;
      symlinkSync(join(place, name), join(folder, name));
    }
  }
  return folder;
}

/**
 * Node in this version, from npm's registry, and an npm that runs on it: the folder of both, to be put before PATH. It is kept beside
 * the packages for the next time.
 */
export function nodeOf(version: string): string {
  const folder = join(root, 'node_modules/.cache/moe-lab', `node-${version}`);
  const bin = join(folder, 'bin');
  if (!existsSync(bin)) {
    const own = `${folder}.${process.pid}`;
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'package.json'), '{ "private": true }');
    // Newer ones refuse to run on Node 18.
    const oldNpm = version.startsWith('18.') ? ['npm@10.9.3'] : [];
    const packages = [`node-${process.platform}-${process.arch}@${version}`, ...oldNpm];
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    execFileSync('npm', ['install', ...flags, ...packages], { cwd: own, stdio: 'ignore' });
    mkdirSync(join(own, 'bin'));
    const at = (...parts: string[]) => join('../node_modules', ...parts);
    symlinkSync(at(`node-${process.platform}-${process.arch}`, 'bin/node'), join(own, 'bin/node'));
    if (oldNpm.length > 0) symlinkSync(at('npm/bin/npm-cli.js'), join(own, 'bin/npm'));
    execFileSync('mv', ['--no-target-directory', own, folder]);
  }
  return bin;
}

/** The command before `command` that runs it without a network: nothing but this machine's own addresses, inside. */
export const offline = ['unshare', '--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];

/** ... with a folder that cannot be written, whoever tries. */
export const readOnly = (folder: string) => [
  ...['unshare', '--mount', 'sh', '-c'],
  'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && shift && exec "$@"',
  ...['sh', folder],
];

/** ... as an ordinary user. Comes last: what is above needs more than one may. */
export const ordinaryUser = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];

/** What is missing here for conditions that take something away, as words; null when all is there. */
export function missingTools(): string | null {
  if (process.platform !== 'linux') return `Linux (this is ${process.platform})`;
  if (userInfo().uid !== 0) return 'the rights of root';
  const places = (process.env.PATH ?? '').split(delimiter);
  const missing = ['git', 'unshare', 'nsenter', 'mount', 'ip', 'setpriv'].filter(
    (name) => !places.some((place) => existsSync(join(place, name))),
  );
  if (missing.length > 0) return missing.join(', ');
  try {
    execFileSync('unshare', ['--net', '--mount', 'true'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'the right to make namespaces';
  }
}

/** The environment of a plain login: nothing of this session's but what a program needs to be found. */
export function plainEnvironment(home: string, temp = tmpdir()): NodeJS.ProcessEnv {
  const kept = ['PATH', 'LANG', 'SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS', 'HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'];
  const own = Object.fromEntries(kept.map((name) => [name, process.env[name]]).filter(([, value]) => value));
  mkdirSync(home, { recursive: true });
  return { ...own, HOME: home, TMPDIR: temp, SHELL: '/bin/sh', TERM: 'xterm' };
}

/** Where npm itself is, for an environment whose PATH leads to another Node. */
export const folderOf = (program: string): string =>
  dirname(execFileSync('which', [program], { encoding: 'utf8' }).trim());
