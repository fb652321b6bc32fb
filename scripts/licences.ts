/**
 * The licences of everything that goes to users and is not ours, as one text in the page's folder: what the builds bundle, what is
 * shipped as packages, and the example tables. (Vite's `build.license` knows the bundled part alone, and no notices.)
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

interface Package {
  readonly name: string;
  readonly version: string;
  /** SPDX identifier, as package.json has it. */
  readonly licence: string;
  /** What the licence asks to be passed on, with the notices and the licences of code the package has from others. */
  readonly text: string;
}

/** Their helpers for modules and components are in what they build. */
const BUILD_TOOLS = ['vite', 'rolldown', '@vitejs/plugin-vue'];

/**
 * Plugins for the builds of one program: `note` for each, and `write` for the last one, which ends with licences.txt.
 * @param root The folder of the project's package.json.
 */
export function licences(root: string): { note(): Plugin; write(): Plugin } {
  const folders = new Set(BUILD_TOOLS.map((name) => join(root, 'node_modules', name)));
  const note = (): Plugin => ({
    name: 'moe-lab:note-packages',
    apply: 'build',
    generateBundle(_, bundle) {
      for (const part of Object.values(bundle)) {
        if (part.type === 'chunk') part.moduleIds.flatMap(packageFolder).forEach((folder) => folders.add(folder));
      }
    },
  });
  const write = (): Plugin => ({
    name: 'moe-lab:licences',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler() {
        const packages = [...new Set([...folders, ...shipped(root)])].map(readPackage);
        this.emitFile({ type: 'asset', fileName: 'licences.txt', source: licencesText(root, packages) });
      },
    },
  });
  return { note, write };
}

/** The folder of the package a module is of; empty for our own modules and for those a tool made up. */
function packageFolder(moduleId: string): string[] {
  const path = /^[^\0?]*/.exec(moduleId)?.[0] ?? '';
  return /^.*[\\/]node_modules[\\/](@[^\\/]+[\\/])?[^\\/]+/.exec(path)?.slice(0, 1) ?? [];
}

/** The folders of the packages that are shipped as they are, and of those they need: all that are installed here. */
function shipped(root: string): string[] {
  const found = new Set<string>();
  const visit = (folder: string) => {
    const { dependencies, optionalDependencies } = readJson(folder);
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const needed = resolve(name, folder, root);
      if (needed === null || found.has(needed)) continue;
      found.add(needed);
      visit(needed);
    }
  };
  visit(root);
  return [...found];
}

/** Where Node would find a package, or null where this computer has none (native parts of other systems). */
function resolve(name: string, from: string, root: string): string | null {
  const folder = join(from, 'node_modules', name);
  if (existsSync(join(folder, 'package.json'))) return folder;
  return from === root ? null : resolve(name, dirname(from), root);
}

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly dependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
}

const readJson = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;

function readPackage(folder: string): Package {
  const { name, version, license: licence = 'unknown' } = readJson(folder);
  const files = readdirSync(folder).sort();
  const others = join(folder, 'licenses');
  const texts = [
    ...files.filter((file) => /^(licen[cs]e|copying)/i.test(file)).slice(0, 1),
    ...files.filter((file) => /^notice/i.test(file)),
  ].map((file) => join(folder, file));
  if (existsSync(others)) texts.push(...readdirSync(others).map((file) => join(others, file)));
  return { name, version, licence, text: texts.map(readText).join('\n\n') };
}

/** A build tool's file also lists what is in the tool, and that stays there. */
const readText = (path: string) =>
  readFileSync(path, 'utf8')
    .replace(/\r\n/g, '\n')
    .split(/^# Licenses of bundled dependencies/m)[0]!
    .trim();

/** Equal texts are printed once, with the names of all who use them. */
export function licencesText(root: string, packages: readonly Package[]): string {
  const sorted = [...new Map(packages.map((one) => [label(one), one])).values()].sort((a, b) =>
    label(a) < label(b) ? -1 : 1,
  );
  const sections = [...new Set(sorted.map(({ text }) => text))].map((text) => {
    const users = sorted.filter((one) => one.text === text);
    return section(users.map(label).join('\n'), text);
  });
  return `${[
    section('MoE Lab', readText(join(root, 'LICENSE'))),
    section(
      'What MoE Lab is made of',
      `The licences follow this list.\n\n${sorted.map((one) => `${label(one)}: ${one.licence}`).join('\n')}`,
    ),
    ...sections,
    section('Example tables', readText(join(root, 'resources/samples/LICENCES.md')).replace(/^# .*\n+/, '')),
  ].join('\n\n')}\n`;
}

const label = ({ name, version }: Package) => `${name} ${version}`;
const section = (title: string, text: string) => `${'-'.repeat(80)}\n${title}\n${'-'.repeat(80)}\n\n${text}`;
