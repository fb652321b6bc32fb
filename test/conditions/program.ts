import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { MARK, until, watchProcesses } from './processes';

export interface ProgramOptions {
  readonly cwd: string;
  /** Replaces the whole environment. */
  readonly env: NodeJS.ProcessEnv;
  /** For its temporary files alone: what is left there in the end is its own. */
  readonly temp: string;
}

/** A program as a user starts it in a terminal: in a process group of its own, with everything it prints kept. */
export interface Program {
  /** Of the program itself. */
  readonly pid: number;
  /** Everything printed so far. */
  output(): string;
  /** The address it prints, token included; rejects when it ends without one or takes longer. */
  address(seconds: number): Promise<string>;
  /** Its exit status, or the name of the signal that ended it; rejects when it takes longer. */
  ended(seconds: number): Promise<number | string>;
  /** As Ctrl-C does, to the group; or to the program alone. */
  signal(name: NodeJS.Signals, to: 'group' | 'program'): void;
  /** The command lines of what it has started and of itself, as far as they run. */
  running(): string[];
  /** Files and folders it left among the temporary ones. */
  leftFiles(): string[];
  /** Ends whatever runs, whatever it says. */
  destroy(): void;
}

export function startProgram([command, ...args]: readonly string[], { cwd, env, temp }: ProgramOptions): Program {
  const mark = randomUUID();
  mkdirSync(temp, { recursive: true });
  const child = spawn(command, args, {
    cwd,
    env: { ...env, TMPDIR: temp, [MARK]: mark },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  let end: number | string | null = null;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  child.on('error', (error) => {
    output += error.message;
    end = 'not started';
  });
  child.on('exit', (status, signal) => (end = signal ?? status));
  const pid = child.pid ?? 0;
  const running = watchProcesses(mark);
  return {
    pid,
    output: () => output,
    async address(seconds) {
      const address = () => /Open (http:\S+)/.exec(output)?.[1];
      await until(() => address() !== undefined || end !== null, seconds);
      const printed = address();
      if (!printed)
        throw new Error(end === null ? `no address within ${seconds} s` : `it ended with ${end}, without an address`);
      return printed;
    },
    async ended(seconds) {
      await until(() => end !== null, seconds);
      if (end === null) throw new Error(`not ended within ${seconds} s`);
      return end;
    },
    signal(name, to) {
      process.kill(to === 'group' ? -pid : pid, name);
    },
    running: () => [...running().values()],
    leftFiles: () => readdirSync(temp),
    destroy: () => running().forEach((_, number) => process.kill(number, 'SIGKILL')),
  };
}
