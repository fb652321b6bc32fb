import { watchEffect } from 'vue';
import { useNavigation } from '../stores/navigation';
import type { Screen } from '../stores/navigation';
import { places } from './steps';
import { useWork, type Work } from './work';

/** "concrete.moe – unsaved changes – Results – MoE Lab". */
export function titleOf({ name, saved }: Work, screen: Screen): string {
  const label = places.find((place) => place.screen === screen)?.label;
  const state = saved && saved.words.charAt(0).toLowerCase() + saved.words.slice(1);
  return [name, state, label, 'MoE Lab'].filter(Boolean).join(' – ');
}

/** The window's title names the project, whether it is saved, and the screen. */
export function useTitle(): void {
  const navigation = useNavigation();
  const work = useWork();
  watchEffect(() => {
    document.title = titleOf(work.value, navigation.screen);
  });
}
