import { Option, type Command } from 'commander';
import { preprocessings, type DesignRecipe } from '../data/types';
import { methods } from '../fit';
import { defaults } from '../fit/settings';
import { USUAL_SHARE } from '../job/split-flags';
import { activationIds, type ActivationId } from '../model/spec';
import { withImportFlags, type ImportFlags } from './import-flags';
import { withPreparationFlags, type PreparationFlags } from './preparation-flags';
import { memorySize, noiseLevel, numberBetween, positiveNumber, repeated, wholeNumber } from './parsers';

/** What `moe-lab fit` is told, checked as far as the words themselves go. */
export interface FitFlags extends ImportFlags, PreparationFlags {
  readonly target: string;
  readonly features?: readonly string[];
  readonly gateFeatures?: readonly string[];
  readonly experts: number;
  readonly method: string;
  readonly activation: ActivationId;
  readonly seed: number;
  readonly restarts: number;
  readonly testFraction?: number;
  readonly testRows?: string;
  readonly split?: string;
  readonly group?: string;
  /** From 1. */
  readonly repeat?: number;
  readonly weights?: string;
  readonly preprocess: DesignRecipe['preprocess'];
  readonly output: 'auto' | 'none';
  readonly intercept: boolean;
  readonly noise?: 'shared' | 'per-expert' | number;
  readonly polish?: boolean;
  readonly maxIterations: number;
  readonly tolerance: number;
  readonly timeLimit?: number;
  readonly initial?: string;
  /** Bytes. */
  readonly memory?: number;
  readonly option: readonly string[];
  readonly out?: string;
  readonly predictions?: string;
  readonly trace?: string;
  readonly json?: boolean;
}

const INTEGERS = [-2147483648, 2147483647] as const;

export function defineFit(program: Command): Command {
  const ids = methods.map(({ id }) => id);
  // The recommendation where it is registered, else the classic method.
  const method = ids.includes('best') ? 'best' : 'joint-em';
  const fit = program
    .command('fit')
    .description('fit a mixture of experts')
    .argument('<file>', 'a table: CSV and the like, .xlsx, Parquet')
    .requiredOption('--target <column>', 'what to predict; #3 names the third column')
    .option('--features <columns>', 'inputs, as a CSV line; may be repeated (default: every usable column)', repeated)
    .option('--gate-features <columns>', 'inputs of the gate (default: the same)', repeated)
    .option('--experts <k>', 'how many experts', wholeNumber(1, 16), 3)
    .addOption(new Option('--method <id>', 'see moe-lab methods').choices(ids).default(method))
    .addOption(new Option('--activation <g>', 'response of the experts').choices(activationIds).default('linear'))
    .option('--seed <n>', 'same seed, same digits', wholeNumber(...INTEGERS), 1)
    .option('--restarts <n>', 'random starts', wholeNumber(1, 1000), defaults.restarts)
    .addOption(
      new Option('--test-fraction <share>', `share of rows held out, 0 for none (default: ${USUAL_SHARE})`)
        .argParser(numberBetween(0, 0.9))
        .conflicts('testRows'),
    )
    .option('--test-rows <file>', 'rows held out, one 0-based number a line')
    .addOption(
      new Option(
        '--split <how>',
        'grouped:<column>, ordered, ordered:<column>, column:<name>=<value>,<value>, fold:<i>/<k> (default: at random)',
      ).conflicts('testRows'),
    )
    .option('--group <column>', 'with fold: rows of the same value stay together')
    .option('--repeat <r>', 'with fold: which dealing of the rows, from 1', wholeNumber(1, 1000))
    .option('--weights <column>', 'for how many rows each row counts, 0 for none')
    .addOption(new Option('--preprocess <how>', 'scaling of the inputs').choices(preprocessings).default('standardise'))
    .addOption(new Option('--output <how>', 'scaling of the target').choices(['auto', 'none']).default('auto'))
    .option('--no-intercept', 'no constants in experts and gates')
    .option('--noise <level>', 'shared, per-expert, or sigma in target units (default: by the target)', noiseLevel)
    .option('--polish', 'finish by joint EM (default: as the method does)')
    .option('--no-polish', 'leave the method’s own result')
    .option('--max-iterations <n>', 'iterations of a start', wholeNumber(1), defaults.maxIterations)
    .option('--tolerance <t>', 'stop when the objective gains less a row', positiveNumber, defaults.tolerance)
    .option('--time-limit <seconds>', 'stop after this long and keep the best', positiveNumber)
    .option(
      '--memory <size>',
      'what the fit may use, such as 2GB; more goes to files (default: half of the machine’s)',
      memorySize,
    )
    .option('--initial <model>', 'start from a fitted model, as fit --out writes it')
    .option('--option <name=value>', 'an option of the method; may be repeated', repeated, [])
    .option('--out <file>', 'write the model, JSON')
    .option('--predictions <file>', 'write every row’s prediction, CSV')
    .option('--trace <file>', 'write the convergence of every start, CSV')
    .option('--json', 'print one JSON document');
  return withImportFlags(withPreparationFlags(fit));
}
