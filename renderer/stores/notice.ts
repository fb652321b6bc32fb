import { defineStore } from 'pinia';
import { shallowRef } from 'vue';

/** What the user should know about what they just did, where no screen has a place for it. */
export interface Told {
  readonly kind: 'info' | 'amber';
  /** The fact. */
  readonly fact: string;
  /** Why, or what to do. */
  readonly rest: string;
}

/** One sentence at a time, under the bar, until it is closed or another file is opened. */
export const useNotice = defineStore('notice', () => {
  const told = shallowRef<Told | null>(null);
  const tell = (next: Told): void => void (told.value = next);
  const dismiss = (): void => void (told.value = null);
  return { told, tell, dismiss };
});
