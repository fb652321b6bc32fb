import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { thumbnails } from '../../../renderer/views/start/thumbnails';

type Draw = (read: (name: string) => string) => typeof thumbnails;
const script = `${process.cwd()}/scripts/thumbnail-points.mjs`;
const samples = `${process.cwd()}/resources/samples/`;

test('the thumbnails are the rows of the samples, not an artist’s impression', async () => {
  const { thumbnails: draw } = (await import(/* @vite-ignore */ script)) as { thumbnails: Draw };
  expect(thumbnails).toEqual(draw((name) => readFileSync(samples + name, 'utf8')));
});

test('every sample has a thumbnail, all its points inside the box', () => {
  const ids = (JSON.parse(readFileSync(`${samples}samples.json`, 'utf8')) as { id: string }[]).map(({ id }) => id);
  expect(Object.keys(thumbnails).sort()).toEqual(ids.sort());
  for (const points of Object.values(thumbnails)) {
    expect(points.length).toBeGreaterThan(100);
    points.forEach((value, i) => expect(value >= 0 && value <= (i % 2 ? 40 : 84)).toBe(true));
  }
});
