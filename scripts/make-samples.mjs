/**
 * Writes the example tables of resources/samples: real ones from the vega-datasets package, simulated ones from core/data/synthetic.ts.
 * Run it after a change here, and commit what it wrote: nothing of this is needed at run time.
 *
 *   node scripts/make-samples.mjs
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';
import { csvFields } from './lib/csv-fields.mjs';
import { realSamples, simulatedSamples } from './sample-tables.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, 'node_modules/vega-datasets');
const target = join(root, 'resources/samples');

/** A field of a CSV line; quoted only where it must be. */
const field = (value) => {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const csv = (header, rows) => [header, ...rows].map((row) => row.map(field).join(',') + '\n').join('');

function readTable(file) {
  const text = readFileSync(join(source, 'data', file), 'utf8');
  if (file.endsWith('.json')) return JSON.parse(text);
  const [header, ...lines] = text.trim().split(/\r?\n/).map(csvFields);
  return lines.map((cells) => Object.fromEntries(header.map((name, j) => [name, cells[j] === '' ? null : cells[j]])));
}

function writeReal({ id, from, columns, info }) {
  const records = readTable(from);
  const rows = records.map((record) => Object.values(columns).map((cell) => cell(record)));
  writeFileSync(join(target, `${id}.csv`), csv(Object.keys(columns), rows));
  return { id, ...info, rows: rows.length, columns: Object.keys(columns).length, file: `${id}.csv` };
}

function writeSimulated({ id, settings, info }, simulate) {
  const drawn = simulate(settings);
  if (!drawn.ok) throw new Error(drawn.error.message);
  const { columns, truth } = drawn.value;
  // Five decimals keep the file small and are far below the noise.
  const rows = Array.from({ length: settings.rows }, (_, row) => columns.map(({ values }) => values[row].toFixed(5)));
  const header = columns.map(({ name }) => name);
  writeFileSync(join(target, `${id}.csv`), csv(header, rows));
  writeFileSync(join(target, `${id}.truth.json`), `${JSON.stringify(truth, null, 1)}\n`);
  return { id, ...info, rows: settings.rows, columns: columns.length, file: `${id}.csv` };
}

function licences(entries) {
  const packaged = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  const section = (entry) => {
    const real = realSamples.find(({ id }) => id === entry.id);
    const changes = real ? `\n\nChanges: ${real.changes}` : '';
    return `## ${entry.name} (${entry.file})\n\nSource: ${entry.source}\n\nLicence: ${entry.licence}${changes}\n`;
  };
  return `# Sources and licences of the example tables

Written by scripts/make-samples.mjs. The real tables were taken from the npm package vega-datasets ${packaged.version} (a collection under
BSD-3-Clause); each table keeps the licence of its own source.

${entries.map(section).join('\n')}`;
}

mkdirSync(target, { recursive: true });
const { simulate } = (
  await runnerImport(join(root, 'core/data/synthetic.ts'), { configFile: false, logLevel: 'error' })
).module;
const entries = [...realSamples.map(writeReal), ...simulatedSamples.map((sample) => writeSimulated(sample, simulate))];
writeFileSync(join(target, 'samples.json'), `${JSON.stringify(entries, null, 2)}\n`);
writeFileSync(join(target, 'LICENCES.md'), licences(entries));
for (const { id, rows, columns } of entries) console.log(`${id}: ${rows} rows, ${columns} columns`);
