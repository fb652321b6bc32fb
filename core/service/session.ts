import type { Emit, Handlers } from '../client-connection';
import type { Table } from '../data/table';
import type { Pool } from '../fit/pool';
import type { Samples } from '../samples';
import { dataHandlers } from './data-handlers';
import { designHandlers } from './design-handlers';
import { engineHandlers } from './engine-handlers';
import { fitHandlers } from './fit-handlers';
import { resultHandlers } from './result-handlers';
import { createTables } from './tables';

/** What all clients of this process share. */
export interface Shared {
  /** Files the user has chosen: id -> where it is. */
  readonly grants: Map<string, { name: string; path: string }>;
  readonly samples: Samples;
  readonly tempFolder: string;
  readonly pool: Pool;
  /** Seconds. */
  readonly now: () => number;
  readonly log: (error: unknown) => void;
}

export interface Session {
  readonly handlers: Handlers;
  close(): void;
}

/** One client: its open tables and its runs live and end with it. */
export function createSession(shared: Shared, emit: Emit): Session {
  const tables = createTables<Table>();
  const fits = fitHandlers(shared, tables, emit);
  return {
    handlers: {
      ...engineHandlers(shared),
      ...dataHandlers(shared, tables),
      ...designHandlers(shared, tables),
      ...fits.handlers,
      ...resultHandlers(tables),
    },
    close() {
      fits.cancelAll();
      tables.closeAll();
    },
  };
}
