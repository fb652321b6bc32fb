import type { Command } from 'commander';
import { repeated, wholeNumber } from './parsers';

export interface ExperimentFlags {
  readonly seeds?: number;
  readonly quick?: boolean;
  readonly data?: readonly string[];
  readonly json?: boolean;
}

/** What `moe-lab experiment` is told; the experiments themselves are loaded when one is run. */
export function defineExperiment(program: Command): Command {
  return program
    .command('experiment')
    .description('run one of the papers’ tables or figures again; “list” names them')
    .argument('<name>', 'the experiment, or list')
    .option('--seeds <n>', 'how many random data sets (default: as many as it is meant for)', wholeNumber(1, 1000))
    .option('--quick', 'a few seeds and smaller settings: under a minute')
    .option(
      '--data <file[:column]>',
      'a table to run besides the one that ships, and its target (default: the last column); may be repeated',
      repeated,
    )
    .option('--json', 'print one JSON document');
}
