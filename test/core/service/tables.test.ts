import { expect, test } from 'vitest';
import { ok, type Result } from '../../../core/result';
import { createTables } from '../../../core/service/tables';

function world() {
  const closed: string[] = [];
  const forgotten: string[] = [];
  const errors: unknown[] = [];
  const table = (name: string) => ({ name, close: async () => void closed.push(name) });
  const tables = createTables<ReturnType<typeof table>>(
    (id) => forgotten.push(id),
    (error) => errors.push(error),
  );
  return { closed, forgotten, errors, table, tables };
}

test('a table that is closed while it is in use stays open until its last user is done', async () => {
  const { closed, forgotten, table, tables } = world();
  tables.add('1', table('one'));
  let finish = () => undefined as void;
  const first = tables.use(
    '1',
    (one) => new Promise<Result<string>>((resolve) => (finish = () => resolve(ok(one.name)))),
  );
  const second = tables.hold('1');
  tables.close('1');
  expect(await tables.use('1', async () => ok(0))).toMatchObject({ ok: false, error: { code: 'data/not-open' } });
  finish();
  expect(await first).toEqual(ok('one'));
  expect(closed).toEqual([]);
  if (second.ok) second.value.release();
  expect(closed).toEqual(['one']);
  expect(forgotten).toEqual(['1']);
});

test('work that throws gives its table back', async () => {
  const { closed, table, tables } = world();
  tables.add('1', table('one'));
  await expect(tables.use('1', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  tables.close('1');
  expect(closed).toEqual(['one']);
});

test('a table that arrives after its client has gone is closed at once', () => {
  const { closed, table, tables } = world();
  tables.add('1', table('one'));
  tables.closeAll();
  tables.add('2', table('two'));
  expect(closed).toEqual(['one', 'two']);
});

test('what closing throws is told, not thrown', async () => {
  const { errors, tables } = world();
  tables.add('1', { name: 'bad', close: () => Promise.reject(new Error('stuck')) });
  tables.close('1');
  await Promise.resolve();
  expect(errors).toHaveLength(1);
});
