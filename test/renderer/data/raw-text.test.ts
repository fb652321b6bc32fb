import { flushPromises, mount } from '@vue/test-utils';
import { getActivePinia } from 'pinia';
import { expect, test } from 'vitest';
import { coreKey } from '../../../renderer/core';
import RawText from '../../../renderer/views/data/RawText.vue';
import { scripted, table } from '../runs/harness';

/** What is drawn of one line of a file. */
async function drawn(text: string, cells: readonly string[]): Promise<{ parts: string[]; text: string }> {
  const page = scripted({ 'data/raw': () => ({ ok: true, value: { lines: [{ line: 1, text, cells }] } }) });
  const raw = mount(RawText, {
    props: { table, line: null },
    global: { plugins: [getActivePinia()!], provide: { [coreKey as symbol]: page.core } },
  });
  await flushPromises();
  const code = raw.get('code');
  return { parts: code.findAll('span').map((part) => part.text()), text: code.text() };
}

test('a line is cut at its cells, with what lies between them as it stands', async () => {
  expect((await drawn('1;"a ";2', ['1', 'a ', '2'])).parts).toEqual(['1', ';"', 'a', '";', '2']);
});

test('of a line with thousands of cells, or one of a million characters, the beginning is drawn and the rest counted', async () => {
  const cells = Array.from({ length: 5000 }, () => '12');
  const wide = await drawn(cells.join(';'), cells);
  expect(wide.parts).toHaveLength(400);
  expect(wide.parts.at(-1)).toBe('… 14,400 more characters');
  const long = 'x'.repeat(1e6);
  expect((await drawn(long, [long])).text).toMatch(/^x{4000}… 996,000 more characters$/);
});
