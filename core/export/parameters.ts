import { expertLine, gateLine, scoreLine, type Line } from '../evaluate/lines';
import type { ModelFile } from '../model/model-file';
import { transformedName } from '../model/transform';
import { csvText, type Cell } from './csv';
import type { ExportFormat, Units } from './format';

const HEADER = ['expert', 'part', 'column', 'value', 'unit'];

/**
 * parameters.csv: one number a line, multiplied out (not centred): an expert's mean is (constant) + Σ value × column, a gate's
 * logit against the last expert likewise. An expert that is not linear has the mean (offset) + (scale) × its activation of the numbers
 * inside it. Where the target was transformed, all are of the transform, which the first line names (with the lambda of a
 * Yeo-Johnson transform). Experts count from 1 in the order of model.json.
 */
export function parametersText(model: ModelFile, units: Units): string {
  const own = units.get(model.target) ?? '';
  // Experts are of the target as it was fitted: "log(MPa)".
  const { targetTransform: transform } = model;
  const target = transform ? transformedName(transform.kind, own === '' ? model.target : own) : own;
  const columns = model.columns.map(({ name }) => name);
  const unitOf = columns.map((name) => units.get(name) ?? '');
  const records: Cell[][] = [];
  const write = (expert: number, part: string, line: Line, unit: string) => {
    records.push([expert + 1, part, '(constant)', line.constant, unit]);
    columns.forEach((name, j) => records.push([expert + 1, part, name, line.slopes[j], per(unit, unitOf[j])]));
  };
  const { activation, leak, output } = model;
  if (transform)
    records.push([
      '',
      'target',
      transformedName(transform.kind, model.target),
      transform.kind === 'yeo-johnson' ? transform.lambda : '',
      own,
    ]);
  model.experts.forEach(({ sigma }, e) => {
    if (activation === 'linear') write(e, 'expert', expertLine(model, e), target);
    else {
      records.push(
        [e + 1, 'expert', '(offset)', output.offset, target],
        [e + 1, 'expert', '(scale)', output.scale, target],
      );
      write(e, `inside ${activation}`, scoreLine(model, e), '');
      if (leak !== undefined) records.push([e + 1, `inside ${activation}`, '(leak)', leak, '']);
    }
    records.push([e + 1, 'expert', '(sigma)', sigma, target]);
  });
  model.gates.forEach((_, e) => write(e, 'gate', gateLine(model, e), ''));
  return csvText(HEADER, records);
}

/** "MPa" per "day" is "MPa/(day)" only where a unit has parts of its own. */
function per(unit: string, column: string): string {
  if (column === '') return unit;
  const below = /[\s/*·^]/.test(column) ? `(${column})` : column;
  return `${unit === '' ? '1' : unit}/${below}`;
}

export const parametersFormat: ExportFormat = {
  id: 'parameters',
  name: 'Parameters (CSV)',
  sentence:
    'Each expert and gate as constant and slopes in original units, one number a line; for a table or a spreadsheet.',
  render: async ({ model, units }) => [
    { name: 'parameters.csv', mime: 'text/csv', content: parametersText(model, units) },
  ],
};
