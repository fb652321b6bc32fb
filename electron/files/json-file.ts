import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { writeAtomically } from './atomic-write';

/** For the user of this computer alone. */
const PRIVATE = 0o600;

export interface JsonFile<T> {
  /** What the file holds; the fallback where there is none, or it is damaged. */
  read(): T;
  /** Replaces the content, after the writes before it. A folder that cannot be written is no reason to stop: then it is forgotten. */
  write(value: T): void;
  /** When everything written so far is on the disk. */
  settled(): Promise<void>;
}

/** A small file that the program keeps for itself: what it remembers from one start to the next. */
export function jsonFile<T>(path: string, schema: z.ZodType<T>, fallback: T): JsonFile<T> {
  let last: Promise<void> = Promise.resolve();

  async function save(value: T): Promise<void> {
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeAtomically(path, `${JSON.stringify(value, null, 2)}\n`, PRIVATE);
    } catch {
      return;
    }
  }

  return {
    read() {
      try {
        return schema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? fallback;
      } catch {
        return fallback;
      }
    },
    write: (value) => void (last = last.then(() => save(value))),
    settled: () => last,
  };
}
