/** Draws every icon of resources from resources/icon.svg: node scripts/make-icon.mjs */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { chromiumArguments, provideChromium } from './lib/chromium.mjs';
import { icns, ico } from './lib/icon-files.mjs';
import { Failure, runMain } from './lib/run.mjs';

/** Pixels: what Linux desktops, macOS and Windows show somewhere. */
const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const resource = (name) => fileURLToPath(new URL(`../resources/${name}`, import.meta.url));

await runMain(async () => {
  const { path, reason } = await provideChromium();
  if (!path) throw new Failure(`The icon needs a browser to be drawn: ${reason}.`);
  const browser = await chromium.launch({ executablePath: path, args: chromiumArguments });
  const page = await browser.newPage();
  const source = readFileSync(resource('icon.svg'), 'utf8');
  const images = [];
  for (const size of SIZES) {
    await page.setViewportSize({ width: size, height: size });
    const svg = source.replace('<svg ', `<svg width="${size}" height="${size}" `);
    await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svg}`);
    images.push({ size, png: await page.screenshot({ omitBackground: true }) });
  }
  await browser.close();
  mkdirSync(resource('icons'), { recursive: true });
  for (const { size, png } of images.filter(({ size }) => size <= 512)) {
    writeFileSync(resource(`icons/${size}x${size}.png`), png);
  }
  writeFileSync(resource('icons/icon.icns'), icns(images));
  writeFileSync(resource('icons/icon.ico'), ico(images));
  writeFileSync(resource('icon.png'), images.at(-1).png);
  return 0;
});
