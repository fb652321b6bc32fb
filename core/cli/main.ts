import { Command, CommanderError } from 'commander';
import type { Result } from '../result';
import { version } from '../version';
import { exit, settle } from './exit';
import { defineExperiment, type ExperimentFlags } from './experiment-flags';
import { runFit } from './fit';
import { defineFit, type FitFlags } from './fit-flags';
import type { Io } from './io';
import { defineMethods, runMethods } from './methods';
import { definePredict, runPredict, type PredictFlags } from './predict';
import { defineProfile, runProfile, type ProfileFlags } from './profile';
import { defineServe, runServe } from './serve';
import { defineSimulate, runSimulate } from './simulate';

/**
 * Runs one command line.
 *
 * @param argv  the arguments alone, without node and the program
 * @returns the exit status: 0 done, 1 the input is at fault, 2 usage, 3 no usable model
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const outcome: { result: Promise<Result<null>> | Result<null> | null } = { result: null };
  const program = new Command('moe-lab')
    .description('Fit mixtures of experts to a table of your own.')
    .version(version)
    .showSuggestionAfterError(false)
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: () => undefined });
  const later = (run: (...args: never[]) => Promise<Result<null>> | Result<null>) =>
    ((...args: never[]) => void (outcome.result = run(...args))) as (...args: unknown[]) => void;

  defineProfile(program).action(later((file: string, flags: ProfileFlags) => runProfile(file, flags, io)));
  defineFit(program).action(later((file: string, flags: FitFlags) => runFit(file, flags, io)));
  definePredict(program).action(
    later((model: string, file: string, flags: PredictFlags) => runPredict(model, file, flags, io)),
  );
  defineSimulate(program).action(later((flags: Parameters<typeof runSimulate>[0]) => runSimulate(flags, io)));
  defineExperiment(program).action(
    later(async (name: string, flags: ExperimentFlags) => {
      const { runExperiment } = await import('./experiment');
      return runExperiment(name, flags, io);
    }),
  );
  defineMethods(program).action(later((flags: { json?: boolean }) => runMethods(flags, io)));
  defineServe(program).action(
    later((file: string | undefined, flags: { port?: number; open: boolean }) => runServe(file, flags)),
  );

  try {
    await program.parseAsync([...argv], { from: 'user' });
    return outcome.result === null ? exit.usage : settle(await outcome.result, io);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return exit.done;
    io.err(`${usageSentence(error, argv, program)}\n`);
    return exit.usage;
  }
}

function usageSentence(error: CommanderError, argv: readonly string[], program: Command): string {
  const names = program.commands.map((command) => command.name());
  const list = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  if (error.code === 'commander.help') return `Name a command: ${list}; moe-lab <command> --help says more.`;
  if (error.code === 'commander.unknownCommand') return `Unknown command “${argv[0]}”: the commands are ${list}.`;
  const sentence = error.message.replace(/^error: /, '');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1).replace(/\.?$/, '')}; moe-lab ${names.includes(argv[0]) ? `${argv[0]} ` : ''}--help lists what there is.`;
}
