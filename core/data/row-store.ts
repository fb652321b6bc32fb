import type { MemoryRows, Rows } from '../model/problem';
import { transformedTargets } from '../model/target-transform';
import type { Transform } from '../model/transform';
import { inBlocks, inTurns } from '../turns';
import { encoderInMemory, type EncodedPart, type Encoder, type Outcomes } from './prepare/encoder';
import { scaleRow, type InputScaling } from './scaling/inputs';
import { keptColumns, type ReadColumn } from './values';

/** One part of the split, in original units and in the coordinates of the fit. */
export interface DesignPart extends MemoryRows {
  /** n record numbers of the file, from 0, ascending. */
  readonly rows: Uint32Array;
  /** n × d encoded features in original units, row-major. */
  readonly z: Float64Array;
  /** n targets in the file's units, and as the experts are fitted to them: transformed where that was chosen. */
  readonly actual: Float64Array;
  readonly fitted: Float64Array;
}

/** One part of the split as a fit passes over it, and what of it is at hand to be looked at: all of it, or a sample. */
export interface ScaledPart {
  readonly rows: Rows;
  readonly shown: DesignPart;
}

/** How one part goes from original units to the coordinates of the fit. */
export interface PartScaling {
  readonly inputs: InputScaling;
  readonly output: { readonly offset: number; readonly scale: number };
  /** What the fitted target is a transform of; null for the target itself. */
  readonly transform: Transform | null;
}

/** Where the rows of a design are: in memory, or in files. */
export interface RowStore {
  /** How columns are read: those that are needed again are kept, or read anew. */
  reading(read: ReadColumn): ReadColumn;
  /** @param train  record numbers, ascending, as those of `test` */
  encoder(train: Uint32Array, test: Uint32Array, outcomes: Outcomes): Encoder;
  scaled(part: EncodedPart, scaling: PartScaling): Promise<ScaledPart>;
}

/** Everything in memory, x and y in memory that threads share. */
export const memoryStore: RowStore = {
  reading: keptColumns,
  encoder: encoderInMemory,
  async scaled({ rows, original }, { inputs, output, transform }) {
    // This store's own encoder made it.
    const { n, x: z, y: actual, weights } = original as MemoryRows;
    const fitted = transform === null ? actual : await inTurns(transformedTargets(transform, actual));
    const d = inputs.centers.length;
    const x = shared(n * d);
    const y = shared(n);
    const width = inputs.factor === null ? 2 * d : d * d;
    const scale = inBlocks(n, width, (from, to) => {
      for (let i = from; i < to; i++) {
        scaleRow(z, i * d, inputs, x);
        y[i] = (fitted[i] - output.offset) / output.scale;
      }
    });
    await inTurns(scale);
    const shares = weights && shared(n);
    if (weights) shares?.set(weights);
    const shown = { n, x, y, weights: shares, rows, z, actual, fitted };
    return { shown, rows: { n, x, y, weights: shares } };
  },
};

const shared = (length: number) => new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
