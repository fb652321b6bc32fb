import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { drawOneAFrame, forgetDrawing } from '../../../renderer/charts/one-a-frame';

const frames: (() => void)[] = [];
/** The browser shows a frame, and does what was left for after it. */
const frame = (): void => {
  frames.splice(0).forEach((call) => call());
  vi.runAllTimers();
};

const once = (draw: () => void) => ({ draw, isGoingOn: () => false });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  vi.stubGlobal('requestAnimationFrame', (call: () => void) => frames.push(call));
});
afterEach(() => {
  while (frames.length) frame();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('Charts that are to be drawn at the same time are drawn one a frame, in the order they came.', () => {
  const drawn: string[] = [];
  for (const name of ['a', 'b', 'c']) drawOneAFrame(once(() => drawn.push(name)));
  expect(drawn).toEqual([]);
  frame();
  expect(drawn).toEqual(['a']);
  frame();
  frame();
  expect(drawn).toEqual(['a', 'b', 'c']);
  expect(frames).toHaveLength(0);
});

test('A chart that changes twice before its frame is drawn once.', () => {
  const drawing = once(vi.fn());
  drawOneAFrame(drawing);
  drawOneAFrame(drawing);
  frame();
  frame();
  expect(drawing.draw).toHaveBeenCalledTimes(1);
});

test('A chart that is gone before its frame is not drawn, and the others are.', () => {
  const [gone, there] = [once(vi.fn()), once(vi.fn())];
  drawOneAFrame(gone);
  drawOneAFrame(there);
  forgetDrawing(gone);
  frame();
  expect(gone.draw).not.toHaveBeenCalled();
  expect(there.draw).toHaveBeenCalledTimes(1);
});

test('A chart that goes between its frame and its drawing is not drawn.', () => {
  const [gone, there] = [once(vi.fn()), once(vi.fn())];
  drawOneAFrame(gone);
  frames.splice(0).forEach((call) => call());
  forgetDrawing(gone);
  drawOneAFrame(there);
  vi.runAllTimers();
  frame();
  expect(gone.draw).not.toHaveBeenCalled();
  expect(there.draw).toHaveBeenCalledTimes(1);
});

test('A drawing that fails does not keep the next from being drawn.', () => {
  const there = once(vi.fn());
  drawOneAFrame(
    once(() => {
      throw new Error('no canvas');
    }),
  );
  drawOneAFrame(there);
  expect(frame).toThrow('no canvas');
  frame();
  expect(there.draw).toHaveBeenCalledTimes(1);
});

test('A chart waits until the one before is on the screen, but not forever, and not for itself.', () => {
  const state = { goesOn: true };
  const long = { draw: vi.fn(), isGoingOn: () => state.goesOn };
  const next = once(vi.fn());
  drawOneAFrame(long);
  drawOneAFrame(next);
  frame();
  frame();
  expect(long.draw).toHaveBeenCalledTimes(1);
  expect(next.draw).not.toHaveBeenCalled();
  state.goesOn = false;
  frame();
  expect(next.draw).toHaveBeenCalledTimes(1);

  state.goesOn = true;
  drawOneAFrame(long);
  frame();
  drawOneAFrame(long);
  frame();
  expect(long.draw).toHaveBeenCalledTimes(3);
  drawOneAFrame(next);
  for (let i = 0; i < 100; i++) frame();
  expect(next.draw).toHaveBeenCalledTimes(2);
});
