import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, test } from 'vitest';
import { hashOf, placeOf, useNavigation } from '../../../renderer/stores/navigation';

beforeEach(() => {
  location.hash = '';
  setActivePinia(createPinia());
});

describe('places', () => {
  test('the address names screen and view, and reading it back gives the same place', () => {
    for (const place of [
      { screen: 'data', tab: null },
      { screen: 'results', tab: 'experts' },
      { screen: 'results', tab: 'a/b c' },
    ] as const) {
      expect(placeOf(hashOf(place))).toEqual(place);
    }
  });

  test('an address that means nothing is the start', () => {
    expect(placeOf('#nowhere')).toEqual({ screen: 'start', tab: null });
    expect(placeOf('')).toEqual({ screen: 'start', tab: null });
  });
});

describe('navigation', () => {
  test('going somewhere writes the address; a view of the same screen replaces it', () => {
    const navigation = useNavigation();
    const before = history.length;
    navigation.go('results');
    expect(location.hash).toBe('#results');
    navigation.goTab('experts');
    expect(location.hash).toBe('#results/experts');
    expect(navigation.tab).toBe('experts');
    expect(history.length - before).toBeLessThanOrEqual(1);
  });

  test('another screen begins with its first view', () => {
    const navigation = useNavigation();
    navigation.go('results', 'rows');
    navigation.go('data');
    expect(navigation.tab).toBeNull();
  });

  test('an address typed by hand is followed', () => {
    const navigation = useNavigation();
    location.hash = '#runs';
    dispatchEvent(new HashChangeEvent('hashchange'));
    expect(navigation.screen).toBe('runs');
  });
});
