import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRawHeader } from '@electron/asar';
import { NtExecutable, NtExecutableResource } from 'resedit';
import { describe, expect, test } from 'vitest';
import { filesIn, filesOfArchive, fuses, SAFE_FUSES } from './contents';
import { makePackage, packaged } from './package';

/** The packages of the systems that are not this one, made here: all but what signing and installers do. */
const bindings = ['linux-x64', 'darwin-x64', 'darwin-arm64', 'win32-x64'];

/** What Electron compares an archive with before it loads anything from it. */
const headerHash = (archive: string) => createHash('sha256').update(getRawHeader(archive).headerString).digest('hex');

/** DuckDB's native parts in a package. */
const native = (resources: string) =>
  filesIn(join(resources, 'app.asar.unpacked')).filter((path) => path.endsWith('.node'));

describe('a package for macOS', () => {
  const made = packaged({ system: 'mac', arch: 'arm64', bindings });
  const information = () => readFileSync(join(made().resources, '../Info.plist'), 'utf8').replace(/>\s+</g, '><');

  test('has its fuses as the security list asks', async () => expect(await fuses(made().program)).toEqual(SAFE_FUSES));

  test('names the hash of its archive, for the integrity check', () =>
    expect(information()).toContain(
      `<key>Resources/app.asar</key><dict><key>algorithm</key><string>SHA256</string><key>hash</key><string>${headerHash(join(made().resources, 'app.asar'))}</string>`,
    ));

  test('holds the native part of its own processor alone', () =>
    expect(native(made().resources)).toEqual(['node_modules/@duckdb/node-bindings-darwin-arm64/duckdb.node']));

  test('owns projects, and is one of those that open tables', () => {
    const types = information().match(/<key>CFBundleDocumentTypes<\/key><array>(.*?)<\/array><key>CFBundleE/)![1]!;
    const said = types
      .split('<key>CFBundleTypeExtensions</key>')
      .slice(1)
      .map((type) => [...type.matchAll(/<string>([^<]*)<\/string>/g)].map(([, text]) => text));
    expect(said).toEqual([
      ['moe', 'icon.icns', 'MoE Lab project', 'Editor', 'Owner'],
      ['csv', 'icon.icns', 'Comma-separated table', 'Viewer', 'Alternate'],
      ['tsv', 'icon.icns', 'Tab-separated table', 'Viewer', 'Alternate'],
    ]);
    expect(information()).toContain('<key>UTTypeIdentifier</key><string>org.moelab.project</string>');
  });
});

describe('a package for Windows', () => {
  const made = packaged({ system: 'win', bindings });
  const resources = () => {
    const program = NtExecutable.from(readFileSync(made().program), { ignoreCert: true });
    return NtExecutableResource.from(program).entries;
  };

  test('has its fuses as the security list asks', async () => expect(await fuses(made().program)).toEqual(SAFE_FUSES));

  test('names the hash of its archive, for the integrity check', () => {
    const integrity = resources().find(({ type, id }) => type === 'INTEGRITY' && id === 'ELECTRONASAR')!;
    expect(JSON.parse(Buffer.from(integrity.bin).toString())).toEqual([
      { file: 'resources\\app.asar', alg: 'SHA256', value: headerHash(join(made().resources, 'app.asar')) },
    ]);
  });

  test('has an icon', () => expect(resources().some(({ type }) => type === 14)).toBe(true));

  test('holds the native part of its own processor alone', () =>
    expect(native(made().resources)).toEqual(['node_modules/@duckdb/node-bindings-win32-x64/duckdb.node']));

  test('holds what the others hold', () => {
    const packed = filesOfArchive(join(made().resources, 'app.asar'));
    expect(packed).toEqual(expect.arrayContaining(['out/main/main.js', 'out/preload/preload.cjs', 'package.json']));
    expect(packed.filter((path) => /^(scripts|test|core|electron|renderer)\/|\.map$/.test(path))).toEqual([]);
  });
});

test('a package without the native part of its processor is refused, with a way out', () => {
  const folder = mkdtempSync(join(tmpdir(), 'moe-package-'));
  try {
    const { status, output } = makePackage(folder, { system: 'mac', arch: 'x64', bindings: ['darwin-arm64'] });
    expect(status).not.toBe(0);
    expect(output).toMatch(
      /The package lacks DuckDB for darwin-x64.*npm install --no-save --force @duckdb\/node-bindings-darwin-x64@\d/,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);
