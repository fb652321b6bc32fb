/** Draws; true until all of it is on the screen, where the drawing takes more than one frame. */
export interface Drawing {
  draw(): void;
  isGoingOn(): boolean;
}

/** A drawing that has taken as many frames is waited for no longer. */
const PATIENCE = 40;

/** Drawings that wait for their turn, in the order they came. */
const waiting = new Set<Drawing>();
const turn: { frame: number; last: Drawing | null; waited: number } = { frame: 0, last: null, waited: 0 };

/**
 * Draws in a frame in which no other drawing is made: several charts on a screen, drawn in one task, would hold up keys and clicks as long as
 * all of them together. A drawing that waits already is not made twice.
 */
export function drawOneAFrame(drawing: Drawing): void {
  waiting.add(drawing);
  turn.frame ||= requestAnimationFrame(next);
}

/** A drawing whose chart is gone. */
export function forgetDrawing(drawing: Drawing): void {
  waiting.delete(drawing);
  if (turn.last === drawing) turn.last = null;
}

function next(): void {
  const [drawing] = waiting;
  turn.frame = 0;
  if (!drawing) return;
  if (turn.last && turn.last !== drawing && turn.last.isGoingOn() && turn.waited++ < PATIENCE) {
    turn.frame = requestAnimationFrame(next);
    return;
  }
  waiting.delete(drawing);
  turn.last = drawing;
  turn.waited = 0;
  if (waiting.size > 0) turn.frame = requestAnimationFrame(next);
  drawing.draw();
}
