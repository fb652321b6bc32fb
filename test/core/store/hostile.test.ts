import { afterAll, beforeAll, expect, test } from 'vitest';
import { strToU8, Zip, ZipDeflate, ZipPassThrough, zipSync } from 'fflate';
import { VERSION } from '../../../core/store/manifest';
import type { SavedRun } from '../../../core/store/work';
import { unpackProject } from '../../../core/store/unpack-project';
import { altered, forged } from './forge';
import { designOf, fitOf, projectSession, runOf, workOf } from './project-session';

const app = projectSession();
const whole = {} as { bytes: Uint8Array; parts: ReadonlyMap<string, Uint8Array> };
afterAll(app.close);
beforeAll(async () => {
  const rows = Array.from({ length: 20 }, (_, i) => `${i / 4},${i % 3 ? 'a' : 'b'},${(i * i) / 10}`);
  const table = await app.open('small.csv', `x,group,y\n${rows.join('\n')}\n`);
  const result = await app.fit(table, designOf(table, 'y'), fitOf({ method: 'ols', experts: 1, restarts: 1 }), 'run-1');
  whole.bytes = await app.pack(table, workOf(table, [runOf(table, result)]));
  whole.parts = await unpackProject(whole.bytes);
});

/** The sentence with which a file is refused. */
async function refusal(bytes: Uint8Array, name = 'theirs.moe'): Promise<string> {
  const begun = performance.now();
  const opened = await app.ask(name, bytes);
  expect(performance.now() - begun).toBeLessThan(3000);
  if (opened.ok) throw new Error('It was opened.');
  expect(opened.error.message.match(/[.!?](\s|$)/g), opened.error.message).toHaveLength(1);
  return opened.error.message;
}

const withPart = (name: string, content: Uint8Array): Map<string, Uint8Array> =>
  new Map([...whole.parts, [name, content]]);

test('an empty file with the name of a project is told about projects, with a way out', async () => {
  expect(await refusal(new Uint8Array())).toMatch(/^“theirs\.moe” is empty: .* use another copy of the project\.$/);
});

test('what was forged from the real parts alone opens, so that each refusal below has its own reason', async () => {
  const opened = await app.open('theirs.moe', await forged(whole.parts));
  expect(opened.project?.runs).toHaveLength(1);
});

test('a later version is named, and told from damage', async () => {
  const later = await forged(whole.parts, { version: VERSION + 1, createdWith: { version: '3.1.4<script>' } });
  expect(await refusal(later)).toBe(
    '“theirs.moe” was made with a newer version of MoE Lab (3.1.4script): open it with that version, or a later one.',
  );
});

test('a zip archive of others is no project, and neither is a table that is called one', async () => {
  const zip = zipSync({ 'a.csv': strToU8('a,b\n1,2\n') });
  expect(await refusal(zip)).toContain('is not a project of MoE Lab');
  expect(await refusal(zip, 'theirs.zip')).toContain('is a zip archive');
  expect(await refusal(strToU8('a,b\n1,2\n'))).toContain('is not a project of MoE Lab');
});

test('a project is known by its content, whatever it is called', async () => {
  expect((await app.open('download', whole.bytes)).project?.runs).toHaveLength(1);
});

test.each([
  '../../outside.json',
  '/etc/passwd',
  'runs/../../x.json',
  '..\\x.json',
  'C:\\x.json',
  'constructor',
  'a\0b.json',
])('a part named %j is refused', async (name) => {
  expect(await refusal(await forged(withPart(name, strToU8('{}'))))).toMatch(/manifest cannot be read/);
});

test('a part that the manifest does not name, one that is missing, and one that is there twice are refused', async () => {
  const manifest = { parts: JSON.parse(new TextDecoder().decode(await manifestOf(whole.bytes))).parts as unknown };
  expect(await refusal(await forged(withPart('more.json', strToU8('{}')), manifest))).toContain('does not name');
  const fewer = new Map(whole.parts);
  fewer.delete('report/index.html');
  expect(await refusal(await forged(fewer, manifest))).toContain('“report/index.html” is missing');
  const named = manifest.parts as { name: string }[];
  expect(await refusal(await forged(whole.parts, { parts: [...named, named[0]] }))).toContain(
    'names more than a project can hold',
  );
});

async function manifestOf(bytes: Uint8Array): Promise<Uint8Array> {
  const { unzipSync } = await import('fflate');
  return unzipSync(bytes, { filter: ({ name }) => name === 'manifest.json' })['manifest.json'];
}

test('a part that unpacks to more than the manifest says is not unpacked', async () => {
  const bomb = new Uint8Array(60 * 1024 * 1024);
  const manifest = { parts: JSON.parse(new TextDecoder().decode(await manifestOf(whole.bytes))).parts as unknown };
  expect(await refusal(await forged(withPart('recipe.json', bomb), manifest))).toContain('has another size');
});

test('a part that says less of itself than it unpacks to is given up where it goes too far', async () => {
  const bytes = Buffer.from(await forged(withPart('runs/run-1/trace.json', new Uint8Array(200_000))));
  const lie = Buffer.alloc(4);
  lie.writeUInt32LE(100);
  // The size in the part's own header, and with it the one in the manifest.
  const at = bytes.indexOf('runs/run-1/trace.json', bytes.indexOf('runs/run-1/result.json', 2000)) - 30;
  expect(bytes.readUInt32LE(at)).toBe(0x04034b50);
  lie.copy(bytes, at + 22);
  const said = Buffer.from(bytes.toString('latin1').replace('"bytes":200000', '"bytes":100   '), 'latin1');
  expect(await refusal(said)).toContain('longer than it should be');
});

