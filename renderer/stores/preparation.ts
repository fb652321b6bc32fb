import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { Reply } from '../../core/protocol';
import type { AppError } from '../../core/result';
import { useCore } from '../core';
import { useData } from './data';
import { useEngine } from './engine';
import { isMixture } from './method-options';
import { useModel } from './model';

export type Prepared = Reply<'design/prepare'>;

/** Waits for typing and clicking to pause before the core is asked. */
const PAUSE_MS = 150;

/**
 * What the recipe does to the rows, what the data say about each method's assumptions, and what each will cost: asked of the core
 * whenever table, recipe or settings change. The last answer stays in sight while the next is on its way.
 */
export const usePreparation = defineStore('preparation', () => {
  const core = useCore();
  const data = useData();
  const engine = useEngine();
  const model = useModel();
  const prepared = shallowRef<Prepared | null>(null);
  const error = shallowRef<AppError | null>(null);
  const pending = ref(false);
  const question = ref(0);

  const request = computed(() => {
    // One question serves every method, so it is asked about mixtures even where least squares is chosen beside them.
    const method = model.methods.find(isMixture) ?? model.methods[0] ?? engine.methods[0];
    if (!data.table || !data.design || !method) return null;
    const fit = { ...model.specOf(method), experts: model.settings.experts };
    return { tableId: data.table.tableId, design: data.design, fit };
  });

  async function ask(): Promise<void> {
    const mine = ++question.value;
    const params = request.value;
    if (!params) {
      prepared.value = null;
      error.value = null;
      pending.value = false;
      return;
    }
    const reply = await core.send('design/prepare', params);
    if (mine !== question.value) return;
    pending.value = false;
    error.value = reply.ok ? null : reply.error;
    if (reply.ok) prepared.value = reply.value;
    // Figures of another table or recipe must not stand beside an error about this one.
    else prepared.value = null;
  }

  watch(
    // Compared as text: the recipe is made anew at every change of anything it is computed from.
    () => JSON.stringify([request.value, engine.memoryLimit]),
    (_, before, onCleanup) => {
      pending.value = request.value !== null;
      const timer = setTimeout(() => void ask(), before === undefined ? 0 : PAUSE_MS);
      onCleanup(() => clearTimeout(timer));
    },
    { immediate: true },
  );

  // Another table's figures would be wrong here, not merely old.
  watch(
    () => data.table?.tableId,
    () => (prepared.value = null),
    { flush: 'sync' },
  );

  const flow = computed(() => prepared.value?.flow ?? null);
  const checks = computed(() => prepared.value?.checks ?? []);
  const methodOf = (id: string): Prepared['methods'][number] | null =>
    prepared.value?.methods.find((method) => method.id === id) ?? null;

  return { prepared, error, pending, flow, checks, methodOf };
});
