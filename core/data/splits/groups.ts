import { inBlocks, type Steps } from '../../turns';
import type { Values } from '../encode';

/** The used records by the value they share. */
export interface Groups {
  /** Of each used record the number of its group; groups are numbered as they are met. */
  readonly of: Uint32Array;
  /** Records of each group. */
  readonly sizes: readonly number[];
}

/** @param values  one a record of the table; every used record has one */
export function* groupsOf(used: Uint32Array, values: Values): Steps<Groups> {
  const numbers = new Map<string | number | null, number>();
  const sizes: number[] = [];
  const of = new Uint32Array(used.length);
  // A look into a table of texts takes as long as ten numbers.
  yield* inBlocks(used.length, 10, (from, to) => {
    for (let i = from; i < to; i++) {
      const value = values[used[i]];
      let group = numbers.get(value);
      if (group === undefined) numbers.set(value, (group = sizes.push(0) - 1));
      of[i] = group;
      sizes[group]++;
    }
  });
  return { of, sizes };
}

/** Flags of the records whose group is among the chosen. */
export const inGroups = ({ of }: Groups, chosen: ReadonlySet<number>): Uint8Array =>
  Uint8Array.from(of, (group) => (chosen.has(group) ? 1 : 0));
