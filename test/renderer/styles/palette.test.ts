import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contrast, distance, lightness, seenBy, visions } from './colour';

const css = readFileSync(`${process.cwd()}/renderer/styles/tokens.css`, 'utf8');

/** Colours of a theme: token name -> #rrggbb. */
function tokensOf(theme: string): Record<string, string> {
  const block = new RegExp(`\\[data-theme='${theme}'\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, hex]) => [name, hex]));
}

const series = [1, 2, 3, 4, 5, 6].map((i) => `series-${i}`);
const grounds = ['bg-chrome', 'bg-main', 'bg-sunken', 'bg-raised', 'bg-hover', 'bg-selected', 'bg-missing'];

describe.each(['light', 'dark'])('the %s theme', (theme) => {
  const token = tokensOf(theme);
  const least = (name: string, on: readonly string[]): number =>
    Math.min(...on.map((ground) => contrast(token[name], token[ground])));

  test('series can be seen on the plot (3:1)', () => {
    for (const name of series) expect(contrast(token[name], token['plot-bg'])).toBeGreaterThanOrEqual(3);
  });

  test.each(Object.keys(visions))('any two series can be told apart with %s vision (0.10 in OKLab)', (vision) => {
    series.forEach((a, i) =>
      series.slice(0, i).forEach((b) => {
        expect(distance(seenBy(vision, token[a]), seenBy(vision, token[b]))).toBeGreaterThanOrEqual(0.1);
      }),
    );
  });

  test('text can be read on every ground it stands on (4.5:1)', () => {
    for (const name of ['text', 'text-2']) expect(least(name, grounds)).toBeGreaterThanOrEqual(4.5);
    expect(least('text-3', grounds.slice(0, 4))).toBeGreaterThanOrEqual(4.5);
    for (const name of ['accent-text', 'positive', 'warning', 'negative']) {
      expect(least(name, ['bg-chrome', 'bg-main', 'bg-sunken', 'bg-selected'])).toBeGreaterThanOrEqual(4.5);
    }
    for (const name of ['positive', 'warning', 'negative']) {
      expect(contrast(token[name], token[`${name}-bg`])).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(token.warning, token['bg-missing'])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(token['text-on-accent'], token.accent)).toBeGreaterThanOrEqual(4.5);
  });

  test('focus rings, borders of controls and the baseline can be seen (3:1)', () => {
    for (const name of ['focus', 'line-control', 'series-baseline']) {
      expect(contrast(token[name], token['bg-main'])).toBeGreaterThanOrEqual(3);
    }
  });

  test('the sequential ramp goes one way, further from the ground with each step', () => {
    const steps = [1, 2, 3, 4, 5, 6, 7].map((i) => lightness(token[`seq-${i}`]));
    const sorted = [...steps].sort((a, b) => (theme === 'light' ? b - a : a - b));
    expect(steps).toEqual(sorted);
  });
});
