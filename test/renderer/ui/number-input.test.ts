import { mount } from '@vue/test-utils';
import { expect, test } from 'vitest';
import NumberInput from '../../../renderer/ui/NumberInput.vue';

const mounted = (modelValue: number | null) =>
  mount(NumberInput, { props: { modelValue, label: 'Starts', min: 1, max: 1000, integer: true } });

test('only valid numbers reach the model; what was typed stays in the field with the reason below it', async () => {
  const wrapper = mounted(10);
  await wrapper.get('input').setValue('12');
  await wrapper.get('input').setValue('0');
  expect(wrapper.emitted('update:modelValue')).toEqual([[12]]);
  expect(wrapper.get('input').element.value).toBe('0');
  expect(wrapper.get('input').attributes('aria-invalid')).toBe('true');
  expect(wrapper.text()).toBe('Give a whole number from 1 to 1000.');
  expect(wrapper.emitted('invalid')?.at(-1)).toEqual(['Give a whole number from 1 to 1000.']);
  await wrapper.get('input').setValue('20');
  expect(wrapper.emitted('invalid')?.at(-1)).toEqual([null]);
});

test('a field that goes away takes its complaint with it', async () => {
  const said: (string | null)[] = [];
  const props = {
    modelValue: 10,
    label: 'Starts',
    min: 1,
    max: 1000,
    onInvalid: (words: string | null) => said.push(words),
  };
  const wrapper = mount(NumberInput, { props });
  await wrapper.get('input').setValue('0');
  wrapper.unmount();
  expect(said).toEqual(['Give a number from 1 to 1000.', null]);
});

test('the reason is tied to the field for assistive technology', async () => {
  const wrapper = mounted(10);
  await wrapper.get('input').setValue('x');
  const id = wrapper.get('input').attributes('aria-describedby');
  expect(wrapper.get(`[id="${id}"]`).text()).toContain('“x” is not a number');
});

test('a number set from outside is shown', async () => {
  const wrapper = mounted(10);
  await wrapper.setProps({ modelValue: 33 });
  expect(wrapper.get('input').element.value).toBe('33');
});
