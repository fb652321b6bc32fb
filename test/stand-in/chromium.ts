import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { chromiumArguments, installedChromium } from '../../scripts/lib/chromium.mjs';
import { connect, type Connection } from './cdp';

export interface Chromium {
  readonly connection: Connection;
  /** Asks it to end, and makes it after a while; resolves when it has. */
  close(): Promise<void>;
  kill(): void;
}

export interface ChromiumOptions {
  /** Where the profile is kept. */
  readonly profile: string;
  /** Hosts that this computer's port answers for; no name is ever looked up. */
  readonly hosts: string;
  readonly port: number;
}

/** Without this, Chromium asks for https where http was named, holds pictures back, or blocks windows that a test opens. */
const NOT_WANTED = [
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'PaintHolding',
  'OptimizationHints',
  'MediaRouter',
];

/**
 * Where every other name leads: to a port of this computer that is closed. A name that is not found would make Chromium ask public
 * servers of names, for its error page, whether there is a network at all.
 */
const NOBODY = '127.0.0.1:9';

const CLOSE_MS = 3000;

/** Starts Chromium without a window. It ends with us: its pipe closes. */
export function startChromium({ profile, hosts, port }: ChromiumOptions): Chromium {
  const path = installedChromium();
  if (!path) throw new Error('The stand-in for Electron needs Chrome, Edge or Chromium, and found none.');
  const child = spawn(
    path,
    [
      ...chromiumArguments,
      '--headless=new',
      '--remote-debugging-pipe',
      // For Playwright, which finds the address on our standard error as it does on Electron's.
      '--remote-debugging-port=0',
      '--no-startup-window',
      '--no-default-browser-check',
      '--disable-popup-blocking',
      '--disable-extensions',
      '--disable-sync',
      '--disable-hang-monitor',
      '--disable-back-forward-cache',
      '--disable-background-timer-throttling',
      '--disable-backgrounding-occluded-windows',
      '--disable-renderer-backgrounding',
      '--password-store=basic',
      '--use-mock-keychain',
      '--force-color-profile=srgb',
      '--mute-audio',
      `--disable-features=${NOT_WANTED.join(',')}`,
      `--user-data-dir=${profile}`,
      `--host-resolver-rules=MAP ${hosts} 127.0.0.1:${port}, MAP * ${NOBODY}, EXCLUDE 127.0.0.1`,
    ],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] },
  );
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    const address = /^DevTools listening on .*$/m.exec(text)?.[0];
    if (address) process.stderr.write(`${address}\n`);
  });
  const [, , , toChromium, fromChromium] = child.stdio;
  const connection = connect(toChromium as Writable, fromChromium as Readable);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = () => void child.kill('SIGKILL');
  return {
    connection,
    kill,
    async close() {
      const timer = setTimeout(kill, CLOSE_MS);
      await connection.browser.send('Browser.close').catch(() => undefined);
      await ended;
      clearTimeout(timer);
    },
  };
}
