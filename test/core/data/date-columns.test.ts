import { describe, expect, test } from 'vitest';
import { scratch } from '../../corpora/open-text';

const { open } = scratch();
const lines = (n: number, line: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => line(i)).join('\n') + '\n';
const day = (i: number) => 1 + (i % 28);
const pad = (n: number) => String(n).padStart(2, '0');

describe('columns of dates with names of months', () => {
  test.each<[string, (i: number) => string]>([
    ['Jan 1 2000', (i) => `Jan ${day(i)} 2000`],
    ['January 1, 2000', (i) => `"January ${day(i)}, 2000"`],
    ['1 Jan 2000', (i) => `${day(i)} jan 2000`],
    ['01-Jan-2000', (i) => `${pad(day(i))}-JAN-2000`],
    ['Jan 1 2000 12:30', (i) => `Jan ${day(i)} 2000 12:${pad(i % 60)}`],
    ['01-Jan-2000 12:30:05 PM', (i) => `${pad(day(i))}-Jan-2000 12:${pad(i % 60)}:05 PM`],
  ])('%s', async (_, write) => {
    const { info } = await open(`when,y\n${lines(40, (i) => `${write(i)},${i * 1.5}`)}`);
    expect(info).toMatchObject({ rows: 40, dialect: { delimiter: ',', header: true }, warnings: [] });
    expect(info.columns[0]).toMatchObject({ name: 'when', type: 'date', failed: 0 });
  });

  test('words that begin like a month, versions and codes are no dates', async () => {
    const { info } = await open(`a,b,c\n${lines(40, (i) => `march ${i} 2000 m,1.${i}.400,may be ${i % 3}`)}`, {
      delimiter: ',',
    });
    expect(info.columns.map(({ type }) => type)).toEqual(['text', 'text', 'category']);
  });
});

describe('offsets from UTC', () => {
  const stamped = (zone: (i: number) => string) =>
    open(`t,y\n${lines(40, (i) => `2024-01-${pad(day(i))} 08:${pad(i)}${zone(i)},${i * 1.5}`)}`);

  test('that differ are told', async () => {
    expect((await stamped((i) => ['+01:00', '+02:00'][i % 2])).info.warnings).toEqual([
      'Times of “t” have different offsets from UTC (+01:00, +02:00), which are not taken out: put them into one zone if hours matter.',
    ]);
    expect((await stamped((i) => ['', 'Z'][i % 2])).info.warnings.join()).toContain('(none, Z)');
  });

  test('that are one and the same are noted', async () => {
    const notes = async (zone: string) => (await stamped(() => zone)).info.columns[0].notes.join();
    expect(await notes('-05:00')).toContain('as the clock stands there, in UTC-05:00');
    expect(await notes('Z')).toContain('in UTC.');
    expect(await notes('')).not.toContain('UTC');
    expect((await stamped(() => '+02')).info.warnings).toEqual([]);
  });
});
