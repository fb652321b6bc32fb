import type { ModelFile } from '../model/model-file';
import type { ExportFormat } from './format';

/** model.json: two-space JSON; JavaScript's shortest decimals read back as the same doubles. */
export const modelText = (model: ModelFile): string => `${JSON.stringify(model, null, 2)}\n`;

export const modelFormat: ExportFormat = {
  id: 'model',
  name: 'Model (JSON)',
  sentence:
    'Every number a prediction needs, in original units, with the recipe; `moe-lab predict` reads it, and so can any program that reads JSON.',
  render: async ({ model }) => [{ name: 'model.json', mime: 'application/json', content: modelText(model) }],
};
