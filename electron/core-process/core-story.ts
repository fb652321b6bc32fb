import type { CoreEnd, HostStatus } from '../../core/protocol';
import type { Log } from '../log/log';

/** What became of the core since the program started, for the log and for diagnostics. */
export interface CoreStory {
  onStatus(status: HostStatus): void;
  /** Its state now and every end with its time and cause. */
  lines(): string[];
}

interface Ended {
  readonly at: Date;
  readonly cause: CoreEnd;
  readonly reason: string;
}

export function watchCore(log: Pick<Log, 'info' | 'warn'>, now: () => Date): CoreStory {
  const ends: Ended[] = [];
  let status: HostStatus = { state: 'starting' };
  return {
    onStatus(next) {
      status = next;
      if (next.state === 'ready') log.info('engine ready', { restarts: next.restarts });
      else if (next.state === 'starting') log.info('engine starting');
      else {
        ends.push({ at: now(), cause: next.cause, reason: next.reason });
        if (next.state === 'gone') log.warn('engine gone', { cause: next.cause });
        else log.warn('engine ended', { cause: next.cause, attempt: next.attempt });
      }
    },
    lines: () => [
      `Now: ${status.state}`,
      ...ends.map(({ at, cause, reason }) => `${at.toISOString()} ${cause}: ${reason}`),
    ],
  };
}
