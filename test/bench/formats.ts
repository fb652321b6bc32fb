/**
 * What opening files of other formats takes: node scripts/run-ts.mjs test/bench/formats.ts [<file> ...]
 * Prints for each file, or for workbooks made here and the three million flights of vega-datasets: rows, columns, seconds until the
 * table is open, by how much memory rises at most, and the longest wait of anybody else on the same thread.
 */
import { createWriteStream, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { strToU8, unzipSync, Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { openTable } from '../../core/data/table';
import { random } from '../../core/random';
import { workbookFile } from '../corpora/workbook-file';
import { peakRise } from './memory';

const temp = mkdtempSync(join(tmpdir(), 'moe-lab-bench-'));
const flights = 'node_modules/vega-datasets/data/flights-3m.parquet';

/** A workbook of numbers with all their digits, written piece by piece. */
async function writeWorkbook(rows: number, columns: number): Promise<string> {
  const path = join(temp, `${rows} x ${columns}.xlsx`);
  const file = createWriteStream(path);
  const archive = new Zip((_, piece, last) => (last ? file.end(piece) : file.write(piece)));
  const sheet = 'xl/worksheets/sheet1.xml';
  for (const [name, content] of Object.entries(unzipSync(workbookFile([{ name: 'Data', rows: [] }])))) {
    if (name === sheet) continue;
    const part = new ZipPassThrough(name);
    archive.add(part);
    part.push(content, true);
  }
  const part = new ZipDeflate(sheet, { level: 1 });
  archive.add(part);
  const letters = Array.from({ length: columns }, (_, j) => String.fromCharCode(65 + j));
  const names = letters.map((letter) => `<c r="${letter}1" t="inlineStr"><is><t>x${letter}</t></is></c>`).join('');
  part.push(strToU8(`<?xml version="1.0"?><worksheet><sheetData><row r="1">${names}</row>`));
  const stream = random(1);
  for (let row = 2; row <= rows + 1; row++)
    part.push(
      strToU8(
        `<row r="${row}">${letters.map((l) => `<c r="${l}${row}"><v>${stream.normal()}</v></c>`).join('')}</row>`,
      ),
    );
  part.push(strToU8('</sheetData></worksheet>'), true);
  archive.end();
  await finished(file);
  return path;
}

async function measure(path: string): Promise<void> {
  let [last, longest] = [performance.now(), 0];
  const beat = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 10);
  const began = performance.now();
  const cpu = process.cpuUsage();
  const { value: opened, megabytes } = await peakRise(() => openTable(path, basename(path), {}, { tempFolder: temp }));
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(beat);
  const size = `${(statSync(path).size / 1e6).toFixed(0)} MB`;
  if (!opened.ok) return console.log(`${basename(path)} (${size}): ${opened.error.message}`);
  const { rows, columns } = opened.value.info;
  console.log(
    `${basename(path)} (${size}): ${rows.toLocaleString('en')} x ${columns.length} in ${seconds.toFixed(1)} s ` +
      `(${((user + system) / 1e6).toFixed(1)} s of processor), +${megabytes.toFixed(0)} MB at most, longest wait ${longest.toFixed(0)} ms`,
  );
  await opened.value.close();
}

try {
  const given = process.argv.slice(2);
  if (given.length) for (const path of given) await measure(path);
  else {
    await measure(await writeWorkbook(200_000, 20));
    await measure(await writeWorkbook(1_000_000, 10));
    if (existsSync(flights)) await measure(flights);
  }
} finally {
  rmSync(temp, { recursive: true, force: true });
}
