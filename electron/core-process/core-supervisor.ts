/**
 * Keeps one core process alive, whatever starts it: holds what is said to it until it is ready, starts it again when it ends without
 * being asked, and tells it again which files the user chose. Knows nothing of Electron, of Node's child processes or of clients.
 */
import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { basename } from 'node:path';
import type { ErrorFacts } from '../../core/error-facts';
import type { ControlMessage, CoreMessage, Grant, HostStatus } from '../../core/protocol';
import type { ProcessEnd } from './exit-reason';
import { ASK_EVERY_MS, watchHeartbeat, type Heartbeat } from './heartbeat';

/** A running core as the supervisor needs it; `Transfer` is what may travel beside a message (Electron's ports). */
export interface CoreChild<Transfer> {
  send(message: ControlMessage, transfer?: Transfer): void;
  onMessage(listener: (message: CoreMessage) => void): void;
  /** Called once, with why it ended. */
  onExit(listener: (end: ProcessEnd) => void): void;
  kill(): void;
}

export interface SupervisorOptions<Transfer> {
  start(): CoreChild<Transfer>;
  onStatus(status: HostStatus): void;
  /** What the core says to a client through its host. */
  onClientMessage(client: number, message: unknown): void;
  /** The core met a mistake of ours and went on. */
  onError?(error: ErrorFacts): void;
  /** A core has become ready: every client must be opened to it. */
  onReady(): void;
  /** For telling a core that hangs from a computer that slept or is overloaded: milliseconds, and how many want each processor. */
  now?(): number;
  overload?(): number;
}

export interface CoreSupervisor<Transfer> {
  readonly status: () => HostStatus;
  /** To the core, now or as soon as one is ready. */
  send(message: ControlMessage, transfer?: Transfer): void;
  /** Lets clients open this file by the grant's id, now and after a restart. */
  grant(path: string): Grant;
  /** After `gone`: tries again, with all attempts. */
  revive(): void;
  /** Asks the core to end, and makes it after two seconds. */
  stop(): Promise<void>;
}

/** Waiting before each attempt: at once, then longer, because what ended it twice is likely to end it again. */
const RESTART_DELAYS_MS = [50, 500, 1500];
/** A core that ran this long has earned its attempts back. */
const STEADY_MS = 5 * 60_000;
/** The same patience as with a core that is running: it may be in the middle of a step, and has its folder to remove. */
const STOP_GRACE_MS = 2000;
/** Loading the libraries from a cold disk takes seconds at most. */
const LAUNCH_MS = 20_000;

export function superviseCore<Transfer>(options: SupervisorOptions<Transfer>): CoreSupervisor<Transfer> {
  const clock = { now: options.now ?? (() => performance.now()), overload: options.overload ?? overload };
  const grants: Extract<ControlMessage, { type: 'grant' }>[] = [];
  let held: { message: ControlMessage; transfer: Transfer | undefined }[] = [];
  let child: CoreChild<Transfer> | null = null;
  let status: HostStatus = { state: 'starting' };
  let attempts = 0;
  let restarts = 0;
  let stopping = false;
  let heartbeat: Heartbeat | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let steady: ReturnType<typeof setTimeout> | undefined;

  function say(next: HostStatus): void {
    status = next;
    options.onStatus(next);
  }

  function start(): void {
    let current: CoreChild<Transfer>;
    try {
      current = options.start();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return ended({ cause: 'launch-failed', reason: `it could not be started (${why})` });
    }
    child = current;
    heartbeat = watchHeartbeat({
      // Nothing is said to a core before it is ready.
      ask: () => undefined,
      onSilence: () => giveUpOn(current, { cause: 'launch-failed', reason: 'it did not become ready in 20 seconds' }),
      ...clock,
      misses: LAUNCH_MS / ASK_EVERY_MS,
    });
    current.onMessage((message) => {
      if (child !== current) return;
      heartbeat?.heard();
      if (message.type === 'ready') ready(current);
      else if (message.type === 'error') options.onError?.(message.error);
      else if (message.type === 'client-message') options.onClientMessage(message.client, message.message);
    });
    current.onExit((end) => {
      if (child === current) ended(end);
    });
  }

  function ready(current: CoreChild<Transfer>): void {
    heartbeat?.stop();
    heartbeat = watchHeartbeat({
      ask: () => current.send({ type: 'ping' }),
      onSilence: () => giveUpOn(current, { cause: 'unresponsive', reason: 'it no longer answered' }),
      ...clock,
    });
    say({ state: 'ready', restarts });
    steady = setTimeout(() => (attempts = 0), STEADY_MS);
    steady.unref?.();
    grants.forEach((grant) => current.send(grant));
    options.onReady();
    const waiting = held;
    held = [];
    waiting.forEach(({ message, transfer }) => current.send(message, transfer));
  }

  function giveUpOn(current: CoreChild<Transfer>, end: ProcessEnd): void {
    ended(end);
    current.kill();
  }

  function ended({ cause, reason }: ProcessEnd): void {
    child = null;
    heartbeat?.stop();
    clearTimeout(steady);
    if (stopping) return;
    if (attempts >= RESTART_DELAYS_MS.length) {
      held = [];
      say({ state: 'gone', cause, reason });
      return;
    }
    const delay = RESTART_DELAYS_MS[attempts];
    attempts += 1;
    restarts += 1;
    say({ state: 'restarting', cause, reason, attempt: attempts });
    timer = setTimeout(start, delay);
  }

  start();

  return {
    status: () => status,
    send(message, transfer) {
      if (child && status.state === 'ready') child.send(message, transfer);
      else if (status.state !== 'gone' && !stopping) held.push({ message, transfer });
    },
    grant(path) {
      const grant = { type: 'grant' as const, id: randomUUID(), name: basename(path), path };
      grants.push(grant);
      if (child && status.state === 'ready') child.send(grant);
      return { id: grant.id, name: grant.name, bytes: sizeOf(path) };
    },
    revive() {
      if (status.state !== 'gone' || stopping) return;
      attempts = 0;
      say({ state: 'starting' });
      start();
    },
    stop() {
      stopping = true;
      clearTimeout(timer);
      clearTimeout(steady);
      heartbeat?.stop();
      const last = child;
      if (!last) return Promise.resolve();
      return new Promise((resolve) => {
        const force = setTimeout(() => last.kill(), STOP_GRACE_MS);
        last.onExit(() => {
          clearTimeout(force);
          resolve();
        });
        last.send({ type: 'shutdown' });
      });
    },
  };
}

/** 1 on Windows, which keeps no such average. Nobody waits longer than 20 seconds for an engine that hangs. */
const overload = (): number => Math.min(10, Math.max(1, loadavg()[0] / availableParallelism()));

/** For display only; whether the file can be read is for the core to say, in its own words. */
function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}
