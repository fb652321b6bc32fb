import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { appRoot } from '../fixtures/root';
import { expect, test } from '../fixtures';

/** Not by their names, which change with every build. */
const holdsCharts = (text: string): boolean => text.includes('_echarts_instance_');

test('the page is shown without the library of the charts, which a screen with charts brings along', async ({
  app,
}) => {
  const { page } = app;
  await expect(page.getByText('Auto MPG').first()).toBeVisible();
  /** Scripts of the page by now. */
  const scripts = async (): Promise<string[]> => {
    const addresses = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    return addresses
      .map((address) => new URL(address).pathname)
      .filter((path) => path.endsWith('.js'))
      .map((path) => readFileSync(join(appRoot, 'out/renderer', path), 'utf8'));
  };
  const first = await scripts();
  expect(first.length).toBeGreaterThan(0);
  expect(first.filter(holdsCharts)).toEqual([]);
  await page
    .getByRole('button', { name: /^Auto MPG/ })
    .first()
    .click();
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  expect((await scripts()).filter(holdsCharts)).toEqual([]);
  await page.getByRole('banner').getByText('Explore').click();
  await expect(page.getByRole('img', { name: /Click a cell/ })).toBeVisible();
  expect((await scripts()).filter(holdsCharts)).toHaveLength(1);
});

/** Files of the built program that starting one of them reads, and the packages they import at once. */
function readAtStart(entry: string): { files: string[]; packages: string[] } {
  const files = new Set<string>([join(appRoot, 'out/main', entry)]);
  const packages = new Set<string>();
  for (const file of files)
    for (const [, , name] of readFileSync(file, 'utf8').matchAll(/^(import|export)\b[^;\n]*?["']([^"'\n]+)["'];?$/gm))
      if (name.startsWith('.')) files.add(join(dirname(file), name));
      else if (!name.startsWith('node:')) packages.add(name);
  return { files: [...files], packages: [...packages] };
}

test('neither the core, nor a thread, nor the command line loads the table engine when it starts', () => {
  const TABLES = '@duckdb/node-bindings';
  const hasEngine = (file: string) => readFileSync(file, 'utf8').includes(`("${TABLES}")`);
  for (const entry of ['core.js', 'worker.js', 'cli.js']) {
    const { files, packages } = readAtStart(entry);
    expect(files.length, `${entry} is made of several files`).toBeGreaterThan(1);
    expect(packages, entry).not.toContain(TABLES);
    expect(files.filter(hasEngine), entry).toEqual([]);
  }
  // It is there all the same, for the first table.
  const chunks = join(appRoot, 'out/main/chunks');
  const [engine, ...others] = readdirSync(chunks).filter((name) => hasEngine(join(chunks, name)));
  expect(others).toEqual([]);
  const loads = readAtStart('core.js').files.filter((file) =>
    readFileSync(file, 'utf8').includes(`import("./${engine}")`),
  );
  expect(loads).toHaveLength(1);
});
