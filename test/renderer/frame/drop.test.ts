import { mount } from '@vue/test-utils';
import { getActivePinia } from 'pinia';
import { afterEach, expect, test, vi } from 'vitest';
import { nextTick } from 'vue';
import type { HostBridge } from '../../../core/bridge';
import { coreKey } from '../../../renderer/core';
import DropTarget from '../../../renderer/frame/DropTarget.vue';
import NoticeStrip from '../../../renderer/frame/NoticeStrip.vue';
import { taken } from '../../../renderer/frame/dropped';
import { useData } from '../../../renderer/stores/data';
import { useNotice } from '../../../renderer/stores/notice';
import { opened, scripted, table } from '../runs/harness';

afterEach(() => (document.body.innerHTML = ''));

const file = (name: string): File => new File(['a,b\n1,2\n'], name);
const thing = (name: string, folder = false) => ({ file: file(name), folder });

test('a single file is opened without a word', () => {
  const one = thing('a.csv');
  expect(taken([one])).toEqual({ file: one.file, told: null });
});

test('of several files the first is opened, and what was left is said', () => {
  const [first, second] = [thing('a.csv'), thing('b.csv')];
  expect(taken([first, second])).toMatchObject({
    file: first.file,
    told: { fact: 'One file at a time.', rest: '“a.csv” was taken, “b.csv” was left.' },
  });
  expect(taken([first, second, thing('c.csv')]).told?.rest).toContain('the other 2 files were left');
  expect(taken([thing('folder', true), first])).toMatchObject({
    file: first.file,
    told: { rest: expect.stringContaining('folders were left') },
  });
});

test('a folder, and what is no file at all, get a sentence that says what to drop', () => {
  expect(taken([thing('folder', true)])).toMatchObject({ file: null, told: { fact: '“folder” is a folder.' } });
  expect(taken([])).toMatchObject({ file: null, told: { fact: 'What was dropped is not a file.' } });
  expect(taken([]).told?.rest).toContain('.moe');
});

/** What a drag carries: during it only how many, at its end the files. */
function drag(
  type: 'dragover' | 'drop',
  things: readonly { file: File; folder: boolean }[],
  types = ['Files'],
): DragEvent {
  const items = things.map((one) => ({
    kind: 'file',
    getAsFile: () => one.file,
    webkitGetAsEntry: () => ({ isDirectory: one.folder }),
  }));
  return Object.assign(new Event(type, { cancelable: true }), {
    dataTransfer: { types, items },
  }) as unknown as DragEvent;
}

function target(host: Partial<HostBridge> = {}) {
  const page = scripted({ 'data/open': () => ({ ok: true, value: table }) }, host);
  const wrapper = mount(DropTarget, {
    global: { plugins: [getActivePinia()!], provide: { [coreKey as symbol]: page.core } },
  });
  const dispatch = async (event: DragEvent) => {
    window.dispatchEvent(event);
    await nextTick();
    return event;
  };
  return { ...page, wrapper, dispatch };
}

test('the window says what a drop will do before it happens, also to what is open', async () => {
  const { wrapper, dispatch } = target();
  await dispatch(drag('dragover', [thing('a.csv')]));
  expect(wrapper.text()).toContain('Drop to open');
  expect(wrapper.text()).toContain('a project (.moe)');
  opened();
  await dispatch(drag('dragover', [thing('a.csv'), thing('b.csv')]));
  expect(wrapper.text()).toContain('the first of 2 files');
  expect(wrapper.text()).toContain('takes the place of concrete.csv');
  wrapper.unmount();
});

test('a dropped file is granted by the host and read; a folder is not', async () => {
  const grantFile = vi.fn(async () => ({ id: 'grant', name: 'a.csv', bytes: 8 }));
  const { wrapper, dispatch, asked, settle } = target({ grantFile });
  const { defaultPrevented } = await dispatch(drag('drop', [thing('folder', true)]));
  expect(defaultPrevented).toBe(true);
  expect(grantFile).not.toHaveBeenCalled();
  expect(useNotice().told?.fact).toContain('is a folder');
  await dispatch(drag('drop', [thing('a.csv')]));
  await settle();
  expect(grantFile).toHaveBeenCalledOnce();
  expect(useNotice().told).toBeNull();
  expect(asked.at(-1)).toMatchObject({ method: 'data/open', params: { source: { kind: 'grant', id: 'grant' } } });
  wrapper.unmount();
});

test('what was said of a drop stays until another file is opened', async () => {
  const grant = { id: 'grant', name: 'a.csv', bytes: 8 };
  const { wrapper, dispatch, settle } = target({ grantFile: async () => grant });
  const strip = mount(NoticeStrip, { global: { plugins: [getActivePinia()!] } });
  await dispatch(drag('drop', [thing('a.csv'), thing('b.csv')]));
  await settle();
  expect(strip.text()).toContain('“b.csv” was left.');
  await useData().openGrant(grant);
  await nextTick();
  expect(strip.text()).toBe('');
  strip.unmount();
  wrapper.unmount();
});

test('text dragged over the window is the page’s own business', async () => {
  const { wrapper, dispatch } = target();
  const { defaultPrevented } = await dispatch(drag('drop', [], ['text/plain']));
  expect(defaultPrevented).toBe(false);
  expect(wrapper.text()).toBe('');
  expect(useNotice().told).toBeNull();
  wrapper.unmount();
});
