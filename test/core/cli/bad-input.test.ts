import { mkdirSync, rmSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { withTable } from '../../../core/cli/open-file';
import { random } from '../../../core/random';
import { ok } from '../../../core/result';
import { moe, workFolder } from './terminal';

const folder = workFolder();
afterAll(folder.remove);

const stream = random(4);
/** Rows of two features, a text column, a constant and a target. */
const table = (rows: number) =>
  [
    'x1,x2,colour,flat,y',
    ...Array.from({ length: rows }, (_, i) => {
      const [a, b] = [stream.normal(), stream.normal()];
      return `${a},${b},${['red', 'green', 'blue'][i % 3]},7,${a - b + 0.1 * stream.normal()}`;
    }),
    '',
  ].join('\n');

const good = folder.write('good.csv', table(60));
const small = folder.write('small.csv', table(6));
mkdirSync(folder.at('folder.csv'));
const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52);
const xls = new Uint8Array(1024);
xls.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);

const fit = (file: string, ...more: string[]) => ['fit', file, '--restarts', '1', '--target', 'y', ...more];

/** A command line, and a word its sentence must hold. */
const cases: [string, string[], RegExp][] = [
  ['no such file', fit(folder.at('missing.csv')), /missing\.csv/],
  ['a folder', fit(folder.at('folder.csv')), /folder/],
  ['an empty file', fit(folder.write('empty.csv', '')), /empty/],
  ['a header and nothing else', fit(folder.write('header.csv', 'x1,x2,y\n')), /header\.csv/],
  ['an old Excel workbook', fit(folder.write('book.xls', xls)), /Excel/],
  ['a picture named .csv', fit(folder.write('picture.csv', png)), /picture/],
  ['a target that is not numeric', [...fit(good), '--target', 'colour'], /colour/],
  ['a constant target', [...fit(good), '--target', 'flat'], /flat/],
  ['more experts than the rows allow', fit(small, '--experts', '8'), /experts/],
  [
    'more experts than features for spectral-em',
    fit(good, '--method', 'spectral-em', '--features', 'x1,x2', '--experts', '3'),
    /experts/,
  ],
  ['an unknown target', [...fit(good), '--target', 'yy'], /“y”/],
  ['an unknown feature', fit(good, '--features', 'x1,x3'), /x3/],
  ['a column number outside the file', fit(good, '--features', '#1,#9'), /5 columns/],
  ['a row to hold out that is not in the file', fit(good, '--test-rows', folder.write('far.txt', '1\n600\n')), /600/],
  [
    'a file of held-out rows with a word in it',
    fit(good, '--test-rows', folder.write('words.txt', '1\ntwo\n')),
    /Line 2/,
  ],
  ['a file of held-out rows that is not there', fit(good, '--test-rows', folder.at('none.txt')), /none\.txt/],
  ['an output in a folder that is not there', fit(good, '--out', folder.at('none/model.json')), /does not exist/],
  ['an output that is a folder', fit(good, '--predictions', folder.path), /is a folder/],
  ['a profile of nothing', ['profile', folder.at('missing.csv')], /missing\.csv/],
  [
    'a prediction from a model that is not there',
    ['predict', folder.at('no.json'), good, '--out', folder.at('p.csv')],
    /no\.json/,
  ],
  [
    'a prediction from something else',
    ['predict', folder.write('else.json', '{"a":1}'), good, '--out', folder.at('p.csv')],
    /else\.json/,
  ],
  ['a prediction from what is not JSON', ['predict', good, good, '--out', folder.at('p.csv')], /good\.csv/],
  [
    'a simulation into a folder that is not there',
    ['simulate', '--rows', '5', '--features', '2', '--experts', '1', '--sigma', '1', '--out', folder.at('none/a.csv')],
    /does not exist/,
  ],
];

describe('bad input is one sentence and exit status 1', () => {
  test.each(cases)('%s', async (_, argv, words) => {
    const { status, out, err } = await moe(argv);
    expect(err).toMatch(words);
    expect(err.trimEnd()).not.toContain('\n');
    expect(err).not.toMatch(/ at .*:\d+:\d+|Error:/);
    expect(out).toBe('');
    expect(status).toBe(1);
  });
});

test('a table stays whole when its file is deleted after loading', async () => {
  const path = folder.write('fleeting.csv', table(40));
  const read = await withTable(path, {}, async (opened) => {
    rmSync(path);
    return ok(Array.from(await opened.numbers('y')));
  });
  expect(read.ok && read.value.length).toBe(40);
  expect(read.ok && read.value.every(Number.isFinite)).toBe(true);
});

describe('a mistake on the command line is exit status 2', () => {
  test.each([
    [[], /Name a command/],
    [
      ['compare', 'a.csv'],
      /Unknown command “compare”: the commands are profile, fit, predict, simulate, experiment, methods and serve/,
    ],
    [['export', 'model.json'], /Unknown command “export”/],
    [['experimental', 'list'], /Unknown command “experimental”/],
    [['fit'], /target/],
    [['fit', good], /--target/],
    [['fit', good, '--target', 'y', '--experts', '0'], /whole number from 1 to 16/],
    [['fit', good, '--target', 'y', '--experts', 'three'], /whole number/],
    [['fit', good, '--target', 'y', '--method', 'magic'], /joint-em/],
    [['fit', good, '--target', 'y', '--noise', 'loud'], /shared, per-expert/],
    [['fit', good, '--target', 'y', '--test-fraction', '1'], /0\.9/],
    [['fit', good, '--target', 'y', '--test-fraction', '0.2', '--test-rows', 'x'], /--test-rows/],
    [['fit', good, '--target', 'y', '--option', 'moments=raw'], /no option moments/],
    [['fit', good, '--target', 'y', '--option', 'gateRidge=soft'], /gateRidge/],
    [['fit', good, '--target', 'y', '--features', '"x1'], /quote/],
    [['fit', good, '--target', 'y', '--colour', 'red'], /unknown option/i],
    [['fit', good, 'extra', '--target', 'y'], /too many arguments/i],
    [['fit', good, '--target', 'y', '--out', folder.at('a'), '--trace', folder.at('a')], /each its own file/],
    [['fit', good, '--target', 'y', '--predictions', good], /would destroy a file that is read/],
    [['predict', good, good, '--out', good], /would destroy a file that is read/],
    [['predict', 'model.json', good], /--out/],
    [['simulate', '--rows', '5'], /--features/],
    [
      [
        'simulate',
        '--rows',
        '5',
        '--features',
        '2',
        '--experts',
        '2',
        '--sigma',
        '1',
        '--gates',
        'orthogonal',
        '--out',
        folder.at('o.csv'),
      ],
      /Orthogonal gates/,
    ],
    [
      [
        'simulate',
        '--rows',
        '5',
        '--features',
        '2',
        '--experts',
        '1',
        '--sigma',
        '1',
        '--inputs',
        'cauchy',
        '--out',
        folder.at('o.csv'),
      ],
      /cauchy/,
    ],
  ] as [string[], RegExp][])('moe-lab %j', async (argv, words) => {
    const { status, out, err } = await moe(argv);
    expect(err).toMatch(words);
    expect(err.trimEnd()).not.toContain('\n');
    expect(out).toBe('');
    expect(status).toBe(2);
  });

  test('asking for help or the version is no mistake', async () => {
    const help = await moe(['fit', '--help']);
    expect(help.status).toBe(0);
    expect(help.out).toContain('--target <column>');
    expect(help.err).toBe('');
    expect((await moe(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
