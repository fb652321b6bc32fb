import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Table } from '../../../core/data/table';
import { limits } from '../../../core/store/manifest';
import { openFile } from '../../../core/store/open-file';
import { packProject } from '../../../core/store/pack-project';
import { projectSession, workOf } from './project-session';

const app = projectSession();
const folder = mkdtempSync(join(tmpdir(), 'moe-lab-limits-'));
afterAll(() => {
  app.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Takes no room on the disk: nothing is in it. */
function hollow(name: string, bytes: number, start = ''): string {
  const path = join(folder, name);
  writeFileSync(path, start);
  const file = openSync(path, 'r+');
  ftruncateSync(file, bytes);
  closeSync(file);
  return path;
}

test('a table too large for a project file is refused with its size, and nothing of it is left', async () => {
  const info = await app.open('small.csv', 'x,y\n1,2\n2,3\n3,5\n');
  const parquet = hollow('huge.parquet', limits.file + 1);
  const table = { info, keep: async () => ({ table: {}, parquet }) } as unknown as Table;
  const packed = await packProject(table, workOf(info));
  expect(packed).toMatchObject({ ok: false, error: { code: 'project/too-large' } });
  expect(!packed.ok && packed.error.message).toContain('129 MB, more than a project file holds (128 MB)');
  expect(existsSync(parquet)).toBe(false);
});

test('a project file larger than any that was made is refused before it is read', async () => {
  const start = `PK\x03\x04${'\0'.repeat(26)}manifest.json{"format":"moe-lab/project"`;
  const path = hollow('huge.moe', limits.file + 1, start);
  const opened = await openFile(path, 'huge.moe', {}, { tempFolder: folder });
  expect(!opened.ok && opened.error.message).toContain('“huge.moe” has 129 MB');
});

test('work that is not what it should be is not saved, and says where', async () => {
  const info = await app.open('small.csv', 'x,y\n1,2\n2,3\n3,5\n');
  const work = { ...workOf(info), selectedRun: '../x' };
  const packed = await app.session.handlers['project/pack']({ tableId: info.tableId, work });
  expect(packed).toMatchObject({ ok: false, error: { code: 'project/bad-work' } });
  const none = await app.session.handlers['project/pack']({ tableId: info.tableId, work: {} as typeof work });
  expect(none.ok).toBe(false);
});

test('saving leaves nothing behind in the private folder, and two saves at once do not meet', async () => {
  const info = await app.open('small.csv', 'x,y\n1,2\n2,3\n3,5\n');
  const [one, other] = await Promise.all([app.pack(info, workOf(info)), app.pack(info, workOf(info))]);
  // Nothing in a project says when it was made: the same work has the same bytes.
  expect(Buffer.compare(one, other)).toBe(0);
  const left = readdirSync(app.folder, { recursive: true }).filter((name) => String(name).includes('kept'));
  expect(left).toEqual([]);
});

test('a project keeps its table as it was read: another way to read it is refused', async () => {
  const info = await app.open('small.csv', 'x,y\n1,2\n2,3\n3,5\n');
  const opened = await app.ask('small.moe', await app.pack(info, workOf(info)), { decimal: ',' });
  expect(opened).toMatchObject({ ok: false, error: { code: 'project/read-already' } });
});

test('a table that was read by hand comes back read the same way, with its first lines and what was left out', async () => {
  const text = '# made by hand\nx;y;\n1,5;?;\n"2,5";abc;\n3;4;5;6\n4;5;\n';
  const table = await app.open('odd.csv', text, { missing: ['?'], quote: '"' });
  const again = await app.open('odd.moe', await app.pack(table, workOf(table)));
  expect(again).toEqual({ ...table, tableId: again.tableId, seconds: again.seconds, project: workOf(table) });
  expect(again.rejected.count).toBe(1);
  const raw = (tableId: string) => app.session.handlers['data/raw']({ tableId, lines: 200 });
  expect(await raw(again.tableId)).toEqual(await raw(table.tableId));
  const sort = { column: 'x', descending: true };
  const sorted = (tableId: string) => app.session.handlers['data/page']({ tableId, offset: 0, limit: 10, sort });
  expect(await sorted(again.tableId)).toEqual(await sorted(table.tableId));
});
