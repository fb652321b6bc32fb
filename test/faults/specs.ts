import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { run } from './process';

/** Specs of one project; `files` are below test/e2e. */
export interface Specs {
  readonly project: string;
  readonly files: readonly string[];
}

export interface Failure {
  readonly project: string;
  /** The spec's file and the test's title. */
  readonly file: string;
  readonly title: string;
  /** What it said, in one line. */
  readonly said: string;
}

/** "stand-in: shell/links" as the specs it means. */
export function specsNamed(name: string): Specs {
  const [project, file] = name.split(': ');
  return { project, files: [`${file}.spec.ts`] };
}

/** Everything that could see a fault: the hosts' own specs first, they are quick and sharp. */
export const ALL: readonly Specs[] = [
  { project: 'browser-host', files: ['browser-host/'] },
  { project: 'stand-in', files: ['shell/'] },
  ...['browser-host', 'stand-in'].map((project) => ({
    project,
    files: [
      ...['start', 'engine', 'engine-life', 'engine-gone', 'policy', 'frame'],
      ...['whole-path', 'project', 'interruptions', 'experiments'],
    ].map((name) => `${name}.spec.ts`),
  })),
];

export interface Choice {
  /** Titles: these tests alone, or all but these. */
  readonly only?: string;
  readonly except?: readonly string[];
  /** How often a test that fails may try again. */
  readonly retries?: number;
}

/**
 * Runs specs on the application built in `app`. Gives the first test that failed, or null.
 *
 * @param root  whose specs are run
 */
export async function firstFailure(
  root: string,
  app: string,
  specs: Specs,
  choice: Choice = {},
): Promise<Failure | null> {
  const { only, except = [], retries = 0 } = choice;
  const own = mkdtempSync(join(app, 'specs-'));
  const report = join(own, 'report.json');
  const files = specs.files.map((file) => join('test/e2e', file)).filter((file) => existsSync(join(root, file)));
  const options = ['--reporter=json', '--max-failures=1', '--timeout=60000', '--trace=off', `--retries=${retries}`];
  if (only !== undefined) options.push(`--grep=${literally(only)}$`);
  if (except.length) options.push(`--grep-invert=${except.map((title) => `${literally(title)}$`).join('|')}`);
  const { output } = await run(
    [
      join(root, 'node_modules/@playwright/test/cli.js'),
      'test',
      `--project=${specs.project}`,
      `--output=${join(own, 'results')}`,
      ...options,
      ...files,
    ],
    { cwd: root, env: { ...process.env, MOE_LAB_APP: app, PLAYWRIGHT_JSON_OUTPUT_NAME: report } },
  );
  if (!existsSync(report)) throw new Error(`Playwright gave no report:\n${output}`);
  const { suites = [], errors = [] } = JSON.parse(readFileSync(report, 'utf8')) as Report;
  const failed = testsOf(suites).find(({ status }) => status === 'unexpected');
  if (failed) return { project: specs.project, file: failed.file, title: failed.title, said: failed.said };
  // Every test that there was has been left out.
  if (except.length && errors.every(({ message = '' }) => message.includes('No tests found'))) return null;
  if (errors.length) throw new Error(`The specs do not run: ${errors[0].message}`);
  return null;
}

interface Report {
  readonly suites?: readonly Suite[];
  readonly errors?: readonly { readonly message?: string }[];
}

interface Suite {
  readonly file: string;
  readonly specs: readonly {
    readonly title: string;
    readonly tests: readonly {
      readonly status: string;
      readonly results: readonly { readonly error?: { readonly message?: string } }[];
    }[];
  }[];
  readonly suites?: readonly Suite[];
}

function testsOf(suites: readonly Suite[]): { file: string; title: string; status: string; said: string }[] {
  return suites.flatMap(({ file, specs, suites: inner = [] }) => [
    ...specs.flatMap(({ title, tests }) =>
      tests.map(({ status, results }) => ({ file, title, status, said: firstLine(results[0]?.error?.message ?? '') })),
    ),
    ...testsOf(inner),
  ]);
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const firstLine = (text: string): string => stripVTControlCharacters(text).split('\n')[0].slice(0, 160);
