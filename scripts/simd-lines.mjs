/** Compiles core/kernels/simd (AssemblyScript) to WebAssembly and gives it to whoever imports `virtual:simd-lines`. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const NAME = 'virtual:simd-lines';
const INSIDE = `\0${NAME}`;
const FOLDER = 'core/kernels/simd';
/** The module's own, then what it imports. */
const SOURCES = ['lines.ts', 'functions.ts'];

// No relaxed vectors: their digits may differ between processors. No runtime: nothing is allocated there.
const OPTIONS = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd'];

/**
 * The plugin of Vite that gives the module.
 *
 * @param {string} root  the project's folder
 * @returns {import('vite').Plugin}
 */
export const simdLines = (root) => ({
  name: 'moe-lab:simd-lines',
  resolveId: (id) => (id === NAME ? INSIDE : null),
  async load(id) {
    if (id !== INSIDE) return null;
    const paths = SOURCES.map((name) => join(root, FOLDER, name));
    paths.forEach((path) => this.addWatchFile(path));
    const module = await compiled(
      root,
      paths.map((path) => readFileSync(path, 'utf8')),
    );
    return `export default '${module.toString('base64')}';`;
  },
});

/**
 * The compiled module; one that was compiled before from the same texts is taken as it is.
 *
 * @param {string} root
 * @param {string[]} texts  of SOURCES
 */
async function compiled(root, texts) {
  const folder = join(root, 'node_modules/.cache/moe-lab/simd');
  const version = readFileSync(join(root, 'node_modules/assemblyscript/package.json'), 'utf8');
  const hash = createHash('sha256').update(texts.join('\0')).update(version).update(OPTIONS.join(' ')).digest('hex');
  const cached = join(folder, `${hash}.wasm`);
  if (existsSync(cached)) return readFileSync(cached);
  const module = await compile(texts);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(cached, module);
  } catch {
    // Where nothing may be written it is compiled each time.
  }
  return module;
}

/** @param {string[]} texts */
async function compile(texts) {
  // Only here: it is large, and mostly not needed.
  const { default: asc } = await import('assemblyscript/asc');
  /** @type {Map<string, Uint8Array | string>} */
  const out = new Map();
  const { error, stderr } = await asc.main(['lines.ts', '--outFile', 'lines.wasm', ...OPTIONS], {
    readFile: (name) => texts[SOURCES.indexOf(name)] ?? null,
    writeFile: (name, contents) => void out.set(name, contents),
    listFiles: () => [],
  });
  const module = out.get('lines.wasm');
  if (error || !(module instanceof Uint8Array))
    throw new Error(`The vector kernels do not compile: ${stderr.toString() || String(error)}`);
  return Buffer.from(module);
}
