import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { fileOf, readStaticFile } from '../../../electron/page/static-files';
import { test as withFolder } from '../folder';

/** A test with a page to serve, and secrets beside it. */
const test = withFolder.extend<{ root: string }>({
  root: async ({ folder }, use) => {
    const root = join(folder, 'page');
    mkdirSync(join(root, 'assets'), { recursive: true });
    mkdirSync(join(folder, 'page-secret'));
    writeFileSync(join(root, 'index.html'), '<p>page</p>');
    writeFileSync(join(root, 'assets', 'a b.js'), '1');
    writeFileSync(join(root, 'notes.key'), 'not of the page');
    writeFileSync(join(folder, 'secret.html'), 'secret');
    writeFileSync(join(folder, 'page-secret', 'secret.html'), 'secret');
    await use(root);
  },
});

test('the root is index.html, and other files come with their type', async ({ root }) => {
  const index = await readStaticFile(root, '/');
  expect(index?.body.toString()).toBe('<p>page</p>');
  expect(index?.type).toContain('text/html');
  expect((await readStaticFile(root, '/assets/a%20b.js'))?.type).toContain('text/javascript');
});

test.for([
  '/../secret.html',
  '/assets/../../secret.html',
  '/%2e%2e/secret.html',
  '/%2e%2e%2fsecret.html',
  '/..%2fsecret.html',
  '/..\\secret.html',
  '/..%5csecret.html',
  '/../page-secret/secret.html',
  '/C:/secret.html',
  '/secret.html%00.js',
  '/%',
  'secret.html',
  '',
  '/assets',
  '/assets/',
  '/absent.js',
  '/notes.key',
])('%s leads to no file', async (path, { root }) => expect(await readStaticFile(root, path)).toBeNull());

test('no path of a request points outside the folder', ({ root }) => {
  for (const path of ['/a', '/a/../b', '/..a', '/.../a', '//etc/passwd', '/./a']) {
    const file = fileOf(root, path);
    if (file !== null) expect(file.startsWith(join(root, 'x').slice(0, -1))).toBe(true);
  }
});

test('a folder whose name begins like the root is still outside', ({ root }) => {
  expect(fileOf(root, '/../page-secret/secret.html')).toBeNull();
});

test('a link that leads nowhere is no file', async ({ root }) => {
  symlinkSync(join(root, 'nowhere.js'), join(root, 'dangling.js'));
  expect(await readStaticFile(root, '/dangling.js')).toBeNull();
});
