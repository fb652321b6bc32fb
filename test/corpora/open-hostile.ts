import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import process from 'node:process';
import { openFile } from '../../core/store/open-file';

/** Seconds for which the engine may not answer: then it is taken for hung. */
export const LONGEST = 2;
/** Seconds of work, of all threads, after which nobody waits for a file of a few megabytes. */
const PATIENCE = 20;

export interface Outcome {
  readonly is: 'table' | 'sentence' | 'crash' | 'hang';
  /** Processor time of all threads or wall time, whichever is less: a busy computer is no fault of ours. */
  readonly seconds: number;
  /** The longest time for which this thread answered nothing. */
  readonly pause: number;
  readonly told: string;
}

/** Opens a file and uses what comes of it as the application does. */
export async function openHostile(path: string, name: string, tempFolder: string): Promise<Outcome> {
  const started = performance.now();
  const used = process.cpuUsage();
  const delays = monitorEventLoopDelay({ resolution: 10 });
  delays.enable();
  const told = await opened(path, name, tempFolder);
  delays.disable();
  const { user, system } = process.cpuUsage(used);
  const seconds = Math.min((performance.now() - started) / 1000, (user + system) / 1e6);
  const pause = Math.min(delays.max / 1e9, seconds);
  const late = told.is !== 'crash' && (pause > LONGEST || seconds > PATIENCE);
  return { ...told, is: late ? 'hang' : told.is, seconds, pause };
}

async function opened(path: string, name: string, tempFolder: string): Promise<Pick<Outcome, 'is' | 'told'>> {
  try {
    const result = await openFile(path, name, {}, { tempFolder });
    if (!result.ok) {
      const { message } = result.error;
      // A sentence says something and ends.
      return /^\S.{10,400}\.$/s.test(message)
        ? { is: 'sentence', told: message }
        : { is: 'crash', told: `no sentence: ${message}` };
    }
    const { table } = result.value;
    const { info } = table;
    const total = info.columns.map(({ cells }) => cells.numbers + cells.texts + cells.missing + cells.failed);
    const wrong = total.findIndex((cells) => cells !== info.rows);
    await table.page(0, 20);
    await table.raw(20);
    await table.close();
    return wrong === -1
      ? { is: 'table', told: `${info.rows} rows, ${info.columns.length} columns; ${info.warnings.join(' ')}` }
      : { is: 'crash', told: `the cells of column ${wrong} are ${total[wrong]} where there are ${info.rows} rows` };
  } catch (error) {
    return { is: 'crash', told: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
