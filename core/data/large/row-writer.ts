import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { BYTES } from '../../model/row-file';

/** The disk takes no more, or the folder is gone: thrown while a file of rows is written, an error with a sentence where it was begun. */
export class UnwritableRows extends Error {
  /** @param code  of the system: ENOSPC where the disk is full */
  constructor(readonly code: string) {
    super(code);
    this.name = 'UnwritableRows';
  }
}

/** A file of doubles that is being written, at any place of it. */
export interface RowWriter {
  /** Writes the first `count` numbers at a place, counted in numbers from the beginning. */
  put(numbers: Float64Array, count: number, at: number): void;
  /** Reads back what was written. */
  take(into: Float64Array, count: number, at: number): void;
  close(): void;
}

type Move = (fd: number, bytes: Uint8Array, offset: number, length: number, position: number) => number;

/** Makes the file where there is none; what it holds stays. Throws UnwritableRows, as writing does. */
export function writeRows(path: string): RowWriter {
  const fd = trying(() => openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600));
  const whole = (numbers: Float64Array, count: number, at: number, move: Move) => {
    const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, count * BYTES);
    for (let done = 0; done < bytes.length;) {
      const moved = trying(() => move(fd, bytes, done, bytes.length - done, at * BYTES + done));
      if (moved === 0) throw new UnwritableRows('EOF');
      done += moved;
    }
  };
  return {
    put: (numbers, count, at) => whole(numbers, count, at, writeSync),
    take: (into, count, at) => whole(into, count, at, readSync),
    close: () => closeSync(fd),
  };
}

function trying<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new UnwritableRows((error as NodeJS.ErrnoException).code ?? String(error));
  }
}
