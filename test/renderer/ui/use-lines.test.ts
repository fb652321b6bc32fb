import { flushPromises, mount } from '@vue/test-utils';
import { defineComponent, h, shallowRef, useTemplateRef } from 'vue';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stubbedRoom } from './stubbed-room';
import { useLines } from '../../../renderer/ui/use-lines';

const HEIGHT = 30;

const room = stubbedRoom();
beforeEach(() => room.open());
afterEach(() => room.close());

/** A window of 300 pixels onto so many lines, as they are drawn. */
function linesOf(many: number) {
  const items = shallowRef(Array.from({ length: many }, (_, i) => `line ${i}`));
  const found: { current: ReturnType<typeof useLines<string>> | null } = { current: null };
  const list = defineComponent(() => {
    const scroller = useTemplateRef<HTMLElement>('scroller');
    found.current = useLines(scroller, () => items.value, HEIGHT);
    return () =>
      h(
        'div',
        { ref: 'scroller' },
        found.current?.lines.value.map(({ item }) => h('p', item)),
      );
  });
  return { items, list: mount(list), drawn: found.current! };
}

describe('the lines of a table', () => {
  test('are all drawn where they are few', () => {
    const { list, drawn } = linesOf(200);
    expect(list.findAll('p')).toHaveLength(200);
    expect([drawn.long.value, drawn.above.value, drawn.below.value]).toEqual([false, 0, 0]);
  });

  test('are drawn where they are in sight, with room for the others', async () => {
    const { items, list, drawn } = linesOf(5000);
    await room.tell({ width: 300, height: 300 });
    const many = list.findAll('p').length;
    expect(many).toBeGreaterThan(9);
    expect(many).toBeLessThan(40);
    expect(list.get('p').text()).toBe('line 0');
    expect(drawn.above.value + many * HEIGHT + drawn.below.value).toBe(5000 * HEIGHT);
    items.value = items.value.slice(0, 5);
    await flushPromises();
    expect(list.findAll('p')).toHaveLength(5);
    expect(drawn.below.value).toBe(0);
  });
});
