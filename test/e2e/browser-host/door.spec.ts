import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { connect as connectTcp } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { outsideThePage, policyFor, safeHeaders } from '../fixtures/page-server';
import { expect, test } from './program';

test('the printed address leads to the page by way of a cookie that no script and no other site can use', async ({
  program,
}) => {
  const { host } = program.ours;
  const first = await program.ask(`/?token=${program.token}`, { host });
  expect(first.status).toBe(303);
  expect(first.headers.location).toBe('/');
  const [cookie, ...rules] = (first.headers['set-cookie']?.[0] ?? '').split('; ');
  expect(rules).toEqual(expect.arrayContaining(['Path=/', 'HttpOnly', 'SameSite=Strict']));
  expect(rules.join()).not.toMatch(/domain/i);
  expect(cookie).toBe(program.ours.cookie);
  expect((await program.ask('/', { host, cookie })).status).toBe(200);
});

test('a script of the page sees no cookie', async ({ app }) => {
  expect(await app.page.evaluate(() => document.cookie)).toBe('');
});

for (const path of ['/', '/?token=', '/?token=wrong', '/index.html', '/assets/', '/diagnostics', '/upload']) {
  test(`${path} without the cookie is refused and gives no cookie`, async ({ program }) => {
    const answer = await program.ask(path, { host: program.ours.host });
    expect(answer.status).toBe(403);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.body).not.toContain('<');
  });
}

test('a token that is right but for its last letter, or has one more, is refused', async ({ program }) => {
  const { host } = program.ours;
  const last = program.token.endsWith('A') ? 'B' : 'A';
  for (const token of [program.token.slice(0, -1) + last, program.token.slice(0, -1), `${program.token}A`]) {
    expect((await program.ask(`/?token=${token}`, { host })).status).toBe(403);
    expect((await program.ask('/', { host, cookie: `moe-lab-${program.port}=${token}` })).status).toBe(403);
  }
});

test('the token opens the page and nothing else', async ({ program }) => {
  const { host } = program.ours;
  expect((await program.ask(`/index.html?token=${program.token}`, { host })).status).toBe(403);
  expect((await program.ask(`/upload?token=${program.token}`, { host }, 'POST')).status).toBe(403);
});

test('a browser is started with a token that is good once', async ({ start }, { outputDir }) => {
  test.skip(process.platform !== 'linux', 'The program that opens addresses is stood in for on Linux alone.');
  const bin = join(outputDir, 'bin');
  const opened = join(outputDir, 'opened');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'xdg-open'), `#!/bin/sh\necho "$1" > '${opened}.part'; mv '${opened}.part' '${opened}'\n`, {
    mode: 0o755,
  });
  const program = await start({
    programArguments: [],
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}`, DISPLAY: ':99' },
  });
  await expect.poll(() => readFile(opened, 'utf8').catch(() => '')).not.toBe('');
  const address = new URL((await readFile(opened, 'utf8')).trim());
  expect(address.origin).toBe(program.ours.origin);
  expect(address.search).not.toContain(program.token);
  const visit = () => program.ask(`/${address.search}`, { host: program.ours.host });
  expect((await visit()).status).toBe(303);
  expect((await visit()).status).toBe(403);
});

test('names that only point here are refused, cookie and token or not', async ({ program }) => {
  const { port, ours, token } = program;
  const names = [
    `evil.test:${port}`,
    `127.0.0.1.evil.test:${port}`,
    `127.0.0.1:${port}.evil.test`,
    `localhost.evil.test:${port}`,
    `127.0.0.1:${port === 1024 ? 1025 : port - 1}`,
    '127.0.0.1',
    'localhost',
    `[::1]:${port}`,
    `0.0.0.0:${port}`,
    `127.0.0.2:${port}`,
    `user@127.0.0.1:${port}`,
    '',
  ];
  for (const host of names) {
    expect((await program.ask('/', { ...ours, host })).status, host).toBe(421);
    expect((await program.ask(`/?token=${token}`, { host })).status, host).toBe(421);
  }
});

test('nobody but this computer is listened to', async ({ program }) => {
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);
  // All of 127.0.0.0/8 is this computer on Linux: who listens everywhere listens there.
  for (const address of ['127.0.0.2', ...others]) {
    const reached = await new Promise<boolean>((resolve) => {
      const socket = connectTcp({ host: address, port: program.port, timeout: 3000 });
      const settle = (answer: boolean) => {
        socket.destroy();
        resolve(answer);
      };
      socket.on('connect', () => settle(true)).on('error', () => settle(false));
      socket.on('timeout', () => settle(false));
    });
    expect(reached, address).toBe(false);
  }
});

test('every answer carries the policy, refusals too', async ({ program }) => {
  const { port, ours, token } = program;
  const answers = {
    200: await program.ask('/'),
    303: await program.ask(`/?token=${token}`, { host: ours.host }),
    400: await program.ask('http://['),
    403: await program.ask('/', { host: ours.host }),
    404: await program.ask('/absent.js'),
    405: await program.ask('/', ours, 'DELETE'),
    421: await program.ask('/', { host: 'evil.test' }),
  };
  for (const [status, { headers, ...answer }] of Object.entries(answers)) {
    expect(answer.status).toBe(Number(status));
    const policy = String(headers['content-security-policy']).split('; ');
    expect(policy, status).toEqual(policyFor(`'self' ws://127.0.0.1:${port} ws://localhost:${port}`));
    expect(headers, status).toMatchObject(safeHeaders);
  }
});

test('the page is read and nothing else is done to it', async ({ program }) => {
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
    expect((await program.ask('/', program.ours, method)).status, method).toBe(405);
  expect(await program.ask('/', program.ours, 'HEAD')).toMatchObject({ status: 200, body: '' });
});

test('the diagnostics are for our own page alone', async ({ program }) => {
  const { origin: own, ...reading } = program.ours;
  expect((await program.ask('/diagnostics', reading)).status).toBe(200);
  expect((await program.ask('/diagnostics', { ...reading, origin: own })).status).toBe(200);
  for (const origin of ['http://evil.test', 'null', 'https://127.0.0.1', `${own}.evil.test`])
    expect((await program.ask('/diagnostics', { ...reading, origin })).status, origin).toBe(403);
});

test('no path leads out of the page', async ({ program }) => {
  await outsideThePage(async (path) => {
    const answer = await program.ask(`/${path}`);
    expect([400, 404], path).toContain(answer.status);
    expect(answer.body.length, path).toBeLessThan(100);
  });
});
