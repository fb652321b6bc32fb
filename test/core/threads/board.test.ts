import { expect, test } from 'vitest';
import { boardMemory, boardOn } from '../../../core/threads/board';

const never = () => false;
const words = (text: string) => new TextEncoder().encode(text);

test('work is joined once by each thread, with its message and its sums', () => {
  const memory = boardMemory();
  const [asks, helps] = [boardOn(memory), boardOn(memory)];
  expect(helps.join(0)).toBeNull();
  const sums = asks.open(words('squares'), 3, never);
  const joined = helps.join(0);
  expect(new TextDecoder().decode(joined?.message)).toBe('squares');
  joined?.sums.set([1, 2, 3]);
  expect(sums).toEqual(new Float64Array([1, 2, 3]));
  helps.leave();
  expect(helps.join(0)).toBeNull();
  asks.open(words('cubes'), 1, never);
  expect(new TextDecoder().decode(helps.join(0)?.message)).toBe('cubes');
});

test('pieces are claimed once and added in the order of their numbers', () => {
  const memory = boardMemory();
  const [asks, helps] = [boardOn(memory), boardOn(memory)];
  asks.open(words(''), 0, never);
  helps.join(0);
  expect([asks.claim(), helps.claim(), asks.claim()]).toEqual([0, 1, 2]);
  let looks = 0;
  expect(helps.awaitTurn(1, () => ++looks > 1)).toBe(false);
  expect(asks.awaitTurn(0, never)).toBe(true);
  asks.added(0);
  expect(helps.awaitTurn(1, never)).toBe(true);
});

test('nobody joins work that is closed, and work that is larger than the memory was finds room', () => {
  const memory = boardMemory();
  const [asks, helps] = [boardOn(memory), boardOn(memory)];
  const sums = asks.open(new Uint8Array(3_000_001), 1_000_000, never);
  expect(sums?.length).toBe(1_000_000);
  expect(helps.join(0)?.sums.length).toBe(1_000_000);
  helps.leave();
  asks.close();
  expect(boardOn(memory).join(0)).toBeNull();
  expect(asks.open(new Uint8Array(0), 2 ** 28, never)).toBeNull();
});

test('where a thread has failed nobody waits for its piece, and nothing new is laid out beside it', () => {
  const memory = boardMemory();
  const [asks, helps] = [boardOn(memory), boardOn(memory)];
  asks.open(words(''), 1, never);
  helps.join(0);
  helps.claim();
  const piece = asks.claim();
  helps.fail();
  expect(asks.awaitTurn(piece, never)).toBe(false);
  expect([asks.isFailed(), helps.isFailed()]).toEqual([true, true]);
  expect(asks.open(words(''), 1, never)).toBeNull();
});

test('nobody waits for a piece of work that was closed before all of them were added', () => {
  const memory = boardMemory();
  const [asks, helps] = [boardOn(memory), boardOn(memory)];
  asks.open(words(''), 1, never);
  helps.join(0);
  asks.claim();
  const piece = helps.claim();
  asks.close();
  expect(helps.awaitTurn(piece, never)).toBe(false);
});

test('who lays out work does not wait for a thread that never leaves once it is stopped', () => {
  const memory = boardMemory();
  const [asks, helps] = [boardOn(memory), boardOn(memory)];
  asks.open(words(''), 1, never);
  helps.join(0);
  let looks = 0;
  expect(asks.open(words(''), 1, () => ++looks > 1)).toBeNull();
  expect(asks.isFailed()).toBe(false);
});
