/**
 * Draws the thumbnails of the Start screen from the samples themselves: evenly spaced rows of each table as points of two columns,
 * in a box of 84 x 40. For simulated mixtures x is the row's value along the first expert's true direction.
 * Run after the samples change: node scripts/make-thumbnails.mjs && npx prettier --write renderer/views/start/thumbnails.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { thumbnails } from './thumbnail-points.mjs';

const samples = new URL('../resources/samples/', import.meta.url);
const read = (name) => readFileSync(new URL(name, samples), 'utf8');
const target = new URL('../renderer/views/start/thumbnails.ts', import.meta.url);
const words =
  '/** Points of each sample, made from its rows by scripts/make-thumbnails.mjs: x and y in turn, in a box of 84 x 40, y upwards. */';
const record = 'export const thumbnails: Readonly<Record<string, readonly number[]>>';
writeFileSync(target, `${words}\n${record} = ${JSON.stringify(thumbnails(read))};\n`);
