/** Asked of every object by the language, by Node or by a debugger: not a use of Electron. */
const HARMLESS = new Set([
  'then',
  'toJSON',
  'constructor',
  'nodeType',
  'asymmetricMatch',
  'domain',
  'inspect',
  'splice',
]);

/** The object, but what it does not have is an error and never silently undefined. */
export function strict<T extends object>(name: string, object: T): T {
  return new Proxy(object, {
    get(target, key, receiver) {
      if (key in target || typeof key === 'symbol' || HARMLESS.has(key))
        return Reflect.get(target, key, receiver) as unknown;
      throw new Error(`the stand-in has no electron.${name}.${key}`);
    },
  });
}

/** A whole module that the stand-in does not have. */
export function absent(name: string): object {
  const refuse = () => {
    throw new Error(`the stand-in has no electron.${name}`);
  };
  return new Proxy(function unknown() {}, { get: refuse, apply: refuse, construct: refuse });
}
