import { effectScope, nextTick, ref } from 'vue';
import { expect, test } from 'vitest';
import type { Result } from '../../../../core/result';
import { useAsked } from '../../../../renderer/views/data/explore/use-asked';

/** A question that can be changed, and answers that are given when the test says so. */
function asking() {
  const question = ref<string | null>('first');
  const waiting: { question: string; answer: (result: Result<string>) => void }[] = [];
  const scope = effectScope();
  const asked = scope.run(() =>
    useAsked(
      () => question.value,
      (to: string) => new Promise<Result<string>>((answer) => waiting.push({ question: to, answer })),
    ),
  )!;
  const reply = async (at: number, result: Result<string>): Promise<void> => {
    waiting[at].answer(result);
    await nextTick();
    await nextTick();
  };
  return { question, waiting, asked, reply, scope };
}

test('an answer stays, with its question, until the next one is there', async () => {
  const { question, asked, reply } = asking();
  expect(asked.busy.value).toBe(true);
  await reply(0, { ok: true, value: 'one' });
  expect([asked.busy.value, asked.answer.value]).toEqual([false, { to: 'first', value: 'one' }]);
  question.value = 'second';
  await nextTick();
  expect([asked.busy.value, asked.answer.value!.to]).toEqual([true, 'first']);
  await reply(1, { ok: true, value: 'two' });
  expect(asked.answer.value).toEqual({ to: 'second', value: 'two' });
});

test('an answer that comes after another question was asked is dropped', async () => {
  const { question, asked, reply } = asking();
  question.value = 'second';
  await nextTick();
  await reply(1, { ok: true, value: 'two' });
  await reply(0, { ok: true, value: 'late' });
  expect(asked.answer.value).toEqual({ to: 'second', value: 'two' });
});

test('an error takes the place of the answer and goes with the next question', async () => {
  const { question, asked, reply } = asking();
  await reply(0, { ok: false, error: { code: 'x', message: 'No.' } });
  expect([asked.error.value?.message, asked.answer.value, asked.busy.value]).toEqual(['No.', null, false]);
  question.value = 'second';
  await nextTick();
  expect(asked.error.value).toBeNull();
});

test('no question asks nothing', async () => {
  const { question, asked, waiting, reply } = asking();
  await reply(0, { ok: true, value: 'one' });
  question.value = null;
  await nextTick();
  expect([waiting.length, asked.answer.value, asked.busy.value]).toEqual([1, null, false]);
});
