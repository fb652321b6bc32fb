import { defineConfig } from '@playwright/test';
import { chromiumArguments, installedChromium } from './scripts/lib/chromium.mjs';

/** Chromium asks for these by itself, whatever page it shows. Every other name is looked up: what a page of ours asked for would be seen. */
const BROWSERS_OWN = [
  'accounts.google.com',
  'android.clients.google.com',
  'content-autofill.googleapis.com',
  'google.com',
  'update.googleapis.com',
];
const withoutItsOwn = `--host-resolver-rules=${BROWSERS_OWN.map((name) => `MAP ${name} ~NOTFOUND`).join(',')}`;

/**
 * End-to-end tests drive what a user gets: the built application, in a real browser. The same tests run in every program that shows
 * the page; each has some of its own.
 */
export default defineConfig<{ host: string }>({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // Fits take both processors of a small machine; two at a time would measure each other.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  use: {
    viewport: { width: 1280, height: 800 },
    acceptDownloads: true,
    trace: 'retain-on-failure',
    launchOptions: { executablePath: installedChromium() ?? undefined, args: [...chromiumArguments, withoutItsOwn] },
  },
  projects: [
    {
      name: 'browser-host',
      testIgnore: ['**/shell/**', '**/conformance/**'],
      use: { host: 'browser-host' },
    },
    // Accessibility is the page's, whatever shows it, and its rules take a minute to judge.
    {
      name: 'stand-in',
      testIgnore: ['**/browser-host/**', '**/accessibility.spec.ts'],
      use: { host: 'stand-in' },
    },
    { name: 'electron', testIgnore: '**/browser-host/**', use: { host: 'electron' } },
  ],
});
