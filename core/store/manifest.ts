import { z } from 'zod';

/** First in the archive and stored as it is, so that a file is recognised by its first bytes. */
export const MANIFEST = 'manifest.json';
export const FORMAT = 'moe-lab/project';
/** 2 has steps of columns, weights, other splits and other ways to read a file, which version 1 had no words for. */
export const VERSION = 2;

/** Parts are lower-case words and ids in folders: nothing that could lead out of one. */
const partName = z.string().regex(/^[A-Za-z0-9-]+(\/[A-Za-z0-9-]+)*\.[a-z]+$/);

const part = z.object({
  name: partName,
  bytes: z.number().int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type PartInfo = z.infer<typeof part>;

/** What every version of the format says of itself. */
export const anyManifest = z.object({
  format: z.literal(FORMAT),
  version: z.number().int().min(1),
  createdWith: z.object({ version: z.string() }),
});

export const manifest = anyManifest.extend({
  version: z.number().int().min(1).max(VERSION),
  parts: z.array(part).min(1),
});
export type Manifest = z.infer<typeof manifest>;

/** The names of the parts. */
export const parts = {
  table: 'data.parquet',
  recipe: 'recipe.json',
  report: 'report/index.html',
  run: (id: string) => ({
    recipe: `runs/${id}/recipe.json`,
    result: `runs/${id}/result.json`,
    trace: `runs/${id}/trace.json`,
  }),
  experiment: (id: string) => `experiments/${id}.json`,
} as const;

const MB = 1024 * 1024;

/** What a project may hold at most. Its bytes are handed from the core to the page and on to the host in one piece. */
export const limits = {
  file: 128 * MB,
  /** Parts, the manifest among them. */
  parts: 3000,
  manifest: MB,
  /** One part but the table. */
  text: 64 * MB,
  /** All parts but the table. */
  allText: 128 * MB,
} as const;
