import { defineStore } from 'pinia';
import { ref } from 'vue';

export const screens = ['start', 'data', 'model', 'runs', 'results', 'experiments'] as const;
export type Screen = (typeof screens)[number];

export interface Place {
  readonly screen: Screen;
  /** A view of the screen, by its own name; null for its first. */
  readonly tab: string | null;
}

/** "#results/experts" and back. Anything else is the start. */
export function placeOf(hash: string): Place {
  const [name, tab] = hash.replace(/^#/, '').split('/');
  const screen = screens.find((known) => known === name);
  return screen ? { screen, tab: tab ? decodeURIComponent(tab) : null } : { screen: 'start', tab: null };
}

export const hashOf = (place: Place): string =>
  `#${place.screen}${place.tab ? `/${encodeURIComponent(place.tab)}` : ''}`;

/** Which screen is shown. The address keeps it, so that back and forward work. */
export const useNavigation = defineStore('navigation', () => {
  const first = placeOf(location.hash);
  const screen = ref<Screen>(first.screen);
  const tab = ref<string | null>(first.tab);

  const show = (place: Place): void => {
    screen.value = place.screen;
    tab.value = place.tab;
  };

  function go(to: Screen, toTab: string | null = null): void {
    const place = { screen: to, tab: toTab };
    if (hashOf(place) !== hashOf({ screen: screen.value, tab: tab.value })) history.pushState(null, '', hashOf(place));
    show(place);
  }

  /** Views of one screen are not steps back: the address is changed in place. */
  function goTab(toTab: string | null): void {
    history.replaceState(null, '', hashOf({ screen: screen.value, tab: toTab }));
    tab.value = toTab;
  }

  addEventListener('popstate', () => show(placeOf(location.hash)));
  addEventListener('hashchange', () => show(placeOf(location.hash)));

  return { screen, tab, go, goTab };
});
