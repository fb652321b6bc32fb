import type { Emit, Handlers } from '../client-connection';
import type { Table } from '../data/table';
import { designWithin } from '../job';
import type { Pool } from '../threads/pool';
import type { Samples } from '../samples';
import { dataHandlers } from './data-handlers';
import { designHandlers } from './design-handlers';
import { createDesigns } from './designs';
import { engineHandlers } from './engine-handlers';
import { experimentHandlers } from './experiment-handlers';
import { fitHandlers } from './fit-handlers';
import { projectHandlers } from './project-handlers';
import { resultHandlers } from './result-handlers';
import { createResultRows } from './result-rows';
import { createTables } from './tables';
import { viewHandlers } from './view-handlers';

/** What all clients of this process share. */
export interface Shared {
  /** Files the user has chosen: id -> where it is. */
  readonly grants: Map<string, { name: string; path: string }>;
  readonly samples: Samples;
  readonly tempFolder: string;
  readonly pool: Pool;
  /** Bytes that a fit may use: more rows than fit are read from files. A setting of all clients. */
  readonly memory: { bytes: number };
  /** Seconds. */
  readonly now: () => number;
  readonly log: (error: unknown) => void;
}

export interface Session {
  readonly handlers: Handlers;
  close(): void;
}

/** One client: its open tables, what is kept of them, and its runs live and end with it. */
export function createSession(shared: Shared, emit: Emit): Session {
  const gone = new AbortController();
  const designs = createDesigns(
    (...asked) => designWithin({ bytes: shared.memory.bytes, folder: shared.tempFolder }, shared.log)(...asked),
    () => shared.memory.bytes,
    shared.log,
  );
  const results = createResultRows();
  const forget = (tableId: string) => {
    designs.forget(tableId);
    results.forget(tableId);
  };
  const tables = createTables<Table>(forget, shared.log);
  const fits = fitHandlers(shared, tables, designs, emit);
  const studies = experimentHandlers(shared, tables, emit);
  return {
    handlers: {
      ...engineHandlers(shared),
      ...dataHandlers(shared, tables, gone.signal),
      ...viewHandlers(tables),
      ...projectHandlers(tables),
      ...designHandlers(shared, tables, designs),
      ...fits.handlers,
      ...studies.handlers,
      ...resultHandlers(tables, designs, results),
    },
    close() {
      gone.abort();
      fits.cancelAll();
      studies.cancelAll();
      tables.closeAll();
    },
  };
}
