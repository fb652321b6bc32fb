import { expect, test } from 'vitest';
import { endLabels, inTwo, shortened, labelColumn } from '../../../renderer/charts/end-labels';
import { inkMark } from '../../../renderer/charts/identity';
import { size, theme } from './fixture';

const long = 'Algorithms 1 and 2, plain averages (as published)';
const texts = (names: readonly string[], height = size.height): { text: string; y: number }[] => {
  const within = { ...size, height };
  const column = labelColumn(names, within, 20, 30);
  const ends = names.map((name) => ({ mark: inkMark, name, figure: '1', x: 100, y: 100 }));
  return endLabels(ends, column, within, theme)
    .filter((element) => element.type === 'text')
    .map((element) => element as unknown as { style: { text: string }; y: number })
    .map(({ style, y }) => ({ text: style.text, y }))
    .filter(({ text }) => text !== '1');
};

test('a name is cut before the number that tells it from its namesakes', () => {
  expect(shortened('EM', 10)).toBe('EM');
  expect(shortened('Directions from moments 2', 21)).toBe('Directions from mo… 2');
});

test('a name is broken near its middle, rather after a comma than within a phrase', () => {
  expect(inTwo(long)).toBe('Algorithms 1 and 2, plain\naverages (as published)');
  expect(inTwo('Algorithms 1 and 2, regression')).toBe('Algorithms 1 and 2,\nregression');
  expect(inTwo('spectral')).toBe('spectral');
});

test('long names stand whole in two lines, apart from each other, where there is room', () => {
  const placed = texts([long, 'joint EM from the truth']);
  expect(placed[0].text.replace('\n', ' ')).toBe(long);
  expect(placed[1].text).toBe('joint EM from the truth');
  expect(placed[1].y - placed[0].y).toBeGreaterThanOrEqual(28);
});

test('where there is no room for two lines each name keeps one and is cut', () => {
  const placed = texts(
    Array.from({ length: 8 }, (_, i) => `${long} ${i + 1}`),
    200,
  );
  for (const { text } of placed) expect(text).not.toContain('\n');
  expect(new Set(placed.map(({ text }) => text)).size).toBe(8);
});
