import type { PathLike } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { installedChromium } from '../../scripts/lib/chromium.mjs';

const path = ['/usr/bin', '/opt/bin'].join(delimiter);
const among = (files: string[]) => (file: PathLike) => files.includes(String(file));

test('Chrome comes before Edge, and Edge before Chromium, wherever on the path they are', () => {
  const [chromium, edge, chrome] = [
    join('/usr/bin', 'chromium'),
    join('/usr/bin', 'microsoft-edge'),
    join('/opt/bin', 'google-chrome'),
  ];
  expect(installedChromium({ PATH: path }, 'linux', among([chromium, edge, chrome]))).toBe(chrome);
  expect(installedChromium({ PATH: path }, 'linux', among([chromium, edge]))).toBe(edge);
  expect(installedChromium({ PATH: path }, 'linux', among([chromium]))).toBe(chromium);
  expect(installedChromium({ PATH: path }, 'linux', among([]))).toBeNull();
});

test('a browser named by hand is used, and no other when it is not there', () => {
  expect(installedChromium({ MOE_LAB_CHROMIUM: '/my/browser', PATH: path }, 'linux', among(['/my/browser']))).toBe(
    '/my/browser',
  );
  expect(
    installedChromium({ MOE_LAB_CHROMIUM: '/absent', PATH: path }, 'linux', among([join('/usr/bin', 'chromium')])),
  ).toBeNull();
});

test('macOS and Windows have their own places', () => {
  const mac = '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge';
  expect(installedChromium({}, 'darwin', among([mac]))).toBe(mac);
  const windows = join('C:\\Program Files', 'Google\\Chrome\\Application\\chrome.exe');
  expect(installedChromium({ ProgramFiles: 'C:\\Program Files' }, 'win32', among([windows]))).toBe(windows);
});
