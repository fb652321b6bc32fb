import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { builderReason, distOptions } from '../../scripts/lib/dist.mjs';
import { hasProgram, hasTool, obstacle } from '../../scripts/lib/dist-targets.mjs';
import { test as withFolder } from '../electron/folder';

const script = fileURLToPath(new URL('../../scripts/dist.mjs', import.meta.url));

/** Without a network: nothing listens on the port that is asked. */
function dist(...args: string[]) {
  const env = { ...process.env, ELECTRON_BUILDER_BINARIES_MIRROR: 'http://127.0.0.1:9/', ELECTRON_MIRROR: '' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8', env });
  return { status, said: (stdout + stderr).trim().split('\n') };
}

describe('what keeps a package from being made', () => {
  const bare = { platform: 'linux', online: false, has: () => false, cached: () => false };

  test('nothing, on its own system with the network', () => {
    expect(obstacle('AppImage', { ...bare, online: true })).toBeNull();
    expect(obstacle('dmg', { ...bare, online: true, platform: 'darwin' })).toBeNull();
    expect(obstacle('nsis', { ...bare, online: true, platform: 'win32' })).toBeNull();
  });

  test('without the network, a tool that was never fetched', () => {
    expect(obstacle('AppImage', bare)).toMatch(/^electron-builder's tool .*appimage.* the network\.$/);
    expect(obstacle('AppImage', { ...bare, cached: (tool) => tool === 'appimage' })).toBeNull();
  });

  test('not the tool for a deb where fpm is installed', () => {
    expect(obstacle('deb', bare)).toMatch(/or install fpm\.$/);
    expect(obstacle('deb', { ...bare, has: (program) => program === 'fpm' })).toBeNull();
  });

  test('another system, but for an installer for Windows where wine is', () => {
    expect(obstacle('dmg', { ...bare, online: true, has: () => true })).toMatch(/^It is made on macOS\./);
    expect(obstacle('nsis', { ...bare, online: true })).toMatch(/^It is made on Windows, or where wine is installed\./);
    expect(obstacle('nsis', { ...bare, online: true, has: (program) => program === 'wine' })).toBeNull();
  });
});

withFolder('a program is found on the PATH alone', ({ folder }) => {
  writeFileSync(join(folder, 'fpm'), '');
  expect(hasProgram('fpm', { PATH: `/nowhere:${folder}` }, 'linux')).toBe(true);
  expect(hasProgram('wine', { PATH: folder }, 'linux')).toBe(false);
  expect(hasProgram('fpm', {}, 'linux')).toBe(false);
});

withFolder('a tool is there when its folder holds a file, which a failed download leaves out', ({ folder }) => {
  const env = { ELECTRON_BUILDER_CACHE: folder };
  mkdirSync(join(folder, 'fpm@2.1.4/fpm-1.17.0'), { recursive: true });
  expect(hasTool('fpm', env, 'linux')).toBe(false);
  writeFileSync(join(folder, 'fpm@2.1.4/fpm-1.17.0/fpm'), '');
  expect(hasTool('fpm', env, 'linux')).toBe(true);
  expect(hasTool('fpm', { HOME: join(folder, 'none') }, 'linux')).toBe(false);
});

test('without names, every kind is meant; a folder with Electron is found from where npm was called', () => {
  expect(distOptions([], {}, '/here')).toEqual({
    names: ['AppImage', 'deb', 'dmg', 'nsis'],
    dir: false,
    sizes: false,
    electronDist: null,
  });
  expect(distOptions(['deb', '--electron-dist', 'e'], {}, '/here')).toMatchObject({
    names: ['deb'],
    electronDist: '/here/e',
  });
  expect(distOptions([], { ELECTRON_OVERRIDE_DIST_PATH: '/e' }, '/here').electronDist).toBe('/e');
});

test('what cannot be meant is refused with the usage', () => {
  expect(() => distOptions(['rpm'])).toThrow(/no kind of package named "rpm".*Usage: npm run dist/);
  expect(() => distOptions(['--fast'])).toThrow(/--fast.*Usage: npm run dist/);
});

test("electron-builder's reason is given without its stack", () => {
  const output =
    '  • packaging\n  ⨯ getaddrinfo ENOTFOUND github.com  failedTask=build stackTrace=RequestError: x\n    at y';
  expect(builderReason(output)).toBe('electron-builder ended with: getaddrinfo ENOTFOUND github.com.');
  expect(builderReason('  ⨯ The package lacks DuckDB. Run npm.  failedTask=build stackTrace=Error')).toBe(
    'The package lacks DuckDB. Run npm.',
  );
});

describe.runIf(process.platform === 'linux')('the command', () => {
  test('says of each kind why it is not made here, and ends with 1', () => {
    const { status, said } = dist('dmg', 'nsis');
    expect(said.slice(0, 2)).toEqual([
      expect.stringMatching(/^dmg: not made\. /),
      expect.stringMatching(/^nsis: not made\. /),
    ]);
    expect(said[2]).toBe('Nothing was packaged.');
    expect(status).toBe(1);
  });

  test('says that a folder named as Electron is none', () => {
    const { status, said } = dist('--dir', '--electron-dist', '/nowhere');
    expect(said).toEqual(['There is no Electron for linux in /nowhere. Name a folder with electron in it.']);
    expect(status).toBe(1);
  });
});
