import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import { once } from 'node:events';

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
  const taken = new Map<string, { ms: number[]; logLikelihood: readonly number[] }>(
    contestants.map(({ name }) => [name, { ms: [], logLikelihood: [] }]),
  );
  try {
    for (let round = 0; round < rounds.warming + rounds.counted; round++) {
      for (const one of running) {
        const { ms, logLikelihood } = await turn(one, rounds.turn);
        const score = taken.get(one.contestant.name);
        if (!score || round < rounds.warming) continue;
        score.ms.push(ms);
        score.logLikelihood = logLikelihood;
      }
    }
  } finally {
    for (const { child } of running) child.stdin?.end();
    await Promise.allSettled(running.map(({ ended }) => ended));
  }
  return taken;
}

/** Fits until the iterations have taken long enough; gives the mean of all. */
async function turn(one: Running, least: number): Promise<{ ms: number; logLikelihood: readonly number[] }> {
  let [sum, count] = [0, 0];
  for (;;) {
    const { ms, logLikelihood } = await ask(one);
    const counted = ms.slice(1);
    sum += counted.reduce((total, value) => total + value, 0);
    count += counted.length;
    if (sum >= least) return { ms: sum / count, logLikelihood };
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
