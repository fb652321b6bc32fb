import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { RecentFile } from '../../core/bridge';
import { useCore } from '../core';
import { useData } from './data';

/** Files and projects that were opened before, newest first, as the host remembers them. A browser host remembers none. */
export const useRecent = defineStore('recent', () => {
  const core = useCore();
  const data = useData();
  const files = shallowRef<readonly RecentFile[]>([]);
  /** The host keeps such a list, be it empty. */
  const kept = core.host === 'electron';

  core.onRecent((next) => (files.value = next));

  return {
    files,
    kept,
    open: (file: RecentFile): Promise<boolean> => data.openRecent(file),
    forget: (file: RecentFile): void => core.forgetRecent(file.id),
    forgetAll: (): void => core.forgetRecent(null),
  };
});
