import { describe, expect, test } from 'vitest';
import { decode, encode } from '../../core/codec';
import { random } from '../../core/random';

const roundTrip = (message: unknown) => {
  const decoded = decode(encode(message));
  if (!decoded.ok) throw new Error(decoded.error.message);
  return decoded.value;
};

describe('what goes in comes out', () => {
  test.each([
    ['null', null],
    ['undefined', undefined],
    ['text with every kind of character', 'a "quoted" \\ line\n\u0000 \u2212 😀'],
    ['numbers JSON has no word for', [NaN, Infinity, -Infinity, 0, 5e-324, 1.7976931348623157e308, 0.1 + 0.2]],
    ['undefined inside', { a: undefined, b: [undefined, 1] }],
    ['objects that look like marks', { $: 'NaN', inside: { $: ['Float64Array', 3] }, $other: { $: { object: 1 } } }],
    ['an empty object and an empty array', [{}, []]],
  ])('%s', (_, message) => expect(roundTrip(message)).toStrictEqual(message));

  test('minus zero keeps its sign', () => expect(Object.is((roundTrip([-0]) as number[])[0], -0)).toBe(true));

  test('a key named __proto__ stays a key and changes no prototype', () => {
    const message = JSON.parse('{"__proto__":{"polluted":true},"a":1}') as object;
    const back = roundTrip(message) as Record<string, unknown>;
    expect(Object.keys(back)).toEqual(['__proto__', 'a']);
    expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
    expect(back.polluted).toBeUndefined();
  });
});

describe('typed arrays', () => {
  test('every type keeps its type and its bits, wherever it stands', () => {
    const message = {
      list: [new Float64Array([1, NaN, -0, Infinity]), new Uint8Array([1, 2, 3])],
      deep: { er: [new Int16Array([-5]), new Float32Array([0.1]), new Uint32Array([4294967295])] },
      more: [
        new Int8Array(1),
        new Uint8ClampedArray([7]),
        new Int32Array(2),
        new Uint16Array([65535]),
        new Float64Array(),
      ],
    };
    expect(roundTrip(message)).toStrictEqual(message);
  });

  test('a NaN keeps its payload, because bytes are copied and not numbers', () => {
    const bits = new BigUint64Array([0x7ff8_0000_dead_beefn]);
    const back = roundTrip(new Float64Array(bits.buffer)) as Float64Array<ArrayBuffer>;
    expect(new BigUint64Array(back.buffer)[0]).toBe(bits[0]);
  });

  test('a window into a larger buffer carries only its own elements', () => {
    const whole = Float64Array.from({ length: 100 }, (_, i) => i);
    const back = roundTrip({ part: whole.subarray(10, 13) }) as { part: Float64Array };
    expect(back.part).toStrictEqual(new Float64Array([10, 11, 12]));
    expect(encode({ part: whole.subarray(10, 13) }).byteLength).toBeLessThan(100);
  });

  test('a frame at an odd address is read as well', () => {
    const frame = encode([new Float64Array([1.5, 2.5])]);
    const shifted = new Uint8Array(frame.byteLength + 3);
    shifted.set(frame, 3);
    expect(decode(shifted.subarray(3))).toStrictEqual({ ok: true, value: [new Float64Array([1.5, 2.5])] });
  });

  test('arrays read from a buffer of Node do not share its memory', () => {
    const frame = Buffer.from(encode(new Float64Array([1.5, 2.5])));
    const decoded = decode(frame);
    frame.fill(0);
    expect(decoded).toStrictEqual({ ok: true, value: new Float64Array([1.5, 2.5]) });
  });

  test('a buffer of Node arrives as plain bytes', () => {
    expect(roundTrip(Buffer.from('abc'))).toStrictEqual(new Uint8Array([97, 98, 99]));
  });
});

describe('what cannot travel', () => {
  test.each([
    ['a function', () => 1],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['a large integer', 1n],
    ['an object with behaviour', new (class Point {})()],
  ])('%s is refused where it is sent', (_, value) => expect(() => encode({ value })).toThrow(TypeError));
});

describe('damaged frames', () => {
  const frame = encode({ a: new Float64Array([1, 2, 3]), b: 'text' });

  test('every truncation is an error and never an exception', () => {
    for (let length = 0; length < frame.byteLength; length++) {
      const result = decode(frame.subarray(0, length));
      expect(result).toMatchObject({ ok: false, error: { code: 'codec/bad-frame' } });
    }
  });

  test('bytes after the end are an error', () => {
    expect(decode(new Uint8Array([...frame, 0])).ok).toBe(false);
  });

  test('random changes never throw', () => {
    const stream = random(7);
    for (let round = 0; round < 2000; round++) {
      const damaged = frame.slice();
      for (let i = 0; i < 3; i++) damaged[stream.integer(damaged.length)] = stream.integer(256);
      expect(() => decode(damaged)).not.toThrow();
    }
  });

  test('a header nested too deep for the stack is an error', () => {
    const header = new TextEncoder().encode('['.repeat(200_000) + ']'.repeat(200_000));
    const deep = new Uint8Array(4 + header.byteLength);
    new DataView(deep.buffer).setUint32(0, header.byteLength, true);
    deep.set(header, 4);
    expect(decode(deep).ok).toBe(false);
  });

  test.each([
    '{"$":["Float64Array",-1]}',
    '{"$":["Float64Array",1e300]}',
    '{"$":["Date",1]}',
    '{"$":"-1"}',
    '{"$":null}',
  ])('the unknown mark %s is an error', (text) => {
    const header = new TextEncoder().encode(text);
    expect(decode(new Uint8Array([header.byteLength, 0, 0, 0, ...header])).ok).toBe(false);
  });
});
