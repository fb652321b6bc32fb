import { BadArchive, named, unpack } from './archive';
import { anyManifest, limits, MANIFEST, manifest, parts, VERSION, type Manifest } from './manifest';
import { sha256 } from './sha256';

/** The file is sound as far as can be told, but a later MoE Lab made it. */
export class NewerProject extends Error {
  constructor(readonly madeWith: string) {
    super(`made with version ${madeWith}`);
  }
}

/**
 * The parts of a project file, each with the length and the sum that the manifest says. Throws BadArchive or NewerProject, or what
 * the archive makes its reader throw.
 */
export async function unpackProject(bytes: Uint8Array): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  const expected = new Map<string, Manifest['parts'][number]>();

  function allow(name: string, claimed: number): number {
    if (expected.size === 0) {
      if (name !== MANIFEST) throw new BadArchive('it does not begin with its manifest');
      if (claimed > limits.manifest) throw new BadArchive('its manifest is too long');
      return claimed;
    }
    const info = expected.get(name);
    if (!info) throw new BadArchive(`it holds ${named(name)}, which its manifest does not name`);
    if (found.has(name)) throw new BadArchive(`it holds ${named(name)} twice`);
    return info.bytes;
  }

  function take(name: string, content: Uint8Array): void {
    if (expected.size > 0) found.set(name, content);
    else for (const info of readManifest(content)) expected.set(info.name, info);
  }

  await unpack(bytes, allow, take);
  if (expected.size === 0) throw new BadArchive('it has no manifest');
  for (const { name, sha256: sum } of expected.values()) {
    const content = found.get(name);
    if (!content) throw new BadArchive(`${named(name)} is missing`);
    if ((await sha256(content)) !== sum) throw new BadArchive(`${named(name)} is not what was saved`);
  }
  return found;
}

function readManifest(content: Uint8Array): Manifest['parts'] {
  const value: unknown = JSON.parse(utf8(content));
  const any = anyManifest.safeParse(value);
  if (!any.success) throw new BadArchive('its manifest cannot be read');
  const { version, createdWith } = any.data;
  if (version > VERSION) throw new NewerProject(createdWith.version.replace(/[^\w.+-]/g, '').slice(0, 40));
  const checked = manifest.safeParse(value);
  if (!checked.success) throw new BadArchive('its manifest cannot be read');
  const infos = checked.data.parts;
  const texts = infos.filter(({ name }) => name !== parts.table);
  if (
    infos.length + 1 > limits.parts ||
    new Set(infos.map(({ name }) => name)).size < infos.length ||
    infos.some(({ bytes }) => bytes > limits.file) ||
    texts.some(({ bytes }) => bytes > limits.text) ||
    texts.reduce((sum, { bytes }) => sum + bytes, 0) > limits.allText
  )
    throw new BadArchive('its manifest names more than a project can hold');
  return infos;
}

/** Throws on what is not UTF-8. */
export const utf8 = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes);
