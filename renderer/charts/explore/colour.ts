import type { ChartTheme } from '../theme';

type Rgb = readonly [number, number, number];

function parsed(colour: string): Rgb {
  // Built style sheets write #ffffff as #fff.
  const digits = colour.length === 4 ? colour.slice(1).replace(/./g, '$&$&') : colour.slice(1);
  return [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16)) as unknown as Rgb;
}

const hex = (rgb: readonly number[]): string =>
  `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

/** The colour of a value from -1 to 1: blue where it is positive, orange where it is negative, the ground at 0. */
export function divergingColour(theme: ChartTheme, value: number): string {
  const { diverging } = theme;
  const at = ((1 - value) / 2) * (diverging.length - 1);
  const low = Math.max(0, Math.min(diverging.length - 2, Math.floor(at)));
  const [from, to] = [parsed(diverging[low]), parsed(diverging[low + 1])];
  return hex(from.map((part, i) => part + (at - low) * (to[i] - part)));
}

/** Of the text's colour and the ground's, the one that is read better on this colour. */
export function inkOn(colour: string, theme: ChartTheme): string {
  const own = luminance(parsed(colour));
  const contrast = (other: string): number => {
    const it = luminance(parsed(other));
    return (Math.max(own, it) + 0.05) / (Math.min(own, it) + 0.05);
  };
  return contrast(theme.text) >= contrast(theme.background) ? theme.text : theme.background;
}

/** Relative luminance as WCAG 2 defines it. */
function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
