import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { moe, workFolder } from './terminal';

const folder = workFolder();
afterAll(folder.remove);
const project = fileURLToPath(new URL('../../fixtures/project-v1.moe', import.meta.url));
const csv = folder.write(
  'auto-mpg-60.csv',
  readFileSync(new URL('../../../resources/samples/auto-mpg.csv', import.meta.url), 'utf8')
    .split('\n')
    .slice(0, 60)
    .join('\n') + '\n',
);

test('profile and fit take the table of a project as they take its own file', async () => {
  const profiles = [await moe(['profile', project, '--json']), await moe(['profile', csv, '--json'])];
  expect(profiles.map(({ status }) => status)).toEqual([0, 0]);
  const [kept, read] = profiles.map(({ out }) => JSON.parse(out) as Record<string, unknown>);
  // How the file was read is kept as it was decided then, before there were marks of thousands and of remarks.
  expect({ ...kept, dialect: null, evidence: null }).toEqual({ ...read, dialect: null, evidence: null });
  expect(read.dialect).toMatchObject(kept.dialect as object);

  const words = ['--target', 'Fuel economy (mpg)', '--method', 'ols', '--json'];
  const [one, other] = [await moe(['fit', project, ...words]), await moe(['fit', csv, ...words])];
  expect([one.status, other.status]).toEqual([0, 0]);
  const model = ({ out }: { out: string }) => (JSON.parse(out) as { model: { experts: unknown; data: unknown } }).model;
  expect(model(one).experts).toEqual(model(other).experts);
  expect(model(one).data).toEqual(model(other).data);
});

test('predict takes the rows of a project as it takes those of its own file', async () => {
  const model = folder.at('model.json');
  const words = ['--target', 'Fuel economy (mpg)', '--method', 'ols', '--out', model];
  expect((await moe(['fit', csv, ...words])).status).toBe(0);
  const written = async (file: string, name: string): Promise<string> => {
    const out = folder.at(name);
    expect(await moe(['predict', model, file, '--out', out])).toMatchObject({ status: 0 });
    return readFileSync(out, 'utf8');
  };
  const ofProject = await written(project, 'of-project.csv');
  expect(ofProject.trimEnd().split('\r\n')).toHaveLength(60);
  expect(ofProject).toBe(await written(csv, 'of-table.csv'));
});

test('a damaged project is one sentence and status 1', async () => {
  const bytes = Uint8Array.from(readFileSync(project));
  bytes[3000] ^= 4;
  const { status, out, err } = await moe(['profile', folder.write('broken.moe', bytes)]);
  expect([status, out]).toEqual([1, '']);
  expect(err).toMatch(/^[^\n]*“broken\.moe” is damaged[^\n]*\.\n$/);
});
