import type { GraphicComponentOption } from 'echarts/components';
import type { Mark } from './identity';
import { symbolOutline } from './identity';

/** A mark's symbol as a drawn element around (x, y) in pixels; hollow marks show the ground inside. */
export function symbolElement(
  mark: Mark,
  x: number,
  y: number,
  r: number,
  colour: string,
  ground: string,
  opacity = 1,
): GraphicComponentOption {
  const style = mark.hollow
    ? { fill: ground, stroke: colour, lineWidth: 1.75, opacity }
    : { fill: colour, stroke: 'none', lineWidth: 0, opacity };
  const outline = symbolOutline(mark.symbol, r);
  if (!outline) return { type: 'circle', silent: true, z: 9, shape: { cx: x, cy: y, r }, style };
  return { type: 'polygon', silent: true, z: 9, shape: { points: outline.map(([px, py]) => [x + px, y + py]) }, style };
}
