import type { Io } from './io';

/** A bar on standard error that redraws its line; silent where standard error is not a terminal. */
export interface ProgressBar {
  /** @param fraction 0 to 1 */
  update(fraction: number, label: string): void;
  /** Clears the line. */
  end(): void;
}

const WIDTH = 24;

export function progressBar(io: Io): ProgressBar {
  if (!io.terminal) return { update: () => undefined, end: () => undefined };
  return {
    update(fraction, label) {
      const filled = Math.round(WIDTH * Math.min(1, Math.max(0, fraction)));
      const percent = `${Math.round(100 * fraction)}%`.padStart(4);
      // Carriage return, then erase to the end of the line: the line before may have been longer.
      io.err(`\r${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}${percent}  ${label}\u001b[K`);
    },
    end: () => io.err('\r\u001b[K'),
  };
}
