import type { SaveFile } from '../../core/bridge';
import type { Result } from '../../core/result';
import type { Core } from '../core';

/** Has the host save files; false when the user thinks better of it. A host that cannot says why in a sentence. */
export async function saveFiles(core: Core, files: readonly SaveFile[]): Promise<Result<boolean>> {
  try {
    return { ok: true, value: await core.saveFiles(files) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, error: { code: 'save/failed', message } };
  }
}
