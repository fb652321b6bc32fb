import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What a packaged application cannot start without and packaging does not ask for: the core's files, which run beside the archive, and
 * DuckDB's native part for the target, of which npm installs this computer's alone. Gives what is wrong as a sentence, or null.
 *
 * @param {string} unpacked The folder app.asar.unpacked.
 * @param {string} target Platform and processor in Node's words, such as darwin-arm64.
 */
export function packageFault(unpacked, target) {
  const ours = ['out/main/core.js', 'out/main/worker.js', 'resources/samples/samples.json', 'package.json'];
  const missing = ours.find((path) => !existsSync(join(unpacked, path)));
  if (missing) return `The package lacks ${missing} beside its archive: look at asarUnpack in electron-builder.yml.`;
  const bindings = 'node_modules/@duckdb/node-bindings';
  if (existsSync(join(unpacked, `${bindings}-${target}/duckdb.node`))) return null;
  const version = installedVersion(join(unpacked, bindings));
  return `The package lacks DuckDB for ${target}, which npm installs on such a computer alone. Run \`npm install --no-save --force @duckdb/node-bindings-${target}@${version}\` and package again, or package there.`;
}

/** "latest" where even the package that names the native parts is missing. */
function installedVersion(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
  } catch {
    return 'latest';
  }
}
