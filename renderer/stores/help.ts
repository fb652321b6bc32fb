import { defineStore } from 'pinia';
import { ref } from 'vue';

export type HelpPage = 'shortcuts' | 'licences' | 'diagnostics' | 'about';

/** Which page of help is open. */
export const useHelp = defineStore('help', () => {
  const page = ref<HelpPage | null>(null);
  const show = (next: HelpPage): void => void (page.value = next);
  const close = (): void => void (page.value = null);
  return { page, show, close };
});
