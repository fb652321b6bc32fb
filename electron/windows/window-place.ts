import type { Display, Rectangle } from 'electron';
import { z } from 'zod';

/** Where a window was: its bounds when it is neither maximised nor in full screen, in device-independent pixels. */
const windowPlace = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
  maximized: z.boolean(),
  fullScreen: z.boolean(),
});
export type WindowPlace = z.infer<typeof windowPlace>;

/** The last place for each arrangement of displays: a laptop at the desk and on the train has two. Latest first. */
export const windowPlaces = z.array(z.object({ displays: z.string().max(1000), place: windowPlace })).max(100);
export type WindowPlaces = z.infer<typeof windowPlaces>;

type Screen = Pick<Display, 'bounds' | 'workArea'>;

export const SMALLEST = { width: 960, height: 600 };
const USUAL = { width: 1440, height: 900 };
/** How far each further window lies from the one before, so that both title bars are seen. */
const STEP = 28;
/** What must be in sight of a window's upper edge, so that it can be taken hold of. */
const GRIP = { width: 160, height: 32 };
const MOST_ARRANGEMENTS = 8;

/** The arrangement of displays as a key. */
export const arrangement = (displays: readonly Screen[]): string =>
  displays
    .map(({ bounds: { x, y, width, height } }) => `${width}x${height}@${x},${y}`)
    .sort()
    .join(' ');

export function rememberPlace(places: WindowPlaces, displays: readonly Screen[], place: WindowPlace): WindowPlaces {
  const key = arrangement(displays);
  return [{ displays: key, place }, ...places.filter((known) => known.displays !== key)].slice(0, MOST_ARRANGEMENTS);
}

/**
 * Where the first window goes: where the last one was with these displays, moved into sight if it would be out of it; else in the
 * middle of the main display.
 *
 * @param displays  the main one first
 */
export function firstPlace(places: WindowPlaces, displays: readonly Screen[]): WindowPlace {
  const last = places.find((known) => known.displays === arrangement(displays))?.place;
  if (!last) return { ...middleOf(displays[0].workArea), maximized: false, fullScreen: false };
  return { ...inSight(last, displays), maximized: last.maximized, fullScreen: last.fullScreen };
}

/** Where a further window goes: a step down and to the right of another, from the corner again when there is no room. */
export function nextPlace(beside: Rectangle, displays: readonly Screen[]): WindowPlace {
  const { workArea } = displayOf(beside, displays);
  const moved = { ...beside, x: beside.x + STEP, y: beside.y + STEP };
  const fits = moved.x + moved.width <= right(workArea) && moved.y + moved.height <= bottom(workArea);
  const bounds = fits ? moved : { ...beside, x: workArea.x, y: workArea.y };
  return { ...inSight(bounds, displays), maximized: false, fullScreen: false };
}

function middleOf(area: Rectangle): Rectangle {
  const width = Math.min(USUAL.width, area.width);
  const height = Math.min(USUAL.height, area.height);
  return {
    x: area.x + Math.floor((area.width - width) / 2),
    y: area.y + Math.floor((area.height - height) / 2),
    width,
    height,
  };
}

/** No larger than its display, no smaller than the page needs, and its upper edge within reach. */
function inSight({ x, y, width, height }: Rectangle, displays: readonly Screen[]): Rectangle {
  const { workArea } = displayOf({ x, y, width, height }, displays);
  const size = {
    width: Math.max(SMALLEST.width, Math.min(width, workArea.width)),
    height: Math.max(SMALLEST.height, Math.min(height, workArea.height)),
  };
  const edge = { x, y, width: size.width, height: GRIP.height };
  const reach = displays.map((display) => overlap(edge, display.workArea));
  const held = reach.some(({ width, height }) => width >= GRIP.width && height >= GRIP.height);
  if (held) return { x, y, ...size };
  return {
    x: Math.max(workArea.x, Math.min(x, right(workArea) - size.width)),
    y: Math.max(workArea.y, Math.min(y, bottom(workArea) - size.height)),
    ...size,
  };
}

/** The display that shows most of it; the main one where none does. */
function displayOf(bounds: Rectangle, displays: readonly Screen[]): Screen {
  const shown = displays.map(({ workArea }) => area(overlap(bounds, workArea)));
  const most = Math.max(...shown);
  return displays[most > 0 ? shown.indexOf(most) : 0];
}

function overlap(a: Rectangle, b: Rectangle): { width: number; height: number } {
  return {
    width: Math.max(0, Math.min(right(a), right(b)) - Math.max(a.x, b.x)),
    height: Math.max(0, Math.min(bottom(a), bottom(b)) - Math.max(a.y, b.y)),
  };
}

const area = ({ width, height }: { width: number; height: number }): number => width * height;
const right = ({ x, width }: Rectangle): number => x + width;
const bottom = ({ y, height }: Rectangle): number => y + height;
