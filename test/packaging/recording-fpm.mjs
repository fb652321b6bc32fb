#!/usr/bin/env node
/** Stands for fpm, which makes a deb of a folder and files: writes down what it was told, as deb.json beside the deb it should make. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const options = { depends: [] };
const paths = [];
const texts = {};
const words = process.argv.slice(2);
for (let word = words.shift(); word !== undefined; word = words.shift()) {
  if (word === '--force') continue;
  else if (word === '-d') options.depends.push(words.shift());
  else if (word.startsWith('-')) options[word.replace(/^-+/, '')] = words.shift();
  else {
    const [from, to] = word.split('=');
    paths.push(to);
    if (/\.(desktop|xml)$/.test(to)) texts[to] = readFileSync(from, 'utf8');
  }
}
writeFileSync(join(dirname(options.package), 'deb.json'), JSON.stringify({ options, paths, texts }));
writeFileSync(options.package, '');
