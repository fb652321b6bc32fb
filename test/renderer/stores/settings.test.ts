import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import { useSettings } from '../../../renderer/stores/settings';

beforeEach(() => {
  localStorage.clear();
  setActivePinia(createPinia());
});

test('the page takes the theme that was chosen, and the choice is remembered', async () => {
  const settings = useSettings();
  settings.theme = 'dark';
  expect(document.documentElement.dataset.theme).toBe('dark');
  await Promise.resolve();
  setActivePinia(createPinia());
  expect(useSettings().theme).toBe('dark');
});

test('density is an attribute the tokens follow', () => {
  useSettings().density = 'comfortable';
  expect(document.documentElement.dataset.density).toBe('comfortable');
});

test('what was stored by hand or by another version is ignored when it is no choice', () => {
  localStorage.setItem('moe-lab.theme', 'sepia');
  expect(useSettings().theme).toBe('system');
});

test('a host without storage works all the same', async () => {
  const refuse = (): never => {
    throw new Error('denied');
  };
  const [read, write] = [vi.spyOn(Storage.prototype, 'getItem'), vi.spyOn(Storage.prototype, 'setItem')];
  read.mockImplementation(refuse);
  write.mockImplementation(refuse);
  const settings = useSettings();
  settings.theme = 'light';
  await Promise.resolve();
  expect(document.documentElement.dataset.theme).toBe('light');
  read.mockRestore();
  write.mockRestore();
});
