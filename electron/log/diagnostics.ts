import { readFileSync } from 'node:fs';
import { availableParallelism, freemem, loadavg, release, totalmem, type as systemName } from 'node:os';
import { join } from 'node:path';

/** What the text is made of. Each host knows its own. */
export interface DiagnosticsFacts {
  readonly version: string;
  /** Null where the program is not run from its repository. */
  readonly commit: string | null;
  readonly host: 'electron' | 'browser';
  /** Of Electron, Chromium, Node. */
  readonly versions: Readonly<Record<string, string | undefined>>;
  readonly display: readonly string[];
  /** See CoreStory. */
  readonly core: readonly string[];
  readonly logFile: string | null;
  /** Null where crashes leave no dump. */
  readonly dumpFolder: string | null;
  readonly lastLines: readonly string[];
  /** The user's home, which carries their name. */
  readonly home: string;
  readonly now: Date;
}

/** Everything that helps to find out what is wrong on this computer, and nothing of what is in the user's tables. */
export function diagnosticsText(facts: DiagnosticsFacts): string {
  const { versions, display, core, lastLines } = facts;
  const section = (title: string, lines: readonly string[]) => (lines.length > 0 ? [`\n${title}`, ...lines] : []);
  const known = Object.entries(versions).flatMap(([name, version]) => (version ? [`${name} ${version}`] : []));
  const lines = [
    `MoE Lab ${facts.version}${facts.commit ? ` (${facts.commit.slice(0, 12)})` : ''}, ${facts.host} host`,
    facts.now.toISOString(),
    known.join(', '),
    `${systemName()} ${release()} ${process.arch}, ${availableParallelism()} processors, load ${loadavg()[0].toFixed(1)}`,
    `Memory: ${gigabytes(freemem())} of ${gigabytes(totalmem())} GB free`,
    `Log: ${facts.logFile ?? 'none, its folder cannot be written to'}`,
    `Crash dumps: ${facts.dumpFolder ?? 'none in this host'}`,
    ...section('Display', display),
    ...section('Engine', core),
    ...section(`Log, last ${lastLines.length} lines`, lastLines),
  ];
  return withoutHome(`${lines.join('\n')}\n`, facts.home);
}

/** The home folder as ~, in whichever way it is written. */
export function withoutHome(text: string, home: string): string {
  // A home of "/" is none, and every path begins with it.
  if (home.length < 2) return text;
  const ways = [home, home.replaceAll('\\', '/'), encodeURI(home.replaceAll('\\', '/')), home.replaceAll('\\', '\\\\')];
  return ways.reduce((result, way) => result.replaceAll(way, '~'), text);
}

const gigabytes = (bytes: number) => (bytes / 2 ** 30).toFixed(1);

/**
 * The commit that is checked out in a repository; null where there is none.
 *
 * @param folder  the repository's
 */
export function commitOf(folder: string): string | null {
  const git = join(folder, '.git');
  const head = textOf(join(git, 'HEAD'));
  const branch = /^ref: (refs\/[\w./-]+)$/.exec(head)?.[1];
  if (branch === undefined) return asCommit(head);
  const packed = textOf(join(git, 'packed-refs'))
    .split('\n')
    .find((line) => line.endsWith(` ${branch}`));
  return asCommit(textOf(join(git, branch))) ?? asCommit(packed?.split(' ')[0] ?? '');
}

const asCommit = (text: string) => (/^[0-9a-f]{40}$/.test(text) ? text : null);

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}
