import { readdirSync, readFileSync } from 'node:fs';

/** Of all threads of a process since they began, in milliseconds. */
export interface Scheduled {
  readonly ran: number;
  /** Ready to run, with every processor at something else. */
  readonly waited: number;
}

/** What Linux says of a process that runs; null where it does not tell, or a thread ended meanwhile. */
export function scheduled(pid: number): Scheduled | null {
  try {
    const threads = readdirSync(`/proc/${pid}/task`).map((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ').map(Number),
    );
    const total = (field: number) => threads.reduce((sum, fields) => sum + fields[field], 0) / 1e6;
    return { ran: total(0), waited: total(1) };
  } catch {
    return null;
  }
}
