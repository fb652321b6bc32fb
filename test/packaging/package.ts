/**
 * Packages the built application against a stub distribution, in a copy of the project under a path with blanks and letters beyond
 * ASCII, as `electron-builder` does for `npm run dist -- --dir`. Only what is packaged is copied; native parts of other systems are
 * stood for by a file.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect } from 'vitest';
import { writeStubElectron, type System } from './stub-electron';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where the application lies in the package, and the binary with the fuses. */
const places: Record<System, { readonly resources: string; readonly program: string }> = {
  linux: { resources: 'linux-unpacked/resources', program: 'linux-unpacked/moe-lab' },
  mac: { resources: 'mac-arm64/MoE Lab.app/Contents/Resources', program: 'mac-arm64/MoE Lab.app' },
  win: { resources: 'win-unpacked/resources', program: 'win-unpacked/MoE Lab.exe' },
};

export interface Package {
  readonly dist: string;
  readonly resources: string;
  readonly program: string;
  /** 0 when it was made. */
  readonly status: number | null;
  readonly output: string;
}

export interface Wanted {
  readonly system: System;
  readonly arch?: 'x64' | 'arm64';
  readonly targets?: readonly string[];
  /** DuckDB's native parts that "npm has installed"; those of this computer are real. */
  readonly bindings?: readonly string[];
  readonly env?: Record<string, string>;
}

/** A package for all tests of a describe block, which fail with what the builder said when there is none. */
export function packaged(wanted: Wanted): () => Package {
  const folder = mkdtempSync(join(tmpdir(), 'moe-package-'));
  const made: { package?: Package } = {};
  beforeAll(() => {
    made.package = makePackage(folder, wanted);
    expect(made.package.status, made.package.output).toBe(0);
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true }));
  return () => made.package!;
}

export function makePackage(
  folder: string,
  { system, arch = 'x64', targets = ['dir'], bindings = [], env = {} }: Wanted,
): Package {
  const project = join(folder, 'Übung mit Löchern');
  const stub = join(folder, 'stub');
  writeStubElectron(system, stub);
  const needed = ['package.json', 'package-lock.json', 'electron-builder.yml', 'out', 'resources'];
  const scripts = ['after-pack.mjs', 'lib/package-contents.mjs'].map((name) => `scripts/${name}`);
  for (const path of [...needed, ...shippedPackages(), ...scripts])
    cpSync(join(root, path), join(project, path), { recursive: true });
  bindings.forEach((target) => addBindings(project, target));
  // Not in the project, whose own packages would be found from there.
  const dist = join(folder, 'gepäckt');
  const builder = join(root, 'node_modules/electron-builder/cli.js');
  // Apple's codesign is on a Mac alone.
  const unsigned = system === 'mac' ? ['-c.electronFuses.resetAdHocDarwinSignature=false'] : [];
  const options = [
    `--${system}`,
    ...targets,
    `--${arch}`,
    `-c.electronDist=${stub}`,
    `-c.directories.output=${dist}`,
    '--publish=never',
    ...unsigned,
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, [builder, ...options], {
    cwd: project,
    encoding: 'utf8',
    env: { ...process.env, CSC_IDENTITY_AUTO_DISCOVERY: 'false', ...env },
  });
  const { resources, program } = places[system];
  return { dist, resources: join(dist, resources), program: join(dist, program), status, output: stdout + stderr };
}

/** Packages that are not for developers, without native parts. */
function shippedPackages(): string[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; optional?: boolean }>;
  };
  return Object.keys(packages).filter((path) => path && !packages[path]!.dev && !packages[path]!.optional);
}

function addBindings(project: string, target: string): void {
  const name = `node_modules/@duckdb/node-bindings-${target}`;
  const folder = join(project, name);
  if (target === `${process.platform}-${process.arch}`) {
    cpSync(join(root, name), folder, { recursive: true });
    return;
  }
  mkdirSync(folder);
  const { version } = JSON.parse(
    readFileSync(join(project, 'node_modules/@duckdb/node-bindings/package.json'), 'utf8'),
  ) as {
    version: string;
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: `@duckdb/node-bindings-${target}`, version }));
  writeFileSync(join(folder, 'duckdb.node'), `stands for ${target}`);
}
