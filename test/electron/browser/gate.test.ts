import { describe, expect, test } from 'vitest';
import { createGate } from '../../../electron/browser/gate';

const gate = createGate(5000);

describe('tokens', () => {
  test('the token of the printed address is long and good again and again', () => {
    expect(gate.token.length).toBeGreaterThanOrEqual(43);
    expect(gate.admits(gate.token)).toBe(true);
    expect(gate.admits(gate.token)).toBe(true);
  });

  test('two programs have two tokens', () => expect(createGate(5000).token).not.toBe(gate.token));

  test('a token for one use is good once', () => {
    const once = gate.issueOnce();
    expect(gate.admits(once)).toBe(true);
    expect(gate.admits(once)).toBe(false);
  });

  test.each(['', 'x', 'undefined'])('"%s" is no token', (shown) => expect(gate.admits(shown)).toBe(false));

  test('a part of the token, or more than it, is no token', () => {
    expect(gate.admits(gate.token.slice(0, -1))).toBe(false);
    expect(gate.admits(`${gate.token}a`)).toBe(false);
  });
});

describe('cookie', () => {
  test('is for this port, out of reach of scripts and of other sites', () => {
    expect(gate.cookie).toBe(`moe-lab-5000=${gate.token}; Path=/; HttpOnly; SameSite=Strict`);
  });

  test('is found among others', () => {
    expect(gate.hasCookie({ cookie: `a=b; moe-lab-5000=${gate.token}; c=d` })).toBe(true);
  });

  test('of another port or another program does not count', () => {
    expect(gate.hasCookie({ cookie: `moe-lab-5001=${gate.token}` })).toBe(false);
    expect(gate.hasCookie({ cookie: 'moe-lab-5000=other' })).toBe(false);
    expect(gate.hasCookie({ cookie: 'moe-lab-5000' })).toBe(false);
    expect(gate.hasCookie({})).toBe(false);
  });
});

test.each([
  ['127.0.0.1:5000', true],
  ['localhost:5000', true],
  ['127.0.0.1:5001', false],
  ['127.0.0.1', false],
  ['evil.test:5000', false],
  ['127.0.0.1.evil.test:5000', false],
  [undefined, false],
])('the host %s is ours: %s', (host, expected) => expect(gate.isOurHost({ host })).toBe(expected));

test.each([
  ['http://127.0.0.1:5000', '127.0.0.1:5000', true],
  ['http://localhost:5000', 'localhost:5000', true],
  ['http://localhost:5000', '127.0.0.1:5000', false],
  ['https://127.0.0.1:5000', '127.0.0.1:5000', false],
  ['http://evil.test:5000', 'evil.test:5000', false],
  ['http://evil.test', '127.0.0.1:5000', false],
  ['null', '127.0.0.1:5000', false],
  [undefined, '127.0.0.1:5000', false],
])('the origin %s at host %s is ours: %s', (origin, host, expected) => {
  expect(gate.isOurOrigin({ origin, host })).toBe(expected);
});
