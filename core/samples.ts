import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SampleInfo } from './protocol';

export interface Samples {
  readonly list: readonly SampleInfo[];
  /** Where the sample's file is, or null when there is none of that id. */
  path(id: string): string | null;
}

interface Entry extends SampleInfo {
  readonly file: string;
}

/** The example tables that ship with the application. `folder` holds samples.json and the files it names. */
export function loadSamples(folder: string): Samples {
  const entries = JSON.parse(readFileSync(join(folder, 'samples.json'), 'utf8')) as Entry[];
  return {
    list: entries.map(({ file: _, ...info }) => info),
    path: (id) => {
      const entry = entries.find((one) => one.id === id);
      return entry ? join(folder, entry.file) : null;
    },
  };
}
