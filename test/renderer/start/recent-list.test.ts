import { mount } from '@vue/test-utils';
import { getActivePinia } from 'pinia';
import { expect, test, vi } from 'vitest';
import { nextTick } from 'vue';
import type { HostBridge, RecentFile } from '../../../core/bridge';
import { coreKey } from '../../../renderer/core';
import { useData } from '../../../renderer/stores/data';
import { useRecent } from '../../../renderer/stores/recent';
import RecentList from '../../../renderer/views/start/RecentList.vue';
import { scripted } from '../runs/harness';

const file = (id: string, missing = false): RecentFile => ({ id, name: `${id}.csv`, folder: '~/data', missing });

function listed(files: readonly RecentFile[], host: Partial<HostBridge> = {}) {
  const tell = { now: (next: readonly RecentFile[]): void => void next };
  const page = scripted(
    {},
    {
      host: 'electron',
      onRecent: (listener) => {
        tell.now = listener;
        listener(files);
      },
      ...host,
    },
  );
  const wrapper = mount(RecentList, {
    global: { plugins: [getActivePinia()!], provide: { [coreKey as symbol]: page.core } },
  });
  const button = (name: string) =>
    wrapper.findAll('button').find((one) => one.text().includes(name) || one.attributes('aria-label') === name)!;
  return { ...page, wrapper, button, tell: (next: readonly RecentFile[]) => tell.now(next) };
}

test('files stand with their folders and are opened through the host', async () => {
  const openRecent = vi.fn(async () => ({ id: 'grant', name: 'a.csv', bytes: 1 }));
  const { wrapper, button, asked, settle } = listed([file('a')], { openRecent });
  expect(wrapper.text()).toContain('~/data');
  await button('a.csv').trigger('click');
  await settle();
  expect(openRecent).toHaveBeenCalledWith('a');
  expect(asked.at(-1)).toMatchObject({ method: 'data/open', params: { source: { kind: 'grant', id: 'grant' } } });
});

test('a missing file says where it was, cannot be opened, and is taken off the list', async () => {
  const forgetRecent = vi.fn();
  const { wrapper, button } = listed([file('a', true)], { forgetRecent });
  expect(wrapper.text()).toContain('Not at its last place, ~/data');
  expect(wrapper.findAll('button.open')).toEqual([]);
  await button('Remove a.csv from this list').trigger('click');
  expect(forgetRecent).toHaveBeenCalledWith('a');
});

test('a file that went missing meanwhile is refused in the host’s words', async () => {
  const openRecent = () => Promise.reject(new Error('"a.csv" is no longer in ~/data.'));
  const { button, settle } = listed([file('a')], { openRecent });
  await button('a.csv').trigger('click');
  await settle();
  expect(useData().failure).toEqual({
    name: 'a.csv',
    error: { code: 'host/refused', message: '"a.csv" is no longer in ~/data.' },
  });
});

test('an empty list says what will be there', () => {
  expect(listed([]).wrapper.text()).toContain('appear here once they have been opened');
});

test('a long list begins short, and can be seen whole and cleared', async () => {
  const forgetRecent = vi.fn();
  const { wrapper, button } = listed(
    Array.from({ length: 8 }, (_, i) => file(`f${i}`)),
    { forgetRecent },
  );
  expect(wrapper.findAll('li').length).toBe(5);
  await button('Show all 8').trigger('click');
  expect(wrapper.findAll('li').length).toBe(8);
  await button('Clear the list').trigger('click');
  expect(forgetRecent).toHaveBeenCalledWith(null);
});

test('the list follows the host', async () => {
  const { wrapper, tell } = listed([file('a')]);
  tell([file('b'), file('a')]);
  await nextTick();
  expect(wrapper.findAll('li').map((li) => li.text())).toEqual([
    expect.stringContaining('b.csv'),
    expect.stringContaining('a.csv'),
  ]);
});

test('a browser host keeps no list', () => {
  scripted();
  expect(useRecent().kept).toBe(false);
});
