import { Option, type Command } from 'commander';
import {
  columnPreparation,
  missingPolicies,
  targetTransforms,
  transforms,
  type ColumnInfo,
  type ColumnPreparation,
  type DesignRecipe,
} from '../data/types';
import { preparationFlagNames } from '../job/preparation-flags';
import { fail, ok, type Result } from '../result';
import { resolveColumn } from './columns';
import { repeated } from './parsers';

type Step = keyof ColumnPreparation;

/** What a fit is told of the preparation of columns: `column=value`, as often as there are columns. */
export interface PreparationFlags {
  readonly missingPolicy?: readonly string[];
  readonly winsorise?: readonly string[];
  readonly transform?: readonly string[];
  readonly reference?: readonly string[];
  readonly pool?: readonly string[];
  readonly date?: readonly string[];
  readonly targetTransform?: NonNullable<DesignRecipe['targetTransform']>;
}

/** What may stand behind the name of the column, and how it is told. */
const values: Readonly<Record<Step, { readonly meaning: string; readonly told: string; readonly numeric?: true }>> = {
  missing: { meaning: 'what stands for a missing value', told: missingPolicies.join(', ') },
  winsorise: {
    meaning: 'move this share of each tail to its quantile',
    told: 'a share above 0 and below 0.5',
    numeric: true,
  },
  transform: { meaning: 'transform a column of numbers', told: transforms.join(', ') },
  reference: { meaning: 'the level others are compared with', told: 'a level' },
  pool: { meaning: 'one level of those with fewer training rows', told: 'a whole number from 2', numeric: true },
  date: { meaning: 'how a date is used', told: 'elapsed, parts' },
};

export function withPreparationFlags(command: Command): Command {
  for (const [step, { meaning, told }] of Object.entries(values))
    command.option(
      `--${preparationFlagNames[step as Step]} <column=value>`,
      `${meaning}: ${told}; may be repeated`,
      repeated,
    );
  return command.addOption(
    new Option('--target-transform <how>', 'fit a transform of the target').choices(targetTransforms),
  );
}

/**
 * The recipe's part of it, with names in place of references.
 *
 * @param used  names of the features: the preparation of another column would do nothing
 */
export function preparationOf(
  flags: PreparationFlags,
  columns: readonly ColumnInfo[],
  used: readonly string[],
): Result<Pick<DesignRecipe, 'prepare' | 'targetTransform'>> {
  const prepare = new Map<string, ColumnPreparation>();
  for (const [step, texts] of [
    ['missing', flags.missingPolicy],
    ['winsorise', flags.winsorise],
    ['transform', flags.transform],
    ['reference', flags.reference],
    ['pool', flags.pool],
    ['date', flags.date],
  ] as const)
    for (const text of texts ?? []) {
      const read = readStep(step, text, columns);
      if (!read.ok) return read;
      const { column, preparation } = read.value;
      if (!used.includes(column))
        return fail(
          'usage/preparation',
          `--${preparationFlagNames[step]} ${text} prepares “${column}”, which is not among the features: add it to them, or leave the flag out.`,
        );
      prepare.set(column, { ...prepare.get(column), ...preparation });
    }
  return ok({
    ...(prepare.size > 0 && { prepare: Object.fromEntries(prepare) }),
    ...(flags.targetTransform !== undefined && { targetTransform: flags.targetTransform }),
  });
}

/** `column=value`, cut at the "=" that leaves a column and a value that the step knows: names may hold one as well. */
function readStep(
  step: Step,
  text: string,
  columns: readonly ColumnInfo[],
): Result<{ column: string; preparation: ColumnPreparation }> {
  const flag = `--${preparationFlagNames[step]}`;
  const cuts = [...text.matchAll(/=/g)].map(({ index }) => index);
  const { told, numeric } = values[step];
  if (cuts.length === 0)
    return fail('usage/preparation', `${flag} ${text} needs a column and a value, as in ${flag} Age=${example[step]}.`);
  const read = cuts.map((at) => {
    const value = text.slice(at + 1).trim();
    const column = resolveColumn(text.slice(0, at), columns);
    const parsed = columnPreparation.safeParse({ [step]: numeric && value !== '' ? Number(value) : value });
    return { column, value, preparation: parsed.success ? parsed.data : null };
  });
  const fits = read.find(({ column, preparation }) => column.ok && preparation !== null);
  if (fits?.column.ok && fits.preparation) return ok({ column: fits.column.value, preparation: fits.preparation });
  const known = read.findLast(({ column }) => column.ok);
  if (!known) return read[read.length - 1].column as Result<never>;
  return fail('usage/preparation', `${flag} ${text} does not know “${known.value}”: give ${told}.`);
}

const example: Readonly<Record<Step, string>> = {
  missing: 'median',
  winsorise: '0.01',
  transform: 'log',
  reference: 'M',
  pool: '10',
  date: 'parts',
};
