import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
};

export interface StaticFile {
  readonly body: Buffer<ArrayBuffer>;
  readonly type: string;
}

/**
 * The file of `root` that a request's path names (`/` is index.html), or null when there is none: outside the root, a folder, of a
 * type the page does not consist of, or absent.
 */
export async function readStaticFile(root: string, path: string): Promise<StaticFile | null> {
  const file = fileOf(root, path);
  const type = file && types[extname(file)];
  if (!file || !type) return null;
  try {
    return { body: await readFile(file), type };
  } catch {
    return null;
  }
}

/** Where in `root` a request's path points; null when it points outside or cannot be a path. */
export function fileOf(root: string, path: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return null;
  }
  // A NUL ends a path for the operating system; a backslash or a colon is a separator on Windows.
  if (!decoded.startsWith('/') || /[\0\\:]/.test(decoded)) return null;
  const base = normalize(root).replace(/[\\/]+$/, '');
  const file = join(base, decoded === '/' ? 'index.html' : decoded);
  return file.startsWith(base + sep) ? file : null;
}
