/**
 * Benchmarks: npm run bench -- [case ...] [--all] [--quick] [--json <file>] [--node <binary>] [--data <folder>] [--reference <folder>]
 * Figures are of this machine in this run; where there is a peer it ran beside ours, in turn, and the ratio is what counts. A figure that
 * other work disturbed says so; a case none of whose figures counts is not kept, the others go to history.jsonl.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { built } from './built';
import type { Bench, BenchCase, BenchResult } from './case';
import { csv } from './cases/csv';
import { emIteration } from './cases/em-iteration';
import { flexmix } from './cases/flexmix';
import { flexmixIteration } from './cases/flexmix-iteration';
import { flights, million } from './cases/large-tables';
import { methods } from './cases/methods';
import { scaling } from './cases/scaling';
import { spectralCost } from './cases/spectral-cost';
import { startUp } from './cases/start-up';
import { streaming } from './cases/streaming';
import { type Entry, HISTORY, provenance, remember } from './history';
import { judged, machineName, watchOthers } from './machine';
import { electronNode } from './node-versions';
import { table } from './table';

const cases: readonly BenchCase[] = [
  emIteration,
  flexmix,
  flexmixIteration,
  csv,
  scaling,
  startUp,
  methods,
  spectralCost,
  flights,
  million,
  streaming,
];
const PROGRAMS = 'test/bench/programs';

const { values, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    all: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    node: { type: 'string' },
    data: { type: 'string' },
    reference: { type: 'string' },
  },
});
const unknown = names.find((name) => !cases.some((one) => one.name === name));
if (unknown) {
  console.error(`There is no benchmark "${unknown}": there are ${cases.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

/** What a case did, and what its figures rest on. */
interface Run {
  readonly entry: Entry;
  readonly notes: readonly string[];
}

const machine = machineName();
const skipped: string[] = [];
/** A case that fails leaves the others be. */
const failed: string[] = [];
const programs = await built(readdirSync(PROGRAMS).map((file) => `${PROGRAMS}/${file}`));

async function measure(one: BenchCase): Promise<Run> {
  const notes: string[] = [];
  const bench: Bench = {
    quick: values.quick,
    data: values.data ?? null,
    reference: values.reference ?? null,
    node: otherNode,
    built: programs,
    skip: (sentence) => void skipped.push(sentence),
    note: (sentence) => void notes.push(sentence),
  };
  const begun = performance.now();
  const results: BenchResult[] = [];
  const busy: number[] = [];
  let watched = watchOthers();
  for await (const group of one.run(bench)) {
    const quiet = watched();
    if (quiet.others !== null) busy.push(quiet.others);
    results.push(...judged(quiet, group));
    watched = watchOthers();
  }
  const { load } = watched();
  const others = busy.length > 0 ? Math.max(...busy) : null;
  const seconds = (performance.now() - begun) / 1000;
  return {
    entry: { ...provenance(), machine, node: process.version, case: one.name, load, others, seconds, results },
    notes,
  };
}

const counts = ({ doubt }: BenchResult): boolean => doubt === undefined;

function show({ entry: { case: name, load, others, seconds, results }, notes }: Run): void {
  const beside = others === null ? '' : `, other work up to ${others.toFixed(2)} processors`;
  console.log(`\n${name}: ${seconds.toFixed(0)} s, load ${load.toFixed(2)}${beside}`);
  console.log(table(results));
  for (const note of notes) console.log(note);
  const invalid = results.filter((result) => !counts(result)).length;
  if (invalid > 0)
    console.log(
      `INVALID  ${invalid} of ${results.length} figures of ${name} do not count: run it again on a machine with nothing else to do.`,
    );
}

const runs: Run[] = [];
const isKept = ({ entry }: Run) => !values.quick && entry.results.some(counts);
const otherNode = values.node ?? electronNode(!values.quick);
if (otherNode === null) skipped.push('Node 24, which Electron brings: it is not here, and npm could not fetch it.');
console.log(`${machine}, Node ${process.version}${values.quick ? '; quick: sizes too small to mean anything' : ''}`);
try {
  for (const one of cases) {
    if (names.length > 0 ? !names.includes(one.name) : one.heavy === true && !values.all) continue;
    console.error(`${one.name} ...`);
    const run = await measure(one).catch((error: unknown) => {
      failed.push(`${one.name}: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    });
    if (run === null || run.entry.results.length === 0) continue;
    runs.push(run);
    show(run);
    if (isKept(run)) remember(run.entry);
  }
} finally {
  programs.remove();
}
for (const sentence of failed) console.log(`FAILED  ${sentence}`);
if (failed.length > 0) process.exitCode = 1;
for (const sentence of skipped) console.log(`SKIPPED  ${sentence}`);
const kept = runs.filter(isKept).length;
if (kept > 0) console.log(`\n${kept} of ${runs.length} kept in ${HISTORY}.`);
if (values.json) {
  const results = runs.flatMap(({ entry }) => entry.results);
  const whole = { machine, node: process.version, skipped, failed, results, runs };
  writeFileSync(values.json, `${JSON.stringify(whole, null, 2)}\n`);
}
