import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type BenchCase, figure, repeat } from '../case';

const CLI = 'out/main/cli.js';
const HOST = 'out/main/browser-host.js';
const SAMPLE = 'resources/samples/auto-mpg.csv';
const FIT = ['fit', SAMPLE, '--target', 'Fuel economy (mpg)', '--experts', '2', '--method', 'joint-em', '--json'];

/** Milliseconds from starting the browser host until its page has come whole. */
async function served(): Promise<number> {
  const begun = performance.now();
  const host = spawn(process.execPath, [HOST, '--no-open'], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    for await (const line of createInterface({ input: host.stdout })) {
      const address = /https?:\/\/\S+/.exec(line)?.[0];
      if (address === undefined) continue;
      // The address carries a token, for which a browser is given a cookie.
      const door = await fetch(address, { redirect: 'manual' });
      const cookie = door.headers.get('set-cookie')?.split(';')[0] ?? '';
      const page = await fetch(new URL('/', address), { headers: { cookie } });
      const text = await page.text();
      if (!page.ok || !text.includes('<script')) throw new Error(`The host answered ${page.status} and no page.`);
      return performance.now() - begun;
    }
    throw new Error('The browser host ended without an address.');
  } finally {
    host.kill('SIGTERM');
    if (host.exitCode === null && host.signalCode === null) await once(host, 'exit');
  }
}

/** `moe-lab fit` on a small file, the whole process; the browser host until its page is served; of the application as it is built. */
export const startUp: BenchCase = {
  name: 'start-up',
  async *run(bench) {
    const missing = [CLI, HOST].find((path) => !existsSync(path));
    if (missing) {
      bench.skip('start-up: the application is not built; run npm run build first.');
      return;
    }
    const times = bench.quick ? 1 : 7;
    const node = await repeat(times, () => execFileSync(process.execPath, ['-e', '0']));
    const version = await repeat(times, () => execFileSync(process.execPath, [CLI, '--version']));
    const fit = await repeat(times, () =>
      execFileSync(process.execPath, [CLI, ...FIT], { stdio: ['ignore', 'pipe', 'ignore'] }),
    );
    const pages: number[] = [];
    for (let i = 0; i <= times; i++) pages.push(await served());
    yield [
      figure('start-up: Node alone, for comparison', node, 'ms'),
      figure('start-up: moe-lab --version', version, 'ms'),
      figure('start-up: moe-lab fit auto-mpg.csv, whole process', fit, 'ms'),
      figure('start-up: browser host until its page is served', pages.slice(1), 'ms'),
    ].map((result) => ({ ...result, steady: true }));
  },
};
