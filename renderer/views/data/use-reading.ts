import { computed, shallowRef } from 'vue';
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
  const isLeft = (proposal: Proposal): boolean =>
    data.leftCodes.some(({ column, token }) => column === proposal.column && token === proposal.token);

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
    proposals: computed(() => table().proposals.filter((proposal) => !isLeft(proposal))),
    readAs: (choice: DialectChoice): Promise<void> => read({ ...chosen(), ...choice }),
    restore: (ids: readonly Decision['id'][]): Promise<void> => read(asDetected(chosen(), ids)),
    setToken: (token: string, on: boolean): Promise<void> =>
      read({ ...chosen(), missing: withToken(wanted.value.missing, token, on) }),
    setTokenIn: (column: string, token: string, on: boolean): Promise<void> =>
      read({ ...chosen(), missingIn: withTokenIn(wanted.value.missingIn, column, token, on) }),
    setTokensIn,
    leave: (codes: readonly Proposal[]): void => data.leaveCodes(codes),
  };
}
