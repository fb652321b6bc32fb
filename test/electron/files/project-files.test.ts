import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import type { SavedProject } from '../../../core/bridge';
import type { Result } from '../../../core/result';
import { createProjectFiles, isProject, type SaveDialogs } from '../../../electron/files/project-files';
import { test } from '../folder';

const project = (content: string) => ({ name: 'concrete.moe', mime: 'application/zip', content });

function projects() {
  const ids = { next: 0 };
  return createProjectFiles(() => `place-${ids.next++}`);
}

/** Answers each question in turn; a question nobody expects fails the test. */
function dialogs(places: (string | null)[], answers: ('cancel' | 'replace' | 'elsewhere')[] = []) {
  const next = <T>(list: T[], what: string): Promise<T> => {
    const [first] = list.splice(0, 1);
    return first === undefined
      ? Promise.reject(new Error(`nobody expected to be asked ${what}`))
      : Promise.resolve(first);
  };
  return {
    askForPlace: vi.fn<SaveDialogs['askForPlace']>(() => next(places, 'for a place')),
    askToReplace: vi.fn<SaveDialogs['askToReplace']>((path, why) => next(answers, `to replace ${path} (${why})`)),
  };
}

const placeOf = (result: Result<SavedProject | null>): string => (result.ok && result.value ? result.value.place : '');

test('the first save asks where, and the next goes there without a question', async ({ folder }) => {
  const files = projects();
  const path = join(folder, 'mine.moe');
  const asked = dialogs([path]);
  const first = await files.save(project('1'), null, asked);
  expect(asked.askForPlace).toHaveBeenCalledWith('concrete.moe');
  expect(first).toEqual({ ok: true, value: { place: 'place-0', name: 'mine.moe' } });
  const second = await files.save(project('2'), placeOf(first), dialogs([]));
  expect(second).toEqual(first);
  expect(readFileSync(path, 'utf8')).toBe('2');
  expect(readdirSync(folder)).toEqual(['mine.moe']);
});

test('a project is saved where it was opened from; a table never is', async ({ folder }) => {
  const files = projects();
  const [moe, csv] = [join(folder, 'a.moe'), join(folder, 'a.csv')];
  [moe, csv].forEach((path) => writeFileSync(path, 'old'));
  await files.opened('grant-1', moe);
  await files.opened('grant-2', csv);
  expect(await files.save(project('new'), 'grant-1', dialogs([]))).toMatchObject({
    ok: true,
    value: { place: 'grant-1' },
  });
  expect(readFileSync(moe, 'utf8')).toBe('new');
  expect(await files.save(project('new'), 'grant-2', dialogs([null]))).toEqual({ ok: true, value: null });
  expect(readFileSync(csv, 'utf8')).toBe('old');
});

test('a place that the page made up asks', async () => {
  const asked = dialogs([null]);
  await projects().save(project('1'), '/etc/passwd', asked);
  expect(asked.askForPlace).toHaveBeenCalledOnce();
});

test('a file that another program changed is not overwritten without a question', async ({ folder }) => {
  const files = projects();
  const path = join(folder, 'a.moe');
  const place = placeOf(await files.save(project('mine'), null, dialogs([path])));
  writeFileSync(path, 'theirs and longer');

  const cancelled = dialogs([], ['cancel']);
  expect(await files.save(project('mine 2'), place, cancelled)).toEqual({ ok: true, value: null });
  expect(cancelled.askToReplace).toHaveBeenCalledWith(path, 'changed');
  expect(readFileSync(path, 'utf8')).toBe('theirs and longer');

  const other = join(folder, 'b.moe');
  const elsewhere = await files.save(project('mine 2'), place, dialogs([other], ['elsewhere']));
  expect(elsewhere).toEqual({ ok: true, value: { place: 'place-1', name: 'b.moe' } });
  expect(readFileSync(path, 'utf8')).toBe('theirs and longer');

  await files.save(project('mine 3'), place, dialogs([], ['replace']));
  expect(readFileSync(path, 'utf8')).toBe('mine 3');
  // What was written last is ours again.
  await files.save(project('mine 4'), place, dialogs([]));
  expect(readFileSync(path, 'utf8')).toBe('mine 4');
});

test('a change that keeps the size is seen by its time', async ({ folder }) => {
  const files = projects();
  const path = join(folder, 'a.moe');
  const place = placeOf(await files.save(project('mine'), null, dialogs([path])));
  utimesSync(path, new Date(1e12), new Date(1e12));
  const asked = dialogs([], ['cancel']);
  await files.save(project('more'), place, asked);
  expect(asked.askToReplace).toHaveBeenCalledOnce();
});

test('a file that was deleted since is written anew', async ({ folder }) => {
  const files = projects();
  const path = join(folder, 'a.moe');
  const place = placeOf(await files.save(project('1'), null, dialogs([path])));
  rmSync(path);
  expect(await files.save(project('2'), place, dialogs([]))).toMatchObject({ ok: true });
  expect(readFileSync(path, 'utf8')).toBe('2');
});

test('a name without the extension gets it, and a file of that name is asked about', async ({ folder }) => {
  const files = projects();
  await files.save(project('1'), null, dialogs([join(folder, 'a')]));
  expect(readdirSync(folder)).toEqual(['a.moe']);
  const asked = dialogs([join(folder, 'a')], ['cancel']);
  expect(await files.save(project('2'), null, asked)).toEqual({ ok: true, value: null });
  expect(asked.askToReplace).toHaveBeenCalledWith(join(folder, 'a.moe'), 'exists');
  expect(readFileSync(join(folder, 'a.moe'), 'utf8')).toBe('1');
  const renamed = dialogs([join(folder, 'a'), join(folder, 'b')], ['elsewhere']);
  expect(await files.save(project('3'), null, renamed)).toMatchObject({ ok: true, value: { name: 'b.moe' } });
});

test('a failed write is one sentence, and leaves what was there', async ({ folder }) => {
  const path = join(folder, 'gone', 'a.moe');
  const saved = await projects().save(project('1'), null, dialogs([path]));
  expect(saved).toEqual({
    ok: false,
    error: { code: 'host/save-failed', message: `The folder of ${path} is not there any more; choose another place.` },
  });
});

test('a link to a project stays a link', async ({ folder, skip }) => {
  if (process.platform === 'win32') skip('Links need rights on Windows.');
  const [path, link] = [join(folder, 'a.moe'), join(folder, 'link.moe')];
  writeFileSync(path, 'old');
  symlinkSync(path, link);
  const files = projects();
  await files.opened('grant', link);
  await files.save(project('new'), 'grant', dialogs([]));
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(path, 'utf8')).toBe('new');
});

test('a cancelled dialog writes nothing', async ({ folder }) => {
  expect(await projects().save(project('1'), null, dialogs([null]))).toEqual({ ok: true, value: null });
  expect(existsSync(join(folder, 'concrete.moe'))).toBe(false);
});

test('projects are known by their extension', () => {
  expect(['a.moe', 'A.MOE', '/x/a.b.moe'].every(isProject)).toBe(true);
  expect(['a.csv', 'moe', '.moe', 'a.moe.csv'].some(isProject)).toBe(false);
});
