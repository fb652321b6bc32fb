import { watchEffect } from 'vue';
import { useData } from '../stores/data';
import { useNavigation } from '../stores/navigation';
import { places } from './steps';

/** The window's title names the file and the screen. */
export function useTitle(): void {
  const data = useData();
  const navigation = useNavigation();
  watchEffect(() => {
    const step = places.find(({ screen }) => screen === navigation.screen);
    document.title = [data.table?.file.name, step?.label, 'MoE Lab'].filter(Boolean).join(' – ');
  });
}
