import type { PredictionTable } from '../evaluate/predictions';
import type { ModelFile } from '../model/model-file';
import type { CurvePoint } from '../protocol';

/** The convergence of one start. */
export interface Curve {
  readonly start: number;
  readonly points: readonly CurvePoint[];
}

/** Units of the columns, where the file names them. */
export type Units = ReadonlyMap<string, string | null>;

/** What a result has to take away. */
export interface ExportInput {
  readonly model: ModelFile;
  readonly predictions: PredictionTable;
  readonly curves: readonly Curve[];
  readonly units: Units;
}

export interface ExportFile {
  readonly name: string;
  readonly mime: string;
  /** Bytes are UTF-8. */
  readonly content: string | Uint8Array;
}

/** One way to take a result away. A new format is one file and one line of the registry. */
export interface ExportFormat {
  readonly id: string;
  readonly name: string;
  /** What is in it and what it is good for. */
  readonly sentence: string;
  /** Whether it has a line for every row: refused where some rows alone are at hand, since the others are in files. */
  readonly ofEveryRow?: boolean;
  render(input: ExportInput): Promise<ExportFile[]>;
}
