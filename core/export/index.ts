import type { ExportFormat } from './format';
import { modelFormat } from './model';
import { parametersFormat } from './parameters';
import { predictionsFormat } from './predictions';
import { traceFormat } from './trace';

/** Every format, in the order of the menu. */
export const formats: readonly ExportFormat[] = [modelFormat, parametersFormat, predictionsFormat, traceFormat];

export const formatById = (id: string): ExportFormat | undefined => formats.find((format) => format.id === id);

export type { Curve, ExportFile, ExportFormat, ExportInput, Units } from './format';
