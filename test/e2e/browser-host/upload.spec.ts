import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './program';

test('a name with signs that mean something in an address arrives as it is', async ({ app }) => {
  const name = 'a&b = 50% #1+.csv';
  await app.openFile({ name, mimeType: 'text/csv', buffer: Buffer.from('x,y\n1,2\n3,4\n5,6\n') });
  await expect(app.page.getByRole('gridcell').first()).toBeVisible();
  await expect(app.page.getByText(name).first()).toBeVisible();
});

const strangers: [string, Record<string, string>][] = [
  ['another site', { origin: 'http://evil.test' }],
  ['a page of nowhere', { origin: 'null' }],
  ['a program without an origin', { origin: '' }],
  ['another port of this computer', { origin: 'http://127.0.0.1:1' }],
  ['the same place over https', { origin: 'https://127.0.0.1' }],
  ['a page without the cookie', { cookie: '' }],
  ['a page with the cookie of another copy', { cookie: 'moe-lab-1=x' }],
  ['a name of somebody else', { host: 'evil.test' }],
];
for (const [who, change] of strangers) {
  test(`${who} cannot send a file`, async ({ program }) => {
    const answer = await program.ask('/upload?name=a.csv', { ...program.ours, ...change }, 'POST', 'x\n1\n');
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.body).not.toContain('"ok":true');
  });
}

test('files are sent by POST and by nothing else', async ({ program }) => {
  for (const method of ['GET', 'PUT', 'DELETE'])
    expect((await program.ask('/upload?name=a.csv', program.ours, method)).status, method).toBe(405);
});

for (const name of ['../../escaped.csv', '..\\..\\escaped.csv', '/escaped.csv', '..', '', 'a\0b.csv', '.escaped.csv']) {
  test(`a file called ${JSON.stringify(name)} stays in the program's own folder`, async ({ start }) => {
    const program = await start();
    const answer = await program.ask(`/upload?name=${encodeURIComponent(name)}`, program.ours, 'POST', 'x\n1\n');
    const { ok, value } = JSON.parse(answer.body) as { ok: boolean; value?: { name: string; bytes: number } };
    expect(ok).toBe(true);
    expect(value?.bytes).toBe(4);
    expect(value?.name).toMatch(/^[^/\\.][^/\\]*$/);
    expect(value?.name).not.toContain('\0');
    // Where it would be if the name were taken at its word.
    expect(readdirSync(program.temp).filter((entry) => !/^moe-lab-(host|core)-/.test(entry))).toEqual([]);
    expect(existsSync('/escaped.csv')).toBe(false);
  });
}

test('what was sent is private, and gone when the program ends', async ({ start }) => {
  const program = await start();
  await program.ask('/upload?name=a.csv', program.ours, 'POST', 'x\n1\n');
  const folders = readdirSync(program.temp);
  expect(folders.some((name) => name.startsWith('moe-lab-host-'))).toBe(true);
  if (process.platform !== 'win32')
    folders.forEach((name) => expect(statSync(join(program.temp, name)).mode & 0o077, name).toBe(0));
  program.child.kill('SIGINT');
  expect(await program.ended()).toBe(0);
  expect(readdirSync(program.temp)).toEqual([]);
});
