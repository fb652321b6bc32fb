import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import { once } from 'node:events';
import { type BenchResult, beside } from './case';
import { type Scheduled, scheduled } from './scheduled';

/** A program that measures one implementation: for each line it is sent it fits once and answers with a line of JSON. */
export interface Contestant {
  readonly name: string;
  readonly command: string;
  readonly words: readonly string[];
}

/** What a contestant answers to one line. */
export interface Answer {
  /** Milliseconds of each iteration. */
  readonly ms: readonly number[];
  /** At the start and after each iteration, nats, summed over the rows. */
  readonly logLikelihood: readonly number[];
}

/** How long a contest goes on. */
export interface Rounds {
  /** Before those that count. */
  readonly warming: number;
  readonly counted: number;
  /** Milliseconds of iterations in a turn at least: a fit of few rows is done again and again until they are together. */
  readonly turn: number;
}

/** What a contestant took and reached. */
export interface Score {
  /** Milliseconds of an iteration, the mean over a turn, for each round that counts. */
  readonly ms: readonly number[];
  readonly logLikelihood: readonly number[];
  /** Share of their time that its threads waited for a processor, in the rounds that count; null where the system does not tell. */
  readonly waited: number | null;
}

/** A turn that is long beside the clock's steps, a collection of garbage and the system's own interruptions. */
export const TURN_MS = 300;

interface Running {
  readonly contestant: Contestant;
  readonly child: ChildProcess;
  readonly lines: Interface;
  /** Settles with the exit code, or fails where the program could not be started. */
  readonly ended: Promise<number | null>;
}

/**
 * Lets the contestants take turns, A B C A B C, so that what the machine does beside falls on all of them alike. In every fit the first
 * iteration warms up and does not count.
 */
export async function contest(contestants: readonly Contestant[], rounds: Rounds): Promise<Map<string, Score>> {
  const running = contestants.map(start);
  const turns = new Map<string, Turn[]>(contestants.map(({ name }) => [name, []]));
  try {
    for (let round = 0; round < rounds.warming + rounds.counted; round++) {
      for (const one of running) {
        const taken = await turn(one, rounds.turn);
        if (round >= rounds.warming) turns.get(one.contestant.name)?.push(taken);
      }
    }
  } finally {
    for (const { child } of running) child.stdin?.end();
    await Promise.allSettled(running.map(({ ended }) => ended));
  }
  return new Map([...turns].map(([name, taken]) => [name, score(taken)]));
}

interface Turn extends Scheduled {
  /** Of an iteration. */
  readonly ms: number;
  readonly logLikelihood: readonly number[];
}

function score(turns: readonly Turn[]): Score {
  const sum = (of: (turn: Turn) => number) => turns.reduce((total, turn) => total + of(turn), 0);
  const waited = sum((turn) => turn.waited) / sum((turn) => turn.ran + turn.waited);
  return {
    ms: turns.map(({ ms }) => ms),
    logLikelihood: turns.at(-1)?.logLikelihood ?? [],
    waited: Number.isFinite(waited) ? waited : null,
  };
}

export function scoreOf(name: string, scores: ReadonlyMap<string, Score>): Score {
  const found = scores.get(name);
  if (!found) throw new Error(`There is no contestant ${name}.`);
  return found;
}

/** A contestant's iteration beside another's. */
export function match(name: string, ours: Score, peer: string, theirs: Score): BenchResult {
  const waits = [ours.waited, theirs.waited].filter((share) => share !== null);
  const waited = waits.length > 0 ? { waited: Math.max(...waits) } : {};
  return { ...beside(name, 'ms', ours.ms, peer, theirs.ms), steady: true, ...waited };
}

/** Fits until the iterations have taken long enough; gives the mean of all. */
async function turn(one: Running, least: number): Promise<Turn> {
  const pid = one.child.pid ?? 0;
  const before = scheduled(pid);
  let [sum, count] = [0, 0];
  for (;;) {
    const { ms, logLikelihood } = await ask(one);
    const counted = ms.slice(1);
    sum += counted.reduce((total, value) => total + value, 0);
    count += counted.length;
    if (sum < least) continue;
    const after = scheduled(pid);
    const since = (of: keyof Scheduled) => (after?.[of] ?? Number.NaN) - (before?.[of] ?? Number.NaN);
    return { ms: sum / count, logLikelihood, ran: since('ran'), waited: since('waited') };
  }
}

function start(contestant: Contestant): Running {
  const child = spawn(contestant.command, contestant.words, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('exit', resolve);
    child.once('error', reject);
  });
  return { contestant, child, lines: createInterface({ input: child.stdout }), ended };
}

async function ask({ contestant, child, lines, ended }: Running): Promise<Answer> {
  const answer = once(lines, 'line') as Promise<[string]>;
  child.stdin?.write('go\n');
  const first = await Promise.race([answer, ended]);
  if (!Array.isArray(first)) throw new Error(`${contestant.name} ended with code ${first} and no answer.`);
  return JSON.parse(first[0]) as Answer;
}
