import { Option, type Command } from 'commander';
import { simulate, type SimulationSettings } from '../data/synthetic';
import { csvText } from '../export/csv';
import { activationIds } from '../model/spec';
import type { Result } from '../result';
import type { Io } from './io';
import { numberBetween, wholeNumber } from './parsers';
import { checkOutputs, writeAll } from './write-files';

interface SimulateFlags extends SimulationSettings {
  readonly out: string;
  readonly truth?: string;
}

/** `moe-lab simulate`: rows of a mixture of experts that is known, and the truth beside them. */
export function defineSimulate(program: Command): Command {
  return program
    .command('simulate')
    .description('write a table drawn from a known mixture of experts')
    .requiredOption('--rows <n>', 'rows', wholeNumber(1))
    .requiredOption('--features <d>', 'features, x1 to xd', wholeNumber(1))
    .requiredOption('--experts <k>', 'experts', wholeNumber(1))
    .requiredOption('--sigma <s>', 'noise level of every expert', numberBetween(0, 1e6))
    .addOption(new Option('--activation <g>', 'response of the experts').choices(activationIds).default('linear'))
    .option('--inputs <kind>', 'gaussian, or gmm:<share> for two clusters', 'gaussian')
    .addOption(
      new Option('--gates <kind>', 'directions of the gate').choices(['orthogonal', 'random']).default('random'),
    )
    .option('--seed <n>', 'same seed, same digits', wholeNumber(-2147483648, 2147483647), 1)
    .requiredOption('--out <file>', 'the table, CSV')
    .option('--truth <file>', 'the true parameters, JSON');
}

export async function runSimulate({ out, truth, ...settings }: SimulateFlags, io: Io): Promise<Result<null>> {
  const places = await checkOutputs([out, ...(truth === undefined ? [] : [truth])], []);
  if (!places.ok) return places;
  const simulation = simulate(settings);
  if (!simulation.ok) return { ok: false, error: { ...simulation.error, code: 'usage/simulate' } };
  const { columns } = simulation.value;
  const rows = Array.from({ length: settings.rows }, (_, i) => columns.map(({ values }) => values[i]));
  const table = csvText(
    columns.map(({ name }) => name),
    rows,
  );
  const files = [{ path: out, text: table }];
  if (truth !== undefined) files.push({ path: truth, text: `${JSON.stringify(simulation.value.truth, null, 2)}\n` });
  const written = await writeAll(files);
  if (written.ok) io.out(`Wrote ${files.map(({ path }) => path).join(' and ')}.\n`);
  return written;
}
