/**
 * Shared memory on which one thread lays out work in numbered pieces for whoever helps, and on which the pieces' sums come together in
 * the order of their numbers, so that it does not matter who does which. Threads may come and go between two pieces.
 */
export interface Board {
  /** What another thread needs to help. */
  readonly memory: SharedArrayBuffer;
  /**
   * Lays out work: `message` says what it is, `length` sums begin at 0. Waits until nobody is at the work before.
   *
   * @returns the sums; null where there is no room for them, a thread has failed, or `isStopped` says so during the wait
   */
  open(message: Uint8Array, length: number, isStopped: () => boolean): Float64Array | null;
  /** Nobody begins with the work from here on, and nobody waits for a piece of it that is not added. */
  close(): void;
  /** The work that is open, if it is another than the last this thread has joined; waits for it up to a time. Ends with `leave`. */
  join(milliseconds: number): { readonly message: Uint8Array; readonly sums: Float64Array } | null;
  leave(): void;
  /** The number of a piece that nobody has begun; they count from 0, without end. */
  claim(): number;
  /** Waits until the pieces before are added; false where they will not be: closed, failed, or `isStopped` says so. Then `added`. */
  awaitTurn(piece: number, isStopped: () => boolean): boolean;
  added(piece: number): void;
  /** A thread could not do its piece, and the sums will not be complete. Nothing is laid out here any more. */
  fail(): void;
  isFailed(): boolean;
}

/** Words of the memory's head. */
const OPEN = 0;
const ACTIVE = 1;
const NEXT = 2;
const TURN = 3;
const MESSAGE = 4;
const SUMS = 5;
const FAILED = 6;
const JOBS = 7;
const HEAD_BYTES = 64;

const FIRST_BYTES = 1 << 20;
/** Of address space, not of memory. */
const MOST_BYTES = 1 << 28;
/** Between two looks at whether a wait is still worth while. */
const PATIENCE_MS = 50;

export const boardMemory = (): SharedArrayBuffer => new SharedArrayBuffer(FIRST_BYTES, { maxByteLength: MOST_BYTES });

export function boardOn(memory: SharedArrayBuffer): Board {
  const head = new Int32Array(memory, 0, HEAD_BYTES / 4);
  let seen = 0;

  const sumsAt = (message: number) => Math.ceil((HEAD_BYTES + message) / 8) * 8;
  const waitFor = (word: number, isReached: (value: number) => boolean, isStopped: () => boolean): boolean => {
    for (;;) {
      const value = Atomics.load(head, word);
      if (isReached(value)) return true;
      if (Atomics.load(head, FAILED) !== 0 || isStopped()) return false;
      Atomics.wait(head, word, value, PATIENCE_MS);
    }
  };

  function leave(): void {
    if (Atomics.sub(head, ACTIVE, 1) === 1) Atomics.notify(head, ACTIVE);
  }

  return {
    memory,

    open(message, length, isStopped) {
      const begin = sumsAt(message.length);
      const end = begin + 8 * length;
      if (end > MOST_BYTES) return null;
      // Closed first: whoever joins after this sees it, and whoever has joined before is waited for.
      Atomics.store(head, OPEN, 0);
      if (!waitFor(ACTIVE, (active) => active === 0, isStopped)) return null;
      if (end > memory.byteLength) memory.grow(Math.min(MOST_BYTES, Math.max(end, 2 * memory.byteLength)));
      new Uint8Array(memory, HEAD_BYTES, message.length).set(message);
      const sums = new Float64Array(memory, begin, length).fill(0);
      head[NEXT] = 0;
      head[TURN] = 0;
      head[MESSAGE] = message.length;
      head[SUMS] = length;
      head[JOBS] += 1;
      Atomics.store(head, OPEN, head[JOBS]);
      Atomics.notify(head, OPEN);
      return sums;
    },

    close: () => void Atomics.store(head, OPEN, 0),

    join(milliseconds) {
      const before = Atomics.load(head, OPEN);
      if (before === 0 || before === seen) Atomics.wait(head, OPEN, before, milliseconds);
      Atomics.add(head, ACTIVE, 1);
      const job = Atomics.load(head, OPEN);
      if (job === 0 || job === seen) {
        leave();
        return null;
      }
      seen = job;
      const message = head[MESSAGE];
      return {
        message: new Uint8Array(memory, HEAD_BYTES, message).slice(),
        sums: new Float64Array(memory, sumsAt(message), head[SUMS]),
      };
    },

    leave,
    claim: () => Atomics.add(head, NEXT, 1),
    awaitTurn(piece, isStopped) {
      const isClosed = () => Atomics.load(head, OPEN) === 0;
      return waitFor(
        TURN,
        (turn) => turn === piece,
        () => isClosed() || isStopped(),
      );
    },

    added(piece) {
      Atomics.store(head, TURN, piece + 1);
      Atomics.notify(head, TURN);
    },

    fail() {
      Atomics.store(head, FAILED, 1);
      for (const word of [TURN, ACTIVE, OPEN]) Atomics.notify(head, word);
    },
    isFailed: () => Atomics.load(head, FAILED) !== 0,
  };
}
