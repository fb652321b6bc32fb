import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesIn } from './contents';
import { root } from './package';

/** Licences that ask for no more than to be passed on. */
const ALLOWED = ['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'OFL-1.1'];

const text = readFileSync(join(root, 'out/renderer/licences.txt'), 'utf8');
const packages = [...text.matchAll(/^(\S+) (\d\S*): (\S+)$/gm)].map(([, name, version, licence]) => ({
  name: name!,
  version: version!,
  licence: licence!,
}));

/** What a package's heading is followed by. */
function licenceOf(label: string): string {
  const [, ...sections] = text.split(/^-{80}$/m);
  const heading = sections.findIndex((part, i) => i % 2 === 0 && part.trim().split('\n').includes(label));
  return sections[heading + 1] ?? '';
}

test('every package has a licence that lets it be shipped, and its text', () => {
  expect(packages.length).toBeGreaterThan(30);
  expect(packages.filter(({ licence }) => !ALLOWED.includes(licence))).toEqual([]);
  const without = packages.filter(
    ({ name, version }) => !/copyright|permission/i.test(licenceOf(`${name} ${version}`)),
  );
  expect(without).toEqual([]);
});

test('what a package must pass on beside its licence is passed on', () => {
  const echarts = licenceOf(`echarts ${packages.find(({ name }) => name === 'echarts')!.version}`);
  expect(echarts).toContain('This product includes software developed at\nThe Apache Software Foundation');
  expect(echarts).toContain('Mike Bostock');
});

test("MoE Lab's own licence and those of the example tables are in it", () => {
  expect(licenceOf('MoE Lab')).toContain('The MoE Lab authors');
  expect(licenceOf('Example tables')).toContain('Palmer penguins');
});

test('what is shipped unbundled is in it, and the fonts', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const native = readdirSync(join(root, 'node_modules/@duckdb')).map((name) => `@duckdb/${name}`);
  const names = packages.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining([...Object.keys(dependencies), ...native]));
  const fonts = filesIn(join(root, 'out/renderer/assets')).filter((file) => /\.woff2?$/.test(file));
  const unnamed = fonts.filter(
    (file) => !names.some((name) => /font/.test(name) && file.startsWith(name.split('/')[1]!)),
  );
  expect(fonts.length).toBeGreaterThan(3);
  expect(unnamed).toEqual([]);
});

test('every package whose code the builds hold is in it', { timeout: 120_000 }, () => {
  const out = mkdtempSync(join(tmpdir(), 'moe-licences-'));
  try {
    // Source maps tell where each piece came from, by another way than the list was made.
    const tool = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
    execFileSync(process.execPath, [tool, 'build', '--sourcemap', '--outDir', out], { cwd: root, stdio: 'pipe' });
    const maps = filesIn(out).filter((file) => file.endsWith('.map'));
    const sources = maps.flatMap(
      (file) => (JSON.parse(readFileSync(join(out, file), 'utf8')) as { sources: string[] }).sources,
    );
    const bundled = sources.flatMap((source) => /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? []);
    const names = new Set(packages.map(({ name }) => name));
    expect(bundled.length).toBeGreaterThan(300);
    expect([...new Set(bundled)].filter((name) => !names.has(name))).toEqual([]);
  } finally {
    rmSync(out, { recursive: true });
  }
});
