import { mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, expect, test, vi } from 'vitest';
import { effectScope, nextTick } from 'vue';
import CommandPalette from '../../../renderer/frame/CommandPalette.vue';
import { useCommands } from '../../../renderer/stores/commands';

afterEach(() => (document.body.innerHTML = ''));

async function opened() {
  const pinia = createPinia();
  setActivePinia(pinia);
  const acts = { open: vi.fn(), save: vi.fn() };
  effectScope().run(() =>
    useCommands().offer(() => [
      { id: 'open', label: 'Open file…', group: 'File', act: acts.open },
      { id: 'save', label: 'Save picture…', group: 'File', act: acts.save },
    ]),
  );
  const wrapper = mount(CommandPalette, {
    props: { open: true },
    global: { plugins: [pinia] },
    attachTo: document.body,
  });
  await nextTick();
  const input = document.querySelector<HTMLInputElement>('[role=combobox]')!;
  const press = async (key: string): Promise<void> => {
    input.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await nextTick();
    await nextTick();
  };
  const active = (): string =>
    document.getElementById(input.getAttribute('aria-activedescendant') ?? '')?.textContent ?? '';
  return { wrapper, acts, input, press, active };
}

test('arrow keys move through the acts and round the ends, and the active one is named to assistive technology', async () => {
  const { press, active } = await opened();
  expect(active()).toContain('Open file…');
  await press('ArrowDown');
  expect(active()).toContain('Save picture…');
  await press('ArrowDown');
  expect(active()).toContain('Open file…');
  await press('ArrowUp');
  expect(active()).toContain('Save picture…');
});

test('typing narrows the list, and Enter closes it and does the act', async () => {
  const { wrapper, acts, input, press, active } = await opened();
  input.value = 'pic';
  input.dispatchEvent(new Event('input'));
  await nextTick();
  expect(active()).toContain('Save picture…');
  await press('Enter');
  expect(wrapper.emitted('update:open')).toEqual([[false]]);
  expect(acts.save).toHaveBeenCalledOnce();
  expect(acts.open).not.toHaveBeenCalled();
});

test('what nothing is called is said, and Enter then does nothing', async () => {
  const { input, press, acts } = await opened();
  input.value = 'zzz';
  input.dispatchEvent(new Event('input'));
  await nextTick();
  expect(document.body.textContent).toContain('Nothing is called that.');
  await press('Enter');
  expect(acts.open).not.toHaveBeenCalled();
});
