import { afterEach, expect, test } from 'vitest';
import { cycleRegion } from '../../../renderer/frame/regions';

afterEach(() => (document.body.innerHTML = ''));

test('F6 goes round the regions in reading order, and backwards with Shift', () => {
  document.body.innerHTML =
    '<div id="a" data-region tabindex="-1"><button id="in-a"></button></div><div id="b" data-region tabindex="-1"></div>';
  const here = (): string | undefined => document.activeElement?.id;
  cycleRegion(false);
  expect(here()).toBe('a');
  cycleRegion(false);
  expect(here()).toBe('b');
  cycleRegion(false);
  expect(here()).toBe('a');
  document.getElementById('in-a')!.focus();
  cycleRegion(true);
  expect(here()).toBe('b');
});
