/**
 * Messages as binary frames, for a transport that cannot clone: the WebSocket of the browser host. Carries what the protocol holds:
 * plain objects and arrays, strings, booleans, null, undefined, every number (NaN, infinities and -0 included) and typed arrays.
 *
 * A frame is the length of the header in bytes (uint32), the header (JSON in UTF-8), and the bytes of the typed arrays one after
 * another. In the header whatever JSON has no word for is an object with the single key `$`. Numbers are little-endian: both ends
 * run on the same kind of processor, and no other kind is supported.
 */
import { fail, ok, type Result } from './result';

const arrayTypes = {
  Float64Array,
  Float32Array,
  Int32Array,
  Uint32Array,
  Int16Array,
  Uint16Array,
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
} as const;
type ArrayType = keyof typeof arrayTypes;
type TypedArray = InstanceType<(typeof arrayTypes)[ArrayType]>;

const LENGTH_BYTES = 4;
const MARK = '$';
const rareNumbers: Readonly<Record<string, number>> = { NaN, Infinity, '-Infinity': -Infinity, '-0': -0 };

/** The message as one frame. Throws on what the protocol never holds (functions, dates, maps): that is a mistake of ours. */
export function encode(message: unknown): Uint8Array<ArrayBuffer> {
  const arrays: TypedArray[] = [];
  const header = new TextEncoder().encode(JSON.stringify(pack(message, arrays)));
  const bytes = arrays.reduce((sum, array) => sum + array.byteLength, LENGTH_BYTES + header.byteLength);
  const frame = new Uint8Array(bytes);
  new DataView(frame.buffer).setUint32(0, header.byteLength, true);
  frame.set(header, LENGTH_BYTES);
  let at = LENGTH_BYTES + header.byteLength;
  for (const array of arrays) {
    frame.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += array.byteLength;
  }
  return frame;
}

/** The message of a frame; `codec/bad-frame` when the bytes are none. The typed arrays own their memory. */
export function decode(frame: Uint8Array): Result<unknown> {
  try {
    const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
    const start = LENGTH_BYTES + view.getUint32(0, true);
    if (start > frame.byteLength) throw new RangeError('the header is cut off');
    const header = new TextDecoder('utf-8', { fatal: true }).decode(frame.subarray(LENGTH_BYTES, start));
    // A Buffer's own slice would be a window into memory that others use, too.
    const bytes = new Uint8Array(frame.buffer, frame.byteOffset, frame.byteLength);
    const body = { bytes, at: start };
    const message = unpack(JSON.parse(header), body);
    if (body.at !== frame.byteLength) throw new RangeError('bytes are left over');
    return ok(message);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return fail('codec/bad-frame', `A message arrived damaged (${said}); reload the page to connect again.`);
  }
}

/** The value with everything JSON cannot say marked; its typed arrays are appended to `arrays` in the order they are met. */
function pack(value: unknown, arrays: TypedArray[]): unknown {
  if (value === undefined) return { [MARK]: 'undefined' };
  if (typeof value === 'number')
    return Number.isFinite(value) && !Object.is(value, -0)
      ? value
      : { [MARK]: Object.is(value, -0) ? '-0' : `${value}` };
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return Array.from(value, (entry) => pack(entry, arrays));
  if (typeof value === 'object') {
    const type = arrayTypeOf(value);
    if (type) {
      const array = value as TypedArray;
      arrays.push(array);
      return { [MARK]: [type, array.length] };
    }
    if (isPlain(value)) {
      const entries = Object.entries(value).map(([key, entry]) => [key, pack(entry, arrays)]);
      const packed: unknown = Object.fromEntries(entries);
      return Object.hasOwn(value, MARK) ? { [MARK]: { object: packed } } : packed;
    }
  }
  throw new TypeError(`A message cannot carry ${Object.prototype.toString.call(value)}.`);
}

function unpack(value: unknown, body: Body): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((entry) => unpack(entry, body));
  if (!Object.hasOwn(value, MARK)) return unpackEntries(value, body);
  const marked = (value as Record<string, unknown>)[MARK];
  if (marked === 'undefined') return undefined;
  if (typeof marked === 'string' && Object.hasOwn(rareNumbers, marked)) return rareNumbers[marked];
  if (Array.isArray(marked)) return takeArray(marked[0], marked[1], body);
  if (marked !== null && typeof marked === 'object' && 'object' in marked) {
    return unpackEntries(marked.object as object, body);
  }
  throw new TypeError('a value is of no known kind');
}

// fromEntries defines own properties, so a key named __proto__ stays an ordinary key.
const unpackEntries = (value: object, body: Body) =>
  Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, unpack(entry, body)]));

/** The rest of a frame, read from front to back. */
interface Body {
  readonly bytes: Uint8Array;
  at: number;
}

function takeArray(type: unknown, length: unknown, body: Body): TypedArray {
  if (typeof type !== 'string' || !Object.hasOwn(arrayTypes, type)) throw new TypeError('an array is of no known type');
  if (!Number.isSafeInteger(length) || (length as number) < 0) throw new RangeError('an array has no valid length');
  const constructor = arrayTypes[type as ArrayType];
  const end = body.at + (length as number) * constructor.BYTES_PER_ELEMENT;
  if (end > body.bytes.byteLength) throw new RangeError('an array is cut off');
  // A copy, because the frame need not be aligned to the size of the elements.
  const copy = body.bytes.slice(body.at, end);
  body.at = end;
  return new constructor(copy.buffer, 0, length as number);
}

function arrayTypeOf(value: object): ArrayType | null {
  if (!ArrayBuffer.isView(value)) return null;
  // By its tag, not its constructor: Node's Buffer is a Uint8Array by another name.
  const name = tagOf(value);
  return Object.hasOwn(arrayTypes, name) ? (name as ArrayType) : null;
}

const tagOf = (value: object) => Object.prototype.toString.call(value).slice('[object '.length, -1);

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
