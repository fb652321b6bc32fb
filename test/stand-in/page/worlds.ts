/**
 * A page's two worlds and what the context bridge lets through: values are cloned, functions become functions of the other side,
 * promises become promises of the other side. Calls wait for their answer. Both sides run this same code.
 */
type Request =
  | { readonly kind: 'expose'; readonly key: string; readonly value: unknown }
  | { readonly kind: 'call'; readonly target: number; readonly args: readonly unknown[] }
  | { readonly kind: 'settle'; readonly target: number; readonly ok: boolean; readonly value: unknown };
type Answer = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: unknown };
type Detail = { readonly id: number; readonly request: Request } | { readonly id: number; readonly answer: Answer };

const MARK = '$stand-in';

export interface World {
  expose(key: string, value: unknown): void;
}

export function joinWorlds(secret: string, side: 'main' | 'isolated'): World {
  const hear = `${secret}-${side}`;
  const say = `${secret}-${side === 'main' ? 'isolated' : 'main'}`;
  const functions = new Map<number, (...args: unknown[]) => unknown>();
  const promises = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  const answers = new Map<number, Answer>();
  const counter = { next: 1 };

  const dispatch = (detail: Detail) => void window.dispatchEvent(new CustomEvent(say, { detail }));

  function ask(request: Request): unknown {
    const id = counter.next++;
    dispatch({ id, request });
    const answer = answers.get(id);
    answers.delete(id);
    if (!answer) throw new Error('the other world of the page does not answer');
    if (!answer.ok) throw answer.error;
    return unpack(answer.value);
  }

  window.addEventListener(hear, (event) => {
    const detail = (event as CustomEvent<Detail>).detail;
    if ('answer' in detail) answers.set(detail.id, detail.answer);
    else dispatch({ id: detail.id, answer: attempt(() => serve(detail.request)) });
  });

  function serve(request: Request): unknown {
    switch (request.kind) {
      case 'expose':
        if (request.key in window)
          throw new Error('Cannot bind an API on top of an existing property on the window object');
        return void Object.defineProperty(window, request.key, {
          value: frozen(unpack(request.value)),
          enumerable: true,
        });
      case 'call':
        return pack(functions.get(request.target)?.(...(unpack(request.args) as unknown[])));
      case 'settle': {
        const promise = promises.get(request.target);
        promises.delete(request.target);
        if (request.ok) promise?.resolve(unpack(request.value));
        else promise?.reject(unpack(request.value));
      }
    }
  }

  function pack(value: unknown): unknown {
    if (typeof value === 'function') {
      const target = counter.next++;
      functions.set(target, value as () => unknown);
      return { [MARK]: 'function', target };
    }
    if (value instanceof Promise) {
      const target = counter.next++;
      value.then(
        (result: unknown) => ask({ kind: 'settle', target, ok: true, value: pack(result) }),
        (error: unknown) => ask({ kind: 'settle', target, ok: false, value: error }),
      );
      return { [MARK]: 'promise', target };
    }
    return through(value, pack);
  }

  function unpack(value: unknown): unknown {
    if (typeof value !== 'object' || value === null || !(MARK in value)) return through(value, unpack);
    const { target, [MARK]: kind } = value as unknown as { target: number; [MARK]: string };
    if (kind === 'function') return (...args: unknown[]) => ask({ kind: 'call', target, args: args.map(pack) });
    return new Promise((resolve, reject) => promises.set(target, { resolve, reject }));
  }

  return { expose: (key, value) => void ask({ kind: 'expose', key, value: pack(value) }) };
}

/** What is exposed is frozen, with all it holds. */
function frozen(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) Object.values(value).forEach(frozen);
  return ArrayBuffer.isView(value) ? value : Object.freeze(value);
}

/** Plain objects and lists, entry by entry; whatever else is cloned as it is. */
function through(value: unknown, each: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(each);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, each(entry)]));
}

function attempt(action: () => unknown): Answer {
  try {
    return { ok: true, value: action() };
  } catch (error) {
    return { ok: false, error };
  }
}
