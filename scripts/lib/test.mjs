import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { provideChromium } from './chromium.mjs';
import { findElectron } from './electron-binary.mjs';
import { ensureInstalled } from './install.mjs';
import { Failure, run } from './run.mjs';
import { countOne, countPlaywright, countVitest, secondsPerProject, summary, sum } from './test-counts.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tools = {
  types: ['vue-tsc/bin/vue-tsc.js', '--build'],
  lint: ['eslint/bin/eslint.js', '.', '--max-warnings', '0'],
  format: ['prettier/bin/prettier.cjs', '--check', '.'],
  unit: ['vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json'],
  e2e: ['@playwright/test/cli.js', 'test'],
};
const parts = { checks, unit, e2e };

/** Gives the exit status. */
export async function testAll(names) {
  const unknown = names.find((name) => !Object.hasOwn(parts, name));
  if (unknown) throw new Failure(`There is no part "${unknown}". Usage: npm test -- [checks] [unit] [e2e].`, 2);
  await ensureInstalled(root);
  await ensureBuilt(root);
  const reports = mkdtempSync(join(tmpdir(), 'moe-lab-reports-'));
  try {
    const counts = [];
    for (const name of names.length ? names : Object.keys(parts)) counts.push(...(await parts[name](reports)));
    const total = sum(counts);
    console.log(`\n${summary(total)}`);
    return total.failed > 0 ? 1 : 0;
  } finally {
    rmSync(reports, { recursive: true });
  }
}

/** Types, lint and format, each counted as one test. */
async function checks() {
  const counts = [];
  for (const name of ['types', 'lint', 'format']) {
    console.log(`\nChecking ${name} …`);
    counts.push(countOne((await tool(name)) === 0));
  }
  return counts;
}

async function unit(reports) {
  console.log('\nUnit tests …');
  const report = join(reports, 'unit.json');
  const status = await tool('unit', [`--outputFile.json=${report}`]);
  return [countVitest(readReport(report), status)];
}

async function e2e(reports) {
  console.log('\nEnd-to-end tests …');
  const { path, reason } = await provideChromium();
  if (!path) {
    console.log(`SKIPPED: the application was not tested in a browser: ${reason}.`);
    if (process.env.MOE_LAB_REQUIRE_BROWSER) return [countOne(false)];
  }
  const report = join(reports, 'e2e.json');
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report, ...(path ? { MOE_LAB_CHROMIUM: path } : {}) };
  // The real shell's tests, each of which would only say that it cannot run, are told of in one line.
  const missing = process.env.REQUIRE_ELECTRON === '1' ? null : findElectron(root, env, process.platform).reason;
  const projects = missing ? ['browser-host', 'stand-in'] : ['browser-host', 'stand-in', 'electron'];
  const named = projects.map((name) => `--project=${name}`);
  const status = await tool('e2e', ['--reporter=list,json', ...named], env);
  const ran = readReport(report);
  const counts = [countPlaywright(ran, status)];
  for (const line of secondsPerProject(ran)) console.log(line);
  if (missing) counts.push(await untestedShell(missing, env, join(reports, 'electron.json')));
  return counts;
}

/** Counts the real shell's tests as skipped, without running one. */
async function untestedShell(reason, env, report) {
  const listing = { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const status = await tool('e2e', ['--project=electron', '--list', '--reporter=json'], listing, false);
  const count = countPlaywright(readReport(report), status);
  console.log(`SKIPPED: ${count.skipped} tests of the real Electron: ${reason}; REAL SHELL NOT TESTED.`);
  return count;
}

async function tool(name, more = [], env = process.env, show = true) {
  const [path, ...args] = tools[name];
  // Through a pipe the tools would leave their colours out.
  const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
  const { status } = await run(process.execPath, [join(root, 'node_modules', path), ...args, ...more], {
    cwd: root,
    env: { ...env, ...colour },
    show,
  });
  return status;
}

/** What a test runner wrote down, or null when it came to nothing. */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}
