/**
 * Benchmarks: npm run bench -- [case ...] [--all] [--quick] [--json <file>] [--node <binary>] [--data <folder>] [--reference <folder>]
 * Figures are of this machine in this run; where there is a peer it ran beside ours, in turn, and the ratio is what counts. A case that
 * other work disturbed says so and is not kept; what is kept goes to history.jsonl.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { built } from './built';
import type { Bench, BenchCase } from './case';
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
import { doubts, machineName, watchOthers } from './machine';
import { installedNode } from './node-versions';
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

/** What a case did, and what it is worth. */
interface Run {
  readonly entry: Entry;
  readonly others: number | null;
  readonly doubts: readonly string[];
  readonly notes: readonly string[];
}

const machine = machineName();
const skipped: string[] = [];
const programs = await built(readdirSync(PROGRAMS).map((file) => `${PROGRAMS}/${file}`));

async function measure(one: BenchCase): Promise<Run> {
  const notes: string[] = [];
  const bench: Bench = {
    quick: values.quick,
    data: values.data ?? null,
    reference: values.reference ?? null,
    node: values.node ?? installedNode(),
    built: programs,
    skip: (sentence) => void skipped.push(sentence),
    note: (sentence) => void notes.push(sentence),
  };
  const watched = watchOthers();
  const results = await one.run(bench);
  const quiet = watched();
  const { load, others } = quiet;
  const entry = { ...provenance(), machine, node: process.version, case: one.name, load, results };
  return { entry, others, doubts: doubts(quiet, results), notes };
}

function show({ entry: { case: name, load, results }, others, notes, doubts: found }: Run): void {
  const beside = others === null ? '' : `, other work ${others.toFixed(2)} processors`;
  console.log(`\n${name}: load ${load.toFixed(2)}${beside}`);
  console.log(table(results));
  for (const note of notes) console.log(note);
  for (const doubt of found) console.log(`INVALID  ${doubt}`);
  if (found.length > 0)
    console.log(`INVALID  The figures of ${name} do not count: run it again on a machine with nothing else to do.`);
}

const runs: Run[] = [];
const isKept = (run: Run) => !values.quick && run.doubts.length === 0;
console.log(`${machine}, Node ${process.version}${values.quick ? '; quick: sizes too small to mean anything' : ''}`);
try {
  for (const one of cases) {
    if (names.length > 0 ? !names.includes(one.name) : one.heavy === true && !values.all) continue;
    console.error(`${one.name} ...`);
    const run = await measure(one);
    if (run.entry.results.length === 0) continue;
    runs.push(run);
    show(run);
    if (isKept(run)) remember(run.entry);
  }
} finally {
  programs.remove();
}
for (const sentence of skipped) console.log(`SKIPPED  ${sentence}`);
const kept = runs.filter(isKept).length;
if (kept > 0) console.log(`\n${kept} of ${runs.length} kept in ${HISTORY}.`);
if (values.json) {
  const whole = { machine, node: process.version, skipped, runs };
  writeFileSync(values.json, `${JSON.stringify(whole, null, 2)}\n`);
}
