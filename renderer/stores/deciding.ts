import { computed, ref, shallowRef } from 'vue';
import type { Ref } from 'vue';
import type { ColumnPreparation, ColumnType, TableInfo } from '../../core/data/types';
import { recipeOf, suggested, usualPreparation, withPreparation, withRole, withType, withUser } from './column-choices';
import type { ColumnChoices, Preparation, Role, UsedBy } from './column-choices';
import type { Code, Decisions } from './decisions';
import { begin, record } from './history';
import { guidesRows, likelyTest, splitBy } from './split-choice';
import type { SplitChoice, SplitKind } from './split-choice';

/** What the user decides about the open table, each decision a step that can be undone, and the recipe that follows from it. */
export function useDeciding(table: Ref<TableInfo | null>) {
  const history = shallowRef(
    begin<Decisions>({ columns: suggested([]), preparation: usualPreparation, dialect: {}, leftCodes: [] }),
  );
  const seed = ref(1);
  const choices = computed(() => history.value.present.columns);
  /** Import decisions made by hand. */
  const choice = computed(() => history.value.present.dialect);
  const preparation = computed(() => history.value.present.preparation);
  const design = computed(() =>
    table.value ? recipeOf(table.value.columns, choices.value, preparation.value, seed.value) : null,
  );
  const target = computed(() => table.value?.columns.find(({ name }) => name === design.value?.target) ?? null);

  /** A choice that is made once more is no step: undoing it would seem to do nothing. */
  const decide = (next: Decisions): void => {
    const same = JSON.stringify(next) === JSON.stringify(history.value.present);
    if (!same) history.value = record(history.value, next);
  };
  const change = (columns: ColumnChoices): void => {
    if (columns !== choices.value) decide({ ...history.value.present, columns });
  };

  /** What says which rows are held out cannot be what is predicted: asked for, nothing changes, and no form offers it. */
  function setRole(names: readonly string[], role: Role): void {
    if (role === 'target' && guidesRows(preparation.value.split, names[0])) return;
    change(withRole(choices.value, names, role));
  }

  /**
   * A column that says which rows are held out tells nothing about the rows: it is no feature, in the same step. When it says so no
   * longer, it is what it was taken for at first.
   */
  function setSplit(changed: Partial<SplitChoice>): void {
    const split = { ...preparation.value.split, ...changed };
    const [was, is] = [preparation.value.split, split].map(({ kind, column }) => (kind === 'column' ? column : null));
    const usual = table.value?.columns.find(({ name }) => name === was)?.suggestedRole;
    const back = was !== null && was !== is && choices.value.roles[was] === 'ignore' && usual === 'feature';
    const without = back ? withRole(choices.value, [was], 'feature') : choices.value;
    const columns = is !== null && without.roles[is] === 'feature' ? withRole(without, [is], 'ignore') : without;
    decide({ ...history.value.present, columns, preparation: { ...preparation.value, split } });
  }

  /** The kind that is chosen already keeps its column. */
  function splitAs(kind: SplitKind): void {
    const { split } = preparation.value;
    if (kind !== split.kind) setSplit(splitBy(kind, split, table.value?.columns ?? [], target.value?.name ?? null));
  }

  function splitOn(column: string | null): void {
    if (column === preparation.value.split.column) return;
    const info = table.value?.columns.find(({ name }) => name === column);
    const own = preparation.value.split.kind === 'column' && info;
    setSplit(own ? { column, test: likelyTest(info) } : { column });
  }

  return {
    history,
    seed,
    choices,
    choice,
    preparation,
    /** Codes that may mean no value and were left as the values they are. */
    leftCodes: computed(() => history.value.present.leftCodes),
    design,
    target,
    acts: {
      setRole,
      setType: (names: readonly string[], type: ColumnType | null): void =>
        change(withType(choices.value, names, type)),
      /** Several at once, as one step. */
      setTypes: (groups: readonly (readonly [readonly string[], ColumnType | null])[]): void =>
        change(groups.reduce((next, [names, type]) => withType(next, names, type), choices.value)),
      setUser: (names: readonly string[], user: UsedBy): void => change(withUser(choices.value, names, user)),
      setSteps: (names: readonly string[], steps: ColumnPreparation): void =>
        change(withPreparation(choices.value, names, steps)),
      prepare: (changed: Partial<Preparation>): void =>
        decide({ ...history.value.present, preparation: { ...preparation.value, ...changed } }),
      setSplit,
      splitAs,
      splitOn,
      leaveCodes: (codes: readonly Code[]): void =>
        decide({
          ...history.value.present,
          leftCodes: [...history.value.present.leftCodes, ...codes.map(({ column, token }) => ({ column, token }))],
        }),
    },
  };
}
