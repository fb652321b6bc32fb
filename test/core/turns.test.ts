import { expect, test } from 'vitest';
import { finish, inBlocks, inTurns, type Steps } from '../../core/turns';

/** Adds 1 to n in as many steps, each taking a millisecond of a clock that the test holds. */
function* counting(n: number, clock: { ms: number }): Steps<number> {
  let sum = 0;
  for (let i = 1; i <= n; i++) {
    sum += i;
    clock.ms += 1;
    yield;
  }
  return sum;
}

test('the same comes of it at once and in turns', async () => {
  const clock = { ms: 0 };
  expect(finish(counting(100, clock))).toBe(5050);
  expect(await inTurns(counting(100, clock), () => clock.ms)).toBe(5050);
});

test('others get a turn before it begins and then every 20 milliseconds', async () => {
  const clock = { ms: 0 };
  const turns: number[] = [];
  const state = { done: false };
  const others = () => {
    turns.push(clock.ms);
    if (!state.done) setImmediate(others);
  };
  setImmediate(others);
  await inTurns(counting(100, clock), () => clock.ms);
  state.done = true;
  expect(turns.slice(0, 5)).toEqual([0, 20, 40, 60, 80]);
});

test('what is thrown on the way reaches whoever waits', async () => {
  function* broken(): Steps<void> {
    yield;
    throw new Error('broken');
  }
  await expect(inTurns(broken())).rejects.toThrow('broken');
});

test('blocks cover every row once, in order, and are smaller the wider the rows', () => {
  const blocks = (n: number, width: number) => {
    const seen: [number, number][] = [];
    finish(inBlocks(n, width, (from, to) => void seen.push([from, to])));
    return seen;
  };
  for (const [n, width] of [
    [0, 1],
    [1, 0],
    [1_000_000, 1],
    [1_000_000, 58],
    [7, 1_000_000],
  ]) {
    const seen = blocks(n, width);
    expect(seen.map(([from]) => from)).toEqual([0, ...seen.map(([, to]) => to)].slice(0, seen.length));
    expect(seen.at(-1)?.[1] ?? 0).toBe(n);
  }
  expect(blocks(1_000_000, 58).length).toBeGreaterThan(blocks(1_000_000, 1).length);
  expect(blocks(7, 1_000_000)).toHaveLength(7);
});
