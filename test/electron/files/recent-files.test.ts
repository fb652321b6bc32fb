import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createRecentFiles, RECENT_MISSING, shownFolder } from '../../../electron/files/recent-files';
import { test } from '../folder';

function recentIn(folder: string) {
  const ids = { next: 0 };
  const heard = { changes: 0, system: [] as string[] };
  const recent = createRecentFiles({
    file: join(folder, 'recent.json'),
    home: folder,
    newId: () => `id-${ids.next++}`,
    system: { add: (path) => void heard.system.push(path), clear: () => void heard.system.splice(0) },
    onChange: () => void heard.changes++,
  });
  return { recent, heard };
}

function fileIn(folder: string, name: string): string {
  const path = join(folder, name);
  writeFileSync(path, 'x');
  return path;
}

test('files come back newest first, each once, also after the next start', async ({ folder }) => {
  const [a, b] = [fileIn(folder, 'a.csv'), fileIn(folder, 'b.moe')];
  const { recent, heard } = recentIn(folder);
  [a, b, a].forEach((path) => recent.add(path));
  expect(heard.changes).toBe(3);
  // The system orders its list itself.
  expect(heard.system).toEqual([a, b, a]);
  const shown = (await recent.list()).map(({ name, folder, missing }) => ({ name, folder, missing }));
  expect(shown).toEqual([
    { name: 'a.csv', folder: '~', missing: false },
    { name: 'b.moe', folder: '~', missing: false },
  ]);
  await recent.settled();
  expect((await recentIn(folder).recent.list()).map(({ name }) => name)).toEqual(['a.csv', 'b.moe']);
});

test('ten are kept', async ({ folder }) => {
  const { recent } = recentIn(folder);
  for (let i = 0; i < 12; i++) recent.add(join(folder, `${i}.csv`));
  const names = (await recent.list()).map(({ name }) => name);
  expect(names).toHaveLength(10);
  expect(names[0]).toBe('11.csv');
});

test('a file keeps its id while it is in the list, and the page is never told its path', async ({ folder }) => {
  const [a, b] = [fileIn(folder, 'a.csv'), fileIn(folder, 'b.csv')];
  const { recent } = recentIn(folder);
  recent.add(a);
  const [{ id }] = await recent.list();
  recent.add(b);
  recent.add(a);
  const [first] = await recent.list();
  expect(first.id).toBe(id);
  expect(await recent.find(id)).toEqual({ ok: true, value: a });
  expect(Object.values(first)).not.toContain(a);
});

test('a file that is gone is marked, and says where it was when it is asked for', async ({ folder }) => {
  const path = fileIn(folder, 'a.csv');
  const { recent, heard } = recentIn(folder);
  recent.add(path);
  rmSync(path);
  const [{ id, missing }] = await recent.list();
  expect(missing).toBe(true);
  const before = heard.changes;
  const found = await recent.find(id);
  expect(found).toMatchObject({ ok: false, error: { code: RECENT_MISSING } });
  expect(found.ok ? '' : found.error.message).toBe(
    '“a.csv” is not in ~ any more; open it from where it is now, or remove it from the list.',
  );
  expect(heard.changes).toBe(before + 1);
});

test('an id that was made up finds nothing', async ({ folder }) => {
  expect(await recentIn(folder).recent.find('id-0')).toMatchObject({ ok: false, error: { code: 'recent/unknown' } });
});

test('one file or all can be taken off the list', async ({ folder }) => {
  const { recent, heard } = recentIn(folder);
  ['a.csv', 'b.csv', 'c.csv'].forEach((name) => recent.add(fileIn(folder, name)));
  const [, { id }] = await recent.list();
  recent.forget(id);
  expect((await recent.list()).map(({ name }) => name)).toEqual(['c.csv', 'a.csv']);
  recent.forget(null);
  expect(await recent.list()).toEqual([]);
  expect(heard.system).toEqual([]);
  await recent.settled();
  expect(JSON.parse(readFileSync(join(folder, 'recent.json'), 'utf8'))).toEqual({ paths: [] });
});

test.for(['{', '{"paths":"all"}', '{"paths":["relative.csv",3]}', '{"paths":["relative.csv"]}'])(
  'a damaged list (%j) is an empty one',
  async (content, { folder }) => {
    writeFileSync(join(folder, 'recent.json'), content);
    expect(await recentIn(folder).recent.list()).toEqual([]);
  },
);

test('folders are shown from the home folder, and only what lies in it', () => {
  expect(shownFolder('/home/ann/data/a.csv', '/home/ann')).toBe('~/data');
  expect(shownFolder('/home/ann/a.csv', '/home/ann')).toBe('~');
  expect(shownFolder('/home/anna/a.csv', '/home/ann')).toBe('/home/anna');
});
