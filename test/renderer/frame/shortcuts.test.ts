import { mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, expect, test, vi } from 'vitest';
import { defineComponent, effectScope, h } from 'vue';
import { useShortcuts } from '../../../renderer/frame/shortcuts';
import { useCommands } from '../../../renderer/stores/commands';

afterEach(() => (document.body.innerHTML = ''));

/** A page with a button that keeps every key to itself, a text field, and a dialog. */
function page() {
  const pinia = createPinia();
  setActivePinia(pinia);
  const acts = { run: vi.fn(), undo: vi.fn() };
  effectScope().run(() =>
    useCommands().offer(() => [
      { id: 'run', label: 'Run', group: 'Run', keys: 'Ctrl+Enter', act: acts.run },
      { id: 'undo', label: 'Undo', group: 'Edit', keys: 'Ctrl+Z', act: acts.undo },
    ]),
  );
  const Page = defineComponent({
    setup() {
      useShortcuts();
      return () => [
        h('button', { id: 'greedy', onKeydown: (event: KeyboardEvent) => event.preventDefault() }),
        h('input', { id: 'field', type: 'text' }),
        h('div', { role: 'dialog' }, [h('button', { id: 'inside' })]),
      ];
    },
  });
  const wrapper = mount(Page, { global: { plugins: [pinia] }, attachTo: document.body });
  const press = (id: string, key: string): void => {
    const event = new KeyboardEvent('keydown', { key, ctrlKey: true, bubbles: true, cancelable: true });
    document.getElementById(id)!.dispatchEvent(event);
  };
  return { acts, press, wrapper };
}

test('a shortcut works wherever the focus is, even on a control that keeps its keys to itself', () => {
  const { acts, press, wrapper } = page();
  press('greedy', 'Enter');
  press('field', 'Enter');
  expect(acts.run).toHaveBeenCalledTimes(2);
  wrapper.unmount();
  expect(document.getElementById('greedy')).toBeNull();
});

test('undo while typing is the field’s own', () => {
  const { acts, press, wrapper } = page();
  press('field', 'z');
  expect(acts.undo).not.toHaveBeenCalled();
  press('greedy', 'z');
  expect(acts.undo).toHaveBeenCalledOnce();
  wrapper.unmount();
});

test('a dialog has the keys to itself', () => {
  const { acts, press, wrapper } = page();
  press('inside', 'Enter');
  expect(acts.run).not.toHaveBeenCalled();
  wrapper.unmount();
});