test('an archive packed in a stream, whose parts do not say how long they are, is refused', async () => {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  const first = new ZipPassThrough('manifest.json');
  const second = new ZipDeflate('recipe.json');
  zip.add(first);
  first.push(await manifestOf(whole.bytes), true);
  zip.add(second);
  second.push(new Uint8Array(1000), true);
  zip.end();
  expect(await refusal(Buffer.concat(chunks))).toMatch(/another program|is not a project/);
});

test('parts nested deeper than any stack are refused', async () => {
  const deep = strToU8(`${'['.repeat(200_000)}${']'.repeat(200_000)}`);
  expect(await refusal(await forged(withPart('recipe.json', deep)))).toContain('is damaged');
});

const run = 'runs/run-1';
test.each<[string, string, (value: never) => unknown]>([
  [
    'a role there is none of',
    'recipe.json',
    (v: { data: object }) => ({ ...v, data: { ...v.data, roles: [['x', 'king']] } }),
  ],
  ['a run id that leads elsewhere', 'recipe.json', (v: object) => ({ ...v, runs: ['../x'] })],
  ['a run that is not there', 'recipe.json', (v: object) => ({ ...v, runs: ['run-1', 'run-2'] })],
  ['the same run twice', 'recipe.json', (v: object) => ({ ...v, runs: ['run-1', 'run-1'] })],
  [
    'more rows than the table has',
    'recipe.json',
    (v: { table: object }) => ({ ...v, table: { ...v.table, rows: 21 } }),
  ],
  [
    'more columns than the table has',
    'recipe.json',
    (v: { table: object }) => ({ ...v, table: { ...v.table, width: 4 } }),
  ],
  [
    'a run recipe of no method',
    `${run}/recipe.json`,
    (v: { request: { fit: object } }) => ({ ...v, request: { ...v.request, fit: { ...v.request.fit, method: 7 } } }),
  ],
  ['a state without its result', `${run}/result.json`, (v: object) => ({ ...v, result: null })],
  [
    'a result of another run',
    `${run}/result.json`,
    (v: { result: object }) => ({ ...v, result: { ...v.result, runId: 'run-2' } }),
  ],
  [
    'experts that are not described',
    `${run}/result.json`,
    (v: { result: object }) => ({ ...v, result: { ...v.result, experts: [] } }),
  ],
  [
    'points that are no numbers',
    `${run}/result.json`,
    (v: { result: { points: { train: object } } }) => ({
      ...v,
      result: { ...v.result, points: { ...v.result.points, train: { ...v.result.points.train, row: [1, 2] } } },
    }),
  ],
  [
    'points of different number',
    `${run}/result.json`,
    (v: { result: { points: { train: object } } }) => ({
      ...v,
      result: { ...v.result, points: { ...v.result.points, train: { ...v.result.points.train, sd: { $: [1] } } } },
    }),
  ],
  [
    'points of an expert there is none of',
    `${run}/result.json`,
    (v: { result: { points: { train: { expert: { $: number[] } } } } }) => ({
      ...v,
      result: {
        ...v.result,
        points: {
          ...v.result.points,
          train: { ...v.result.points.train, expert: { $: v.result.points.train.expert.$.map(() => 9) } },
        },
      },
    }),
  ],
  [
    'a curve of words',
    `${run}/trace.json`,
    () => ({ curves: [{ start: 0, sound: true, points: ['up'], stages: [] }] }),
  ],
  ['no object at all', `${run}/trace.json`, () => 5],
])('with sums that fit, %s is refused', async (_, name, change) => {
  expect(await refusal(await altered(whole.bytes, name, change))).toMatch(/damaged/);
});

test('a table that is another Parquet file, or none, is refused', async () => {
  expect(await refusal(await forged(withPart('data.parquet', strToU8('PAR1 and no more PAR1'))))).toMatch(
    /table .*damaged/,
  );
});

test('names that mean something to JavaScript or to a browser are names like any other', async () => {
  const names = ['__proto__', 'constructor', '<img src=x onerror=alert(1)>', 'y'];
  const rows = Array.from({ length: 30 }, (_, i) => `${i},${(i * 7) % 11},"</td><script>alert(1)</script>",${i * i}`);
  const table = await app.open('<b>&.csv', `${names.join(',')}\n${rows.join('\n')}\n`);
  const design = { ...designOf(table, 'y'), features: ['__proto__', 'constructor'] };
  const result = await app.fit(table, design, fitOf({ method: 'ols', experts: 1 }));
  const named: Partial<SavedRun> = { name: '"><script>alert(2)</script>' };
  const work = workOf(table, [runOf(table, result, named)]);
  const bytes = await app.pack(table, work);
  const again = await app.open('x.moe', bytes);
  expect(again.project).toEqual(work);
  expect(again.columns.map(({ name }) => name)).toEqual(names);
  const html = new TextDecoder().decode((await unpackProject(bytes)).get('report/index.html'));
  expect(html).not.toMatch(/<script|<img|<b>/i);
  expect(html).toContain('&quot;&gt;&lt;script&gt;alert(2)&lt;/script&gt;');
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
});
