import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import { once } from 'node:events';

/** A program that measures one implementation: for each line it is sent it fits once and answers with a line of JSON. */
export interface Contestant {
  readonly name: string;
  readonly command: string;
  readonly words: readonly string[];
}

/** What a contestant answers. */
export interface Answer {
  /** Milliseconds of each iteration. */
  readonly ms: readonly number[];
  /** At the start and after each iteration, nats, summed over the rows. */
  readonly logLikelihood: readonly number[];
}

interface Running {
  readonly contestant: Contestant;
  readonly child: ChildProcess;
  readonly lines: Interface;
  /** Settles with the exit code, or fails where the program could not be started. */
  readonly ended: Promise<number | null>;
}

/**
 * Lets the contestants fit in turn, A B C A B C, so that what the machine does beside falls on all of them alike. The first rounds
 * and each fit's first iteration warm up and do not count.
 *
 * @returns each contestant's answers with what warms up cut off
 */
export async function contest(
  contestants: readonly Contestant[],
  warming: number,
  rounds: number,
): Promise<Map<string, Answer[]>> {
  const running = contestants.map(start);
  const answers = new Map<string, Answer[]>(contestants.map(({ name }) => [name, []]));
  try {
    for (let round = 0; round < warming + rounds; round++) {
      for (const one of running) {
        const { ms, logLikelihood } = await ask(one);
        if (round >= warming) answers.get(one.contestant.name)?.push({ ms: ms.slice(1), logLikelihood });
      }
    }
  } finally {
    for (const { child } of running) child.stdin?.end();
    await Promise.allSettled(running.map(({ ended }) => ended));
  }
  return answers;
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
