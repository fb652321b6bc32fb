import { onScopeDispose, shallowRef, watch } from 'vue';
import type { Reply } from '../../../../core/protocol';
import { useCore } from '../../../core';
import { useData } from '../../../stores/data';
import { useModel } from '../../../stores/model';

export type EncodedRows = Reply<'design/preview'>;

/** Enough to see what the numbers are like. */
const ROWS = 200;
/** Waits for choosing to pause before the core is asked. */
const PAUSE_MS = 200;

/** The first used rows as the numbers a fit sees, asked for whenever table or recipe change; null while there is no answer. */
export function useEncodedPreview() {
  const core = useCore();
  const data = useData();
  const model = useModel();
  const rows = shallowRef<EncodedRows | null>(null);
  const sentence = shallowRef<string | null>(null);
  const latest = { question: 0 };

  async function ask(): Promise<void> {
    const mine = ++latest.question;
    if (!data.table || !data.design) {
      rows.value = null;
      sentence.value = Object.values(data.choices.roles).includes('target')
        ? 'Give a column the role of a feature to see them.'
        : 'Choose a target to see them.';
      return;
    }
    const { tableId } = data.table;
    const { activation } = model.settings;
    const reply = await core.send('design/preview', { tableId, design: data.design, activation, limit: ROWS });
    if (mine !== latest.question) return;
    rows.value = reply.ok ? reply.value : null;
    sentence.value = reply.ok ? null : reply.error.message;
  }

  watch(
    () => JSON.stringify([data.table?.tableId, data.design, model.settings.activation]),
    (_, before, onCleanup) => {
      const timer = setTimeout(() => void ask(), before === undefined ? 0 : PAUSE_MS);
      onCleanup(() => clearTimeout(timer));
    },
    { immediate: true },
  );
  // Another table's rows would be wrong here, not merely old.
  watch(
    () => data.table?.tableId,
    () => (rows.value = sentence.value = null),
    { flush: 'sync' },
  );
  // What comes after the page has gone elsewhere is for nobody.
  onScopeDispose(() => latest.question++);

  return { rows, sentence };
}
