/**
 * Benchmarks: npm run bench -- [name ...] [--json]
 * Figures are medians of this machine in this run; where there is a peer it ran beside ours and the ratio is what counts.
 */
import { cpus, loadavg } from 'node:os';
import type { BenchResult, Timing } from './case';
import { csv } from './cases/csv';
import { emIteration } from './cases/em-iteration';
import { spectralCost } from './cases/spectral-cost';
import { startUp } from './cases/start-up';

const cases = [emIteration, spectralCost, csv, startUp];
const words = process.argv.slice(2);
const names = words.filter((word) => word !== '--json');
const unknown = names.find((name) => !cases.some((one) => one.name === name));
if (unknown) {
  console.error(`There is no benchmark "${unknown}": there are ${cases.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}
const machine = `${cpus().length} x ${cpus()[0].model.trim()}, load ${loadavg()[0].toFixed(2)}`;
const results: BenchResult[] = [];
for (const one of cases) {
  if (names.length > 0 && !names.includes(one.name)) continue;
  console.error(`${one.name} ...`);
  results.push(...(await one.run()));
}
const spread = ({ median, min, max }: Omit<Timing, 'unit'>, unit: Timing['unit']) => {
  const [middle, least, most] = [median, min, max].map((value) => value.toFixed(unit === 's' ? 2 : 0));
  return `${middle} [${least}, ${most}] ${unit}`;
};
if (words.includes('--json')) console.log(JSON.stringify({ machine, node: process.version, results }, null, 2));
else {
  console.log(`${machine}, Node ${process.version}`);
  for (const { name, ours, peer, ratio } of results)
    console.log(
      `${name}: ${spread(ours, ours.unit)}${peer ? `; ${peer.name} ${spread(peer, ours.unit)}, ratio ${ratio?.toFixed(2)}` : ''}`,
    );
}
