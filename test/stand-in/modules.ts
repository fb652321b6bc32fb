import Module, * as nodeModule from 'node:module';
import { MODULES } from './electron';

const KEY = 'moe-lab.stand-in';
const NAMES = /^electron(\/main|\/common)?$/;

/** Makes `import … from 'electron'` and `require('electron')` give these modules, in whatever is loaded from now on. */
export function provideElectron(modules: Readonly<Record<string, unknown>>): void {
  (globalThis as unknown as Record<symbol, unknown>)[Symbol.for(KEY)] = modules;
  const names = MODULES.map((name) => `export const ${name} = electron.${name};`).join(' ');
  const source = `const electron = globalThis[Symbol.for('${KEY}')]; export default electron; ${names}`;
  const url = `data:text/javascript,${encodeURIComponent(source)}`;

  // Node 20 has hooks for import alone, off the main thread; Node 26 wants the newer ones, which do both.
  const { registerHooks } = nodeModule as unknown as { registerHooks?: (hooks: object) => void };
  if (registerHooks) {
    registerHooks({
      resolve: (specifier: string, context: object, next: (name: string, context: object) => object) =>
        NAMES.test(specifier) ? { url, shortCircuit: true } : next(specifier, context),
    });
  } else {
    const hook = `export const resolve = (name, context, next) =>
      ${String(NAMES)}.test(name) ? { url: ${JSON.stringify(url)}, shortCircuit: true } : next(name, context);`;
    nodeModule.register(`data:text/javascript,${encodeURIComponent(hook)}`);
  }
  const loader = Module as unknown as { _load(name: string, ...rest: unknown[]): unknown };
  const { _load: load } = loader;
  loader._load = (name, ...rest) => (NAMES.test(name) ? modules : load.call(Module, name, ...rest));
}
