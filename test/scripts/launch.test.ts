import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { complaint, hasDisplay, launchElectron } from '../../scripts/lib/launch.mjs';
import { test } from '../electron/folder';

/** A program in Electron's place that does what `code` says. */
function program(folder: string, code: string): string {
  const path = join(folder, 'electron');
  writeFileSync(path, `#!${process.execPath}\n${code}\n`);
  chmodSync(path, 0o755);
  return path;
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe.skipIf(process.platform === 'win32')('starting Electron', () => {
  test('its exit status is ours once it was ready', async ({ folder }) => {
    const binary = program(folder, `process.send('ready', () => process.exit(process.argv[3] === 'a.csv' ? 5 : 6))`);
    expect(await launchElectron(binary, folder, 'a.csv')).toEqual({ status: 5 });
  });

  test('an end before it is ready is a reason, with the last thing it said', async ({ folder }) => {
    const binary = program(folder, `console.error('noise\\nno usable sandbox'); process.exitCode = 1`);
    expect(await launchElectron(binary, folder, null)).toEqual({
      reason: 'Electron ended with status 1 (no usable sandbox)',
    });
  });

  test('an end with status 0 is a reason, too, unless it showed a window or left that to another copy', async ({
    folder,
  }) => {
    expect((await launchElectron(program(folder, ''), folder, null)).reason).toContain('ended without a window');
    const other = program(folder, `process.send('elsewhere')`);
    expect(await launchElectron(other, folder, null)).toEqual({ status: 0 });
  });

  test('what it started may outlive it and hold its output open', async ({ folder }) => {
    const code = `
      const { spawn } = require('node:child_process');
      const child = spawn('sleep', ['5'], { stdio: ['ignore', 'ignore', 'inherit'], detached: true });
      child.unref();
      process.send('ready', () => process.exit(0));`;
    const started = performance.now();
    expect(await launchElectron(program(folder, code), folder, null)).toEqual({ status: 0 });
    expect(performance.now() - started).toBeLessThan(4000);
  });

  test('what it started may outlive it and hold the channel to us open', async ({ folder }) => {
    const binary = join(folder, 'electron');
    // A shell hands the channel on to what it starts, as Node does not.
    writeFileSync(binary, '#!/bin/sh\nsetsid sleep 5 >/dev/null 2>&1 &\nexit 3\n');
    chmodSync(binary, 0o755);
    const outcome = await launchElectron(binary, folder, null);
    expect(outcome.reason).toContain('Electron ended with status 3');
  });

  test('silence is a reason after its time', async ({ folder }) => {
    const binary = program(folder, `setTimeout(() => undefined, 60_000)`);
    expect((await launchElectron(binary, folder, null, 0.3)).reason).toContain('no window within');
  });

  test('what is silent ends with all that it started, though it will not', async ({ folder }) => {
    const code = `
      process.on('SIGTERM', () => undefined);
      const { spawn } = require('node:child_process');
      const child = spawn('sleep', ['60']);
      require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'child'))}, String(child.pid));`;
    const outcome = await launchElectron(program(folder, code), folder, null, 1);
    expect(outcome.reason).toContain('no window within');
    const child = Number(readFileSync(join(folder, 'child'), 'utf8'));
    await expect.poll(() => isAlive(child)).toBe(false);
  });

  test('a program that cannot be started is a reason', async ({ folder }) => {
    expect((await launchElectron(join(folder, 'absent'), folder, null)).reason).toContain('did not start');
  });
});

test('a display is one of X or Wayland on Linux, and always there elsewhere', () => {
  expect(hasDisplay({}, 'linux')).toBe(false);
  expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true);
  expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true);
  expect(hasDisplay({}, 'darwin') && hasDisplay({}, 'win32')).toBe(true);
});

test.for([
  [
    '[77:1121/101500.123456:FATAL:zygote_host_impl_linux.cc(127)] No usable sandbox! Update your kernel.\n#0 0x55\n',
    'No usable sandbox! Update your kernel',
  ],
  [
    'noise\nelectron: error while loading shared libraries: libnss3.so: cannot open\nmore',
    'electron: error while loading shared libraries: libnss3.so: cannot open',
  ],
  ['noise\nthe last word.\n', 'the last word'],
  ['', 'no reason given'],
])('of %j a user is told %j', ([said, told]) => {
  expect(complaint(said)).toBe(told);
});
