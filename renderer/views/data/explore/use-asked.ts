import { computed, onScopeDispose, shallowRef, watch } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import type { AppError, Result } from '../../../../core/result';

export interface Asked<Question, Answer> {
  /** The last answer with what had been asked; it stays while the next is on its way. */
  readonly answer: Readonly<Ref<{ readonly to: Question; readonly value: Answer } | null>>;
  readonly error: Readonly<Ref<AppError | null>>;
  readonly busy: ComputedRef<boolean>;
}

/** Asks again whenever the question changes; an answer that nobody waits for any more is dropped. Null asks nothing. */
export function useAsked<Question, Answer>(
  question: () => Question | null,
  ask: (question: Question) => Promise<Result<Answer>>,
): Asked<Question, Answer> {
  const answer = shallowRef<{ to: Question; value: Answer } | null>(null);
  const error = shallowRef<AppError | null>(null);
  const waiting = shallowRef<string | null>(null);
  watch(
    () => JSON.stringify(question()),
    async (key) => {
      const asked = question();
      waiting.value = asked === null ? null : key;
      error.value = null;
      if (asked === null) return void (answer.value = null);
      const reply = await ask(asked);
      if (waiting.value !== key) return;
      waiting.value = null;
      if (reply.ok) answer.value = { to: asked, value: reply.value };
      else {
        error.value = reply.error;
        answer.value = null;
      }
    },
    { immediate: true },
  );
  onScopeDispose(() => (waiting.value = null));
  return { answer, error, busy: computed(() => waiting.value !== null) };
}
