import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect } from 'vitest';
import { fetchElectron, findElectron } from '../../scripts/lib/electron-binary.mjs';
import { test } from '../electron/folder';

function write(path: string, text = ''): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

describe('finding the binary', () => {
  test('the one named by hand comes first, and none other takes its place', ({ folder }) => {
    const own = write(join(folder, 'own/electron'));
    write(join(folder, 'node_modules/electron/path.txt'), 'electron');
    write(join(folder, 'node_modules/electron/dist/electron'));
    expect(findElectron(folder, { ELECTRON_EXEC_PATH: own }, 'linux')).toEqual({ path: own });
    expect(findElectron(folder, { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'own') }, 'linux')).toEqual({ path: own });
    expect(findElectron(folder, { ELECTRON_EXEC_PATH: '/absent' }, 'linux').reason).toContain('/absent');
  });

  test('each system has its own name for it', ({ folder }) => {
    write(join(folder, 'node_modules/electron/path.txt'));
    for (const [platform, name] of [
      ['linux', 'electron'],
      ['win32', 'electron.exe'],
      ['darwin', 'Electron.app/Contents/MacOS/Electron'],
    ]) {
      const path = write(join(folder, 'node_modules/electron/dist', name));
      expect(findElectron(folder, {}, platform)).toEqual({ path });
    }
  });

  test('a download that did not come to its end is none', ({ folder }) => {
    write(join(folder, 'node_modules/electron/dist/electron'));
    expect(findElectron(folder, {}, 'linux').path).toBeUndefined();
  });
});

describe('fetching the binary', () => {
  /** An installer that counts its runs and fails. */
  function failingInstaller(folder: string): { runs: () => number } {
    const count = write(join(folder, 'runs'), '');
    write(join(folder, 'node_modules/electron/package.json'), '{"version":"45.0.0"}');
    write(
      join(folder, 'node_modules/electron/install.js'),
      `require('fs').appendFileSync(${JSON.stringify(count)}, 'x'); console.error('HTTPError: Response code 404\\n    at somewhere'); process.exit(1)`,
    );
    return { runs: () => readFileSync(count, 'utf8').length };
  }
  // Nothing listens there: refused at once.
  const env = { ELECTRON_MIRROR: 'http://127.0.0.1:9/electron/' };

  test('a failure is remembered for this mirror, and tried again only when that is insisted on', async ({ folder }) => {
    const { runs } = failingInstaller(folder);
    const first = await fetchElectron(folder, env, 'linux', { again: false });
    expect(first.reason).toContain('127.0.0.1:9 does not answer');
    await fetchElectron(folder, env, 'linux', { again: false });
    expect(runs()).toBe(1);
    await fetchElectron(folder, env, 'linux', { again: true });
    expect(runs()).toBe(2);
    await fetchElectron(folder, { ELECTRON_MIRROR: 'http://127.0.0.1:9/other/' }, 'linux', { again: false });
    expect(runs()).toBe(3);
  });

  test("the installer's error becomes the reason, without its stack trace", async ({ folder }) => {
    failingInstaller(folder);
    const { reason } = await fetchElectron(folder, { ...env, HTTPS_PROXY: 'http://127.0.0.1:9' }, 'linux', {
      again: false,
    });
    expect(reason).toBe("Electron's binary could not be fetched: HTTPError: Response code 404");
  });

  test('a mirror that is no address is a reason', async ({ folder }) => {
    const { reason } = await fetchElectron(folder, { ELECTRON_MIRROR: 'mirror' }, 'linux', { again: false });
    expect(reason).toBe('ELECTRON_MIRROR is no address (mirror)');
  });

  test('is not tried when downloads are switched off', async ({ folder }) => {
    const { runs } = failingInstaller(folder);
    const { reason } = await fetchElectron(folder, { ...env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' }, 'linux', {
      again: true,
    });
    expect(reason).toContain('ELECTRON_SKIP_BINARY_DOWNLOAD');
    expect(runs()).toBe(0);
  });
});
