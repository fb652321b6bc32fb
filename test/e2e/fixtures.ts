import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test as base, type Page } from '@playwright/test';
import { installedChromium } from '../../scripts/lib/chromium.mjs';

const hostProgram = fileURLToPath(new URL('../../out/main/browser-host.js', import.meta.url));
const START_MS = 15_000;

/** The running application as a test sees it. */
export interface App {
  readonly page: Page;
  /** Where the page is, without the token. */
  readonly origin: string;
  /** What went wrong in the page so far: errors in the console, exceptions, violations of the policy, requests to elsewhere. */
  readonly faults: string[];
  /** Ends the core as a crash would, without a warning. */
  killCore(): void;
  /** Another window on the same host; its faults count, too. */
  newPage(): Promise<Page>;
}

interface Options {
  /** Arguments of the browser host, for example a file to open. */
  hostArguments: string[];
}

/**
 * `app` starts the built browser host on a free port and opens its page. The test fails on any console error, any exception in a
 * page, any violation of the content security policy and any request to another host.
 */
export const test = base.extend<Options & { browserIsThere: void; app: App }>({
  // Before anything that would start one.
  browserIsThere: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from this pattern
    async ({}, use) => {
      base.skip(!installedChromium(), 'No Chrome, Edge or Chromium here: the application was NOT tested in a browser.');
      await use();
    },
    { auto: true },
  ],
  hostArguments: [[], { option: true }],
  app: async ({ context, hostArguments }, use) => {
    const host = spawn(process.execPath, [hostProgram, '--no-open', ...hostArguments], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const address = await addressOf(host);
    const { origin } = new URL(address);
    const faults: string[] = [];

    await context.exposeFunction('reportViolation', (what: string) => faults.push(`policy: ${what}`));
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
        const { reportViolation } = window as unknown as { reportViolation(what: string): void };
        reportViolation(`${effectiveDirective} ${blockedURI}`);
      });
    });
    await context.route(
      (url) => ['http:', 'https:', 'ws:', 'wss:'].includes(url.protocol) && url.host !== new URL(origin).host,
      (route) => {
        faults.push(`request: ${route.request().url()}`);
        return route.abort();
      },
    );
    const watch = (page: Page) => {
      // Playwright catches file dialogs only while someone listens, and takes a moment to begin: a key pressed before is lost.
      page.on('filechooser', () => undefined);
      page.on('console', (message) => message.type() === 'error' && faults.push(`console: ${message.text()}`));
      page.on('pageerror', (error) => faults.push(`exception: ${error.stack ?? error.message}`));
    };
    context.on('page', watch);

    const page = await context.newPage();
    await page.goto(address);
    const newPage = async () => {
      const another = await context.newPage();
      await another.goto(`${origin}/`);
      return another;
    };
    await use({
      page,
      origin,
      faults,
      newPage,
      killCore: () => childrenOf(host.pid).forEach((pid) => process.kill(pid, 'SIGKILL')),
    });

    await context.close();
    await stop(host);
    expect(faults, 'the page ran without a fault').toEqual([]);
  },
});

export { expect };

/** The full address, token included, that the host prints when it listens. */
function addressOf(host: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const timer = setTimeout(
      () => reject(new Error(`The browser host printed no address within ${START_MS} ms: ${printed}`)),
      START_MS,
    );
    host.stdout?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      const address = /http:\S+/.exec(printed)?.[0];
      if (!address) return;
      clearTimeout(timer);
      resolve(address);
    });
    host.once('exit', (status) => {
      clearTimeout(timer);
      reject(new Error(`The browser host ended with status ${status}: ${printed}`));
    });
  });
}

function stop(host: ChildProcess): Promise<void> {
  if (host.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    host.once('exit', () => resolve());
    host.kill('SIGINT');
  });
}

/** Process numbers of the children of a process, from /proc: what is there on every Linux, without a tool. */
function childrenOf(parent: number | undefined): number[] {
  base.skip(process.platform !== 'linux', 'Child processes are found by /proc, which only Linux has.');
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => parentOf(pid) === parent)
    .map(Number);
}

function parentOf(pid: string): number | null {
  try {
    // "pid (name) state ppid": the name may hold blanks and parentheses.
    return Number(
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) \S /s, '')
        .split(' ')[0],
    );
  } catch {
    return null;
  }
}
