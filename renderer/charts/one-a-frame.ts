/** Draws; true until all of it is on the screen, where the drawing takes more than one frame. */
export interface Drawing {
  draw(): void;
  isGoingOn(): boolean;
}

/** A drawing that has taken as many frames is waited for no longer. */
const PATIENCE = 40;

/** Drawings that wait for their turn, in the order they came. */
const waiting = new Set<Drawing>();
const turn: { busy: boolean; last: Drawing | null; waited: number } = { busy: false, last: null, waited: 0 };

/**
 * Draws after a frame in which no other drawing is made: several charts on a screen, drawn in one task, would hold up keys and clicks as long
 * as all of them together. A drawing that waits already is not made twice.
 */
export function drawOneAFrame(drawing: Drawing): void {
  waiting.add(drawing);
  if (!turn.busy) ask();
}

/** A drawing whose chart is gone. */
export function forgetDrawing(drawing: Drawing): void {
  waiting.delete(drawing);
  if (turn.last === drawing) turn.last = null;
}

function ask(): void {
  turn.busy = true;
  requestAnimationFrame(next);
}

function next(): void {
  const [drawing] = waiting;
  if (drawing && turn.last && turn.last !== drawing && turn.last.isGoingOn() && turn.waited++ < PATIENCE) return ask();
  // The frame's own task lays out and paints the page: what is drawn has one for itself.
  setTimeout(() => take(drawing));
}

function take(drawing: Drawing | undefined): void {
  turn.busy = false;
  const isWanted = drawing !== undefined && waiting.delete(drawing);
  if (waiting.size > 0) ask();
  if (!isWanted) return;
  turn.last = drawing;
  turn.waited = 0;
  drawing.draw();
}
