import { performance } from 'node:perf_hooks';
import { openFile } from '../../core/store/open-file';

/** Seconds of one core's work. */
export const LONGEST = 2;

export interface Outcome {
  readonly is: 'table' | 'sentence' | 'crash' | 'hang';
  /** Processor time of this process or wall time, whichever is less: a busy computer is no hang. */
  readonly seconds: number;
  readonly told: string;
}

/** Opens a file and uses what comes of it as the application does. */
export async function openHostile(path: string, name: string, tempFolder: string): Promise<Outcome> {
  const started = performance.now();
  const used = process.cpuUsage();
  const told = await opened(path, name, tempFolder);
  const { user, system } = process.cpuUsage(used);
  const seconds = Math.min((performance.now() - started) / 1000, (user + system) / 1e6);
  const late = told.is !== 'crash' && seconds > LONGEST;
  return { ...told, is: late ? 'hang' : told.is, seconds };
}

async function opened(path: string, name: string, tempFolder: string): Promise<Omit<Outcome, 'seconds'>> {
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
