/**
 * Fits the picture on the Start screen that says what a mixture of experts is: two experts on Seattle's weather, as anybody gets
 * them from the program. Run after the sample or the fit changes, with a build:
 *   node scripts/make-explanation.mjs && npx prettier --write renderer/views/start/two-experts.ts
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { csvFields } from './lib/csv-fields.mjs';

const [feature, target] = ['Day of year', 'Highest temperature (°C)'];
const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const sample = path('resources/samples/seattle-weather.csv');
const args = ['fit', sample, '--target', target, '--features', feature, '--experts', '2', '--json'];
const { stdout, stderr, status } = spawnSync(process.execPath, [path('out/main/cli.js'), ...args]);
if (status !== 0) throw new Error(String(stderr));

const { columns, experts, gates } = JSON.parse(String(stdout)).model;
const line = ({ intercept, weights: [slope] }) => ({ constant: intercept - slope * columns[0].center, slope });
const rounded = (value) => Number(value.toPrecision(5));
const lines = experts.map(line).map(({ constant, slope }) => ({ constant: rounded(constant), slope: rounded(slope) }));
const gate = line({
  intercept: gates[0].intercept - gates[1].intercept,
  weights: [gates[0].weights[0] - gates[1].weights[0]],
});

const EVERY = 11;
const [head, ...rows] = readFileSync(sample, 'utf8').trim().split(/\r?\n/).map(csvFields);
const points = rows
  .filter((_, i) => i % EVERY === 0)
  .flatMap((row) => [row[head.indexOf(feature)], row[head.indexOf(target)]].map(Number));

writeFileSync(
  path('renderer/views/start/two-experts.ts'),
  `/**
 * Two experts for the highest temperature (°C) of a day in Seattle, from the day of the year: moe-lab fit with its defaults
 * (scripts/make-explanation.mjs). Expert i says constant + slope * day; the first holds for a day with probability
 * 1 / (1 + exp(-(gate.constant + gate.slope * day))). Every ${EVERY}th day is a point: day and temperature in turn.
 */
export const twoExperts = ${JSON.stringify({
    experts: lines,
    gate: { constant: rounded(gate.constant), slope: rounded(gate.slope) },
    points,
  })} as const;
`,
);
