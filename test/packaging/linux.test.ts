import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { extractFile } from '@electron/asar';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { packageSizes } from '../../scripts/lib/dist-sizes.mjs';
import type { FitSpec } from '../../core/protocol';
import { filesIn, filesOfArchive, fuses, SAFE_FUSES } from './contents';
import { packaged, root } from './package';
import { appImageTools } from './appimage-tools';
import { debTool } from './deb-tool';
import { startCore } from './packaged-core';

const here = `${process.platform}-${process.arch}`;
const others = ['linux-x64', 'linux-x64-musl', 'linux-arm64', 'darwin-arm64', 'win32-x64'].filter(
  (one) => one !== here,
);

// Its core is started below, so it is made for this computer; the other systems' packages have tests of their own.
describe.runIf(here === 'linux-x64')('a package for Linux', () => {
  const made = packaged({
    system: 'linux',
    targets: ['dir', 'deb', 'AppImage'],
    bindings: [here, ...others],
    // The tools that make packages are not at hand everywhere; what they are told to put in is.
    env: { CUSTOM_FPM_PATH: debTool(), APPIMAGE_TOOLS_PATH: appImageTools() },
  });
  const deb = () => JSON.parse(readFileSync(join(made().dist, 'deb.json'), 'utf8')) as Deb;
  const unpacked = () => join(made().resources, 'app.asar.unpacked');
  const archive = () => join(made().resources, 'app.asar');

  test('has its fuses as the security list asks', async () => expect(await fuses(made().program)).toEqual(SAFE_FUSES));

  test('holds what is built, the resources that are read, DuckDB, and nothing else', () => {
    const packed = filesOfArchive(archive());
    const kinds = (path: string) =>
      [
        /^package\.json$/,
        /^out\/main\/(main|core|worker)\.js$/,
        /^out\/main\/chunks\/[\w-]+\.js$/,
        /^out\/preload\/preload\.cjs$/,
        /^out\/renderer\/(index\.html|licences\.txt)$/,
        /^out\/renderer\/assets\/[\w.-]+\.(js|css|woff2?|svg|wasm)$/,
        /^resources\/(icon\.png|LICENCES\.md|samples\/[\w.-]+)$/,
        /^node_modules\/(@duckdb\/(node-api|node-bindings|node-bindings-linux-x64)|detect-libc)\//,
      ].some((kind) => kind.test(path));
    expect(packed.filter((path) => !kinds(path))).toEqual([]);
    expect(packed.filter((path) => /\.(map|ts|vue|md)$/.test(path) && !path.includes('LICENCES'))).toEqual([]);
    expect(packed).toEqual(
      expect.arrayContaining([
        'out/main/main.js',
        'out/preload/preload.cjs',
        'out/renderer/index.html',
        'out/renderer/licences.txt',
        'resources/icon.png',
      ]),
    );
  });

  test("what Electron's own folder must keep is there, and its start page is not", () => {
    const beside = readdirSync(dirname(made().resources));
    expect(beside).toEqual(expect.arrayContaining(['moe-lab', 'LICENSE.electron.txt', 'LICENSES.chromium.html']));
    expect(readdirSync(made().resources).sort()).toEqual(['app.asar', 'app.asar.unpacked', 'apparmor-profile']);
  });

  test('main, the preload and the page stay in the archive, whose integrity is checked; the core lies beside it', () => {
    const outside = filesIn(unpacked());
    expect(outside.filter((path) => /^out\/(preload|renderer|main\/main)/.test(path))).toEqual([]);
    expect(outside).toEqual(
      expect.arrayContaining([
        'package.json',
        'out/main/core.js',
        'out/main/worker.js',
        'resources/samples/samples.json',
        'node_modules/@duckdb/node-bindings-linux-x64/duckdb.node',
        'node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so',
      ]),
    );
  });

  test('it weighs what docs/packaging.md says, and most of it is DuckDB', () => {
    const sizes = packageSizes(made().resources);
    const of = (start: string) =>
      sizes.filter(({ part }) => part.startsWith(start)).reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
    expect(of('DuckDB')).toBeLessThan(80);
    expect(of('') - of('DuckDB')).toBeLessThan(6);
    expect(of('page: scripts')).toBeLessThan(1.5);
  });

  test('its package.json is the application, without what only developers need', () => {
    const packed = JSON.parse(extractFile(archive(), 'package.json').toString()) as Record<string, unknown>;
    const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
    expect(packed).toMatchObject({ main: 'out/main/main.js', version: own.version, desktopName: 'moe-lab.desktop' });
    expect(packed).not.toHaveProperty('devDependencies');
    expect(packed).not.toHaveProperty('scripts');
  });

  test('a deb says who is behind it and what it needs', () => {
    const { options } = deb();
    expect(options).toMatchObject({
      name: 'moe-lab',
      architecture: 'amd64',
      maintainer: 'The MoE Lab authors <maintainers@moe-lab.example>',
      url: 'https://moe-lab.example',
      license: 'MIT',
      category: 'science',
    });
    expect(options.depends).toContain('libgtk-3-0');
    expect(options.package).toMatch(/moe-lab-[\d.]+-linux-amd64\.deb$/);
  });

  test('a deb tells the desktop what opens with it, and how a window is known', () => {
    const lines = deb().texts['/usr/share/applications/moe-lab.desktop']!.trim().split('\n').slice(1);
    const { MimeType, ...entry } = Object.fromEntries(
      lines.map((line) => /^(\w+)=(.*)$/.exec(line)!.slice(1)),
    ) as Record<string, string>;
    expect(entry).toEqual({
      Name: 'MoE Lab',
      Comment: 'Fit, compare and understand mixtures of experts on your own tables',
      Exec: '"/opt/MoE Lab/moe-lab" %U',
      Terminal: 'false',
      Type: 'Application',
      Icon: 'moe-lab',
      StartupWMClass: 'moe-lab',
      Categories: 'Science;Education;DataVisualization;',
      Keywords: 'statistics;regression;mixture;experts;csv;',
    });
    // Made together with an AppImage, electron-builder says one of them twice.
    expect(new Set(MimeType!.split(';'))).toEqual(
      new Set(['text/csv', 'text/tab-separated-values', 'application/x-moe-lab', '']),
    );
    expect(deb().texts['/usr/share/mime/packages/moe-lab.xml']).not.toContain('csv');
    expect(deb().texts['/usr/share/mime/packages/moe-lab.xml']).toMatch(
      /<mime-type type="application\/x-moe-lab">\s*<glob pattern="\*\.moe"\/>\s*<comment>MoE Lab project<\/comment>/,
    );
  });

  test('a deb brings the icon in every size', () => {
    const icons = deb().paths.filter((path) => path.startsWith('/usr/share/icons/'));
    expect(icons).toEqual(
      [16, 24, 32, 48, 64, 128, 256, 512].map((n) => `/usr/share/icons/hicolor/${n}x${n}/apps/moe-lab.png`),
    );
  });

  test('an AppImage gives up the sandbox only where the system has none to give', () => {
    const said = (name: string) => readFileSync(join(made().dist, `appimage-${name}`), 'utf8');
    expect(said('moe-lab.desktop')).toContain('Exec=AppRun %U\n');
    expect(said('AppRun')).toMatch(/! unshare -Ur true .*; then\s+NO_SANDBOX=\(--no-sandbox\)/);
  });

  test('every import of the files beside the archive is found there', () => {
    const scripts = filesIn(unpacked()).filter((path) => /\.c?js$/.test(path));
    const missing = scripts.flatMap((path) => {
      const { resolve } = createRequire(join(unpacked(), path));
      return imports(readFileSync(join(unpacked(), path), 'utf8'))
        .filter((name) => !resolves(resolve, name))
        .map((name) => `${path}: ${name}`);
    });
    expect(scripts.length).toBeGreaterThan(50);
    expect(missing).toEqual([]);
  });

  test('its core starts there, opens an example and fits it in its threads', { timeout: 60_000 }, async () => {
    const core = await startCore(join(unpacked(), 'out/main/core.js'));
    const { samples } = await core.ask('engine/hello', {});
    expect(samples.map(({ id }) => id)).toContain('mixture-k2');
    const table = await core.ask('data/open', { source: { kind: 'sample', id: 'mixture-k2' }, dialect: {} });
    const names = table.columns.map(({ name }) => name);
    const design = { ...recipe, target: names.at(-1)!, features: names.slice(0, -1) };
    const finished = core.event('run/finished');
    await core.ask('fit/start', { runId: 'r', tableId: table.tableId, design, fit });
    const run = await finished;
    expect(run).toMatchObject({ state: 'done' });
    if (run.state === 'done') expect(run.result.report.starts).toHaveLength(2);
    expect(await core.stop()).toBe(0);
  });
});

const recipe = {
  gateFeatures: null,
  types: {},
  preprocess: 'standardise',
  output: 'auto',
  intercept: true,
  split: { kind: 'fraction', fraction: 0.2, seed: 1 },
} as const;
const fit: FitSpec = {
  method: 'joint-em',
  experts: 2,
  activation: 'linear',
  seed: 1,
  restarts: 2,
  noise: null,
  polish: null,
  maxIterations: 50,
  tolerance: 1e-7,
  timeLimit: null,
  options: {},
};

/** As recording-fpm.mjs writes it. */
interface Deb {
  readonly options: Record<string, string | string[]>;
  readonly paths: readonly string[];
  readonly texts: Readonly<Record<string, string>>;
}

/** Native parts that only other systems have. */
const elsewhere = new RegExp(`^@duckdb/node-bindings-(?!${here}/)`);

/** What a script asks for by name. */
const imports = (source: string) =>
  ts
    .preProcessFile(source, true, true)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => !elsewhere.test(name));

function resolves(resolve: NodeJS.RequireResolve, name: string): boolean {
  try {
    resolve(name);
    return true;
  } catch {
    return false;
  }
}
