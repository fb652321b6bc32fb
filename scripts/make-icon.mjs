/** Draws resources/icon.png, which packaging turns into every system's icon, from resources/icon.svg: node scripts/make-icon.mjs */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { chromiumArguments, provideChromium } from './lib/chromium.mjs';
import { Failure, runMain } from './lib/run.mjs';

const SIZE = 1024;
const resource = (name) => fileURLToPath(new URL(`../resources/${name}`, import.meta.url));

await runMain(async () => {
  const { path, reason } = await provideChromium();
  if (!path) throw new Failure(`The icon needs a browser to be drawn: ${reason}.`);
  const browser = await chromium.launch({ executablePath: path, args: chromiumArguments });
  const page = await browser.newPage({ viewport: { width: SIZE, height: SIZE } });
  const svg = readFileSync(resource('icon.svg'), 'utf8').replace('<svg ', `<svg width="${SIZE}" height="${SIZE}" `);
  await page.setContent(`<style>body{margin:0}</style>${svg}`);
  await page.screenshot({ path: resource('icon.png'), omitBackground: true });
  await browser.close();
  return 0;
});
