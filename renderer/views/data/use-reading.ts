import { computed, ref, shallowRef } from 'vue';
import type { Decision, DialectChoice, TableInfo } from '../../../core/data/types';
import { useData } from '../../stores/data';
import { asDetected, withToken, withTokenIn } from './import-decisions';

/** A text that may mean "no value" in one column. */
export type Proposal = TableInfo['proposals'][number];

/** Reading the open file another way: decisions add up, however fast they come, and each can be undone. */
export function useReading(table: () => TableInfo) {
  const data = useData();
  /** All decisions by hand that are on their way. */
  const asked = shallowRef<DialectChoice | null>(null);
  /** Codes that the user looked at and left as they are, in this file. */
  const left = ref<readonly string[]>([]);
  const keyOf = ({ column, token }: Proposal): string => JSON.stringify([table().file.sha256, column, token]);

  async function read(all: DialectChoice): Promise<void> {
    asked.value = all;
    await data.readAs(all);
    if (asked.value === all) asked.value = null;
  }
  const chosen = (): DialectChoice => asked.value ?? data.choice;
  const wanted = computed(() => ({ ...table().dialect, ...asked.value }));
  const setTokensIn = (codes: readonly Proposal[]): Promise<void> =>
    read({
      ...chosen(),
      missingIn: codes.reduce(
        (all, { column, token }) => withTokenIn(all, column, token, true),
        wanted.value.missingIn ?? {},
      ),
    });

  return {
    /** As the table will be read when what was decided has been read. */
    wanted,
    /** Codes that nobody has decided about yet. */
    proposals: computed(() => table().proposals.filter((proposal) => !left.value.includes(keyOf(proposal)))),
    readAs: (choice: DialectChoice): Promise<void> => read({ ...chosen(), ...choice }),
    restore: (ids: readonly Decision['id'][]): Promise<void> => read(asDetected(chosen(), ids)),
    setToken: (token: string, on: boolean): Promise<void> =>
      read({ ...chosen(), missing: withToken(wanted.value.missing, token, on) }),
    setTokenIn: (column: string, token: string, on: boolean): Promise<void> =>
      read({ ...chosen(), missingIn: withTokenIn(wanted.value.missingIn, column, token, on) }),
    setTokensIn,
    leave: (proposal: Proposal): void => void (left.value = [...left.value, keyOf(proposal)]),
    leaveAll: (codes: readonly Proposal[]): void => void (left.value = [...left.value, ...codes.map(keyOf)]),
  };
}
