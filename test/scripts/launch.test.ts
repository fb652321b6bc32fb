import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { hasDisplay, launchElectron } from '../../scripts/lib/launch.mjs';
import { test } from '../electron/folder';

/** A program in Electron's place that does what `code` says. */
function program(folder: string, code: string): string {
  const path = join(folder, 'electron');
  writeFileSync(path, `#!${process.execPath}\n${code}\n`);
  chmodSync(path, 0o755);
  return path;
}

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

  test('silence is a reason after its time', async ({ folder }) => {
    const binary = program(folder, `setTimeout(() => undefined, 60_000)`);
    expect((await launchElectron(binary, folder, null, 0.3)).reason).toContain('no window within');
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
