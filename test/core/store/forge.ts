import { createHash } from 'node:crypto';
import { pack } from '../../../core/store/archive';
import { FORMAT, MANIFEST, VERSION } from '../../../core/store/manifest';
import { unpackProject } from '../../../core/store/unpack-project';

const text = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

/** A project file as somebody with bad intentions makes it: any parts, with a manifest that fits them. */
export async function forged(
  parts: ReadonlyMap<string, Uint8Array>,
  manifest: Record<string, unknown> = {},
): Promise<Uint8Array> {
  const infos = [...parts].map(([name, content]) => ({
    name,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  }));
  const made = { format: FORMAT, version: VERSION, createdWith: { version: '0.1.0' }, parts: infos, ...manifest };
  return pack([
    { name: MANIFEST, content: text(made), stored: true },
    ...[...parts].map(([name, content]) => ({ name, content, stored: name.endsWith('.parquet') })),
  ]);
}

/** The project with one JSON part changed, or another part in its place, and every sum made to fit. */
export async function altered(
  project: Uint8Array,
  name: string,
  change: (value: never) => unknown,
): Promise<Uint8Array> {
  const parts = await unpackProject(project);
  const content = parts.get(name);
  if (!content) throw new Error(`There is no part ${name}.`);
  parts.set(name, text(change(JSON.parse(new TextDecoder().decode(content)) as never)));
  return forged(parts);
}
