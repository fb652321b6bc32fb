import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import type { ThemeChoice } from '../../core/bridge';

export type Density = 'compact' | 'comfortable';

/** Kept between sessions where the host allows it; a page without storage works all the same. */
const remembered = <T extends string>(name: string, allowed: readonly T[], usual: T): T => {
  try {
    return allowed.find((value) => value === localStorage.getItem(`moe-lab.${name}`)) ?? usual;
  } catch {
    return usual;
  }
};

const remember = (name: string, value: string): void => {
  try {
    localStorage.setItem(`moe-lab.${name}`, value);
  } catch {
    // Not remembered, then.
  }
};

/** How the application looks. */
export const useSettings = defineStore('settings', () => {
  const theme = ref(remembered<ThemeChoice>('theme', ['system', 'light', 'dark'], 'system'));
  const density = ref(remembered<Density>('density', ['compact', 'comfortable'], 'compact'));
  const dark = matchMedia('(prefers-color-scheme: dark)');

  function apply(): void {
    const root = document.documentElement.dataset;
    root.theme = theme.value === 'system' ? (dark.matches ? 'dark' : 'light') : theme.value;
    root.density = density.value;
  }

  dark.addEventListener('change', apply);
  watch(theme, (value) => remember('theme', value));
  watch(density, (value) => remember('density', value));
  watch([theme, density], apply, { immediate: true, flush: 'sync' });

  /** Height of a line of a data grid in pixels: --grid-row, for what must be reckoned with before it is drawn. */
  const gridRow = computed(() => (density.value === 'comfortable' ? 28 : 22));

  return { theme, density, gridRow };
});
