import type { Handlers } from '../client-connection';
import type { Table } from '../data/table';
import { ok } from '../result';
import { packProject } from '../store/pack-project';
import type { Tables } from './tables';

export const projectHandlers = (tables: Tables<Table>): Pick<Handlers, 'project/pack'> => ({
  'project/pack': ({ tableId, work }) =>
    tables.use(tableId, async (table) => {
      const packed = await packProject(table, work);
      return packed.ok ? ok({ bytes: packed.value }) : packed;
    }),
});
