import { deserialize, serialize } from 'node:v8';
import type { Rows } from '../model/problem';
import type { Board } from '../threads/board';
import type { Lines } from './lines';
import { addShard, Cancelled, type Kernel, type ShardRange, shardStart } from './pass';
import { threadLines } from './thread-lines';

/** What threads that help with passes must know of the fit: plain data, its rows in shared memory. */
export interface SharedRows {
  readonly d: number;
  readonly parts: readonly Rows[];
  /** The fit's own. */
  readonly cancel: Int32Array;
}

/** A pass as the other threads are told of it. */
interface Order {
  readonly kernel: string;
  readonly part: number;
  readonly parameters: unknown;
  readonly range: ShardRange;
}

/** Multiplications from which on waking a thread costs less than it brings: some milliseconds. */
const WORTH_SHARING = 4e6;

/** The fit's passes, done by several threads. */
export interface Team {
  /**
   * The sums of a pass over rows of the fit, the same to the last digit as this thread would make them alone; null where it should:
   * a small pass, rows of another kind, a kernel that writes where the others do not see it, a thread that failed.
   */
  pass<P, S>(
    kernel: Kernel<P, S>,
    rows: Rows,
    d: number,
    parameters: P,
    cancel: Int32Array,
    lines: Lines,
    range: ShardRange,
  ): Float64Array | null;
}

/** The team of the thread that runs the fit. */
export const teamOn = (board: Board, shared: SharedRows): Team => ({
  pass(kernel, rows, d, parameters, cancel, lines, range) {
    const part = shared.parts.indexOf(rows);
    if (part < 0 || cancel !== shared.cancel || d !== shared.d || board.isFailed()) return null;
    const count = shardStart(rows.n, range.to) - shardStart(rows.n, range.from);
    if (count * kernel.work(parameters, d) < WORTH_SHARING || kernel.writes?.(parameters)) return null;
    const order: Order = { kernel: kernel.name, part, parameters, range };
    const isCancelled = () => Atomics.load(cancel, 0) !== 0;
    const sums = board.open(serialize(order), kernel.length(parameters, d), isCancelled);
    if (sums === null) return null;
    try {
      addPieces(board, kernel, rows, d, parameters, cancel, lines, range, sums);
      const isWhole = board.awaitTurn(range.to - range.from, isCancelled);
      if (isWhole) return sums.slice();
      if (isCancelled()) throw new Cancelled();
      return null;
    } catch (error) {
      // A piece that this thread has begun is never added: the others must not wait for it.
      if (!(error instanceof Cancelled)) board.fail();
      throw error;
    } finally {
      board.close();
    }
  },
});

/**
 * Helps with the passes that are laid out on a board until it is asked back.
 *
 * @param kernelNamed  every kernel of the program by its name
 * @returns how many passes it helped with
 */
export function help(
  board: Board,
  { d, parts, cancel }: SharedRows,
  kernelNamed: (name: string) => Kernel<unknown> | undefined,
  isAskedBack: () => boolean,
): number {
  let passes = 0;
  while (!isAskedBack() && !board.isFailed()) {
    const work = board.join(JOIN_MS);
    if (work === null) continue;
    try {
      const { kernel: name, part, parameters, range } = deserialize(work.message) as Order;
      const kernel = kernelNamed(name);
      if (!kernel) throw new Error(`There is no kernel named ${name}.`);
      const sums = work.sums;
      if (addPieces(board, kernel, parts[part], d, parameters, cancel, threadLines(), range, sums) > 0) passes++;
    } catch (error) {
      // Whoever laid it out looks at the same flag. Without memory, say, it goes on alone.
      if (!(error instanceof Cancelled)) board.fail();
    } finally {
      board.leave();
    }
  }
  return passes;
}

const JOIN_MS = 20;

/** Does pieces until none is left or somebody has stopped; gives how many it did. */
function addPieces<P, S>(
  board: Board,
  kernel: Kernel<P, S>,
  rows: Rows,
  d: number,
  parameters: P,
  cancel: Int32Array,
  lines: Lines,
  range: ShardRange,
  sums: Float64Array,
): number {
  const { scratch, own } = lines.arrays(() => ({
    scratch: kernel.scratch(lines, parameters, d),
    own: lines.array(sums.length),
  }));
  let pieces = 0;
  for (let piece = board.claim(); piece < range.to - range.from; piece = board.claim()) {
    addShard(kernel, rows, d, range.from + piece, parameters, cancel, lines, scratch, own);
    if (!board.awaitTurn(piece, () => Atomics.load(cancel, 0) !== 0)) break;
    for (let j = 0; j < own.length; j++) sums[j] += own[j];
    own.fill(0);
    board.added(piece);
    pieces++;
  }
  return pieces;
}
