import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { ColumnInfo } from '../../core/data/types';
import type { CorrelationKind } from '../../core/data/views/types';
import type { Role } from './column-choices';
import { useData } from './data';

/** Columns of the map of correlations, and of the plot of pairs, at most. */
export const MAP_COLUMNS = 40;
export const PAIR_COLUMNS = 6;
/** As many are shown before the reader chooses. */
const MAP_AT_FIRST = 24;
const PAIRS_AT_FIRST = 5;
/** A category with more levels is no axis, and one with still more no mark. */
const AXIS_LEVELS = 12;
const MARK_LEVELS = 50;

const isNumber = ({ type }: ColumnInfo): boolean => type === 'number';
const hasLevels = ({ type, distinct }: ColumnInfo, most: number): boolean =>
  (type === 'category' || type === 'boolean' || type === 'text') && distinct > 0 && distinct <= most;

/** What is looked at in the table before anything is fitted. Begins anew with another file. */
export const useExplore = defineStore('explore', () => {
  const data = useData();
  const view = ref<'relations' | 'pairs'>('relations');
  const kind = ref<CorrelationKind>('pearson');
  /** What the reader chose; the rest follows from the table. */
  const chosenMap = shallowRef<readonly string[] | null>(null);
  const chosenPairs = shallowRef<readonly string[] | null>(null);
  const chosenX = ref<string | null>(null);
  const chosenY = ref<string | null>(null);
  const chosenBy = ref<string | null>(null);
  /** The column most strongly correlated with the one that stands upright; null until it is known. */
  const partners = shallowRef<readonly string[]>([]);

  const columns = computed(() => data.table?.columns ?? []);
  const numbers = computed(() => columns.value.filter(isNumber));
  const axes = computed(() => columns.value.filter((column) => isNumber(column) || hasLevels(column, AXIS_LEVELS)));
  const marks = computed(() => columns.value.filter((column) => isNumber(column) || hasLevels(column, MARK_LEVELS)));

  watch(
    () => data.table?.file.sha256,
    () => {
      chosenMap.value = chosenPairs.value = null;
      chosenX.value = chosenY.value = chosenBy.value = null;
      partners.value = [];
    },
  );
  /** Of a choice, what the table has, read as it is now. */
  const kept = (names: readonly string[], among: readonly ColumnInfo[]): string[] => {
    const known = new Set(among.map(({ name }) => name));
    return names.filter((name) => known.has(name));
  };
  const one = (name: string | null, among: readonly ColumnInfo[]): string | null =>
    name !== null && among.some((column) => column.name === name) ? name : null;
  /** The target first, then features, then what is ignored but varies; what does not vary says nothing here. */
  const telling = computed(() => {
    const rank: Readonly<Record<Role, number>> = { target: 0, feature: 1, weight: 2, ignore: 3 };
    const roleOf = ({ name }: ColumnInfo) => data.choices.roles[name] ?? 'ignore';
    return numbers.value
      .filter(({ distinct }) => distinct > 1)
      .sort((a, b) => rank[roleOf(a)] - rank[roleOf(b)] || a.index - b.index)
      .map(({ name }) => name);
  });
  const inFileOrder = (names: readonly string[]): string[] => {
    const wanted = new Set(names);
    return columns.value.filter(({ name }) => wanted.has(name)).map(({ name }) => name);
  };

  const target = computed(() => telling.value.find((name) => data.choices.roles[name] === 'target') ?? null);
  const map = computed(() =>
    inFileOrder(chosenMap.value ? kept(chosenMap.value, numbers.value) : telling.value.slice(0, MAP_AT_FIRST)),
  );
  const pairs = computed(() => {
    if (chosenPairs.value) return kept(chosenPairs.value, numbers.value);
    const selected = kept(data.selection, numbers.value);
    if (selected.length > 1) return selected.slice(0, PAIR_COLUMNS);
    const first = target.value ? [target.value, ...partners.value] : [];
    return [...new Set([...first, ...telling.value])].slice(0, PAIRS_AT_FIRST);
  });
  const y = computed(() => one(chosenY.value, axes.value) ?? target.value ?? telling.value[0] ?? axes.value[0]?.name);
  const x = computed(
    () =>
      one(chosenX.value, axes.value) ??
      [...partners.value, ...telling.value, ...axes.value.map(({ name }) => name)].find((name) => name !== y.value),
  );
  const by = computed(() => one(chosenBy.value, marks.value));

  return {
    view,
    kind,
    columns,
    numbers,
    axes,
    marks,
    target,
    map,
    pairs,
    x,
    y,
    by,
    partners,
    /** True where the reader has named both axes. */
    settled: computed(() => one(chosenX.value, axes.value) !== null),
    chooseMap: (names: readonly string[]): void => void (chosenMap.value = names.slice(0, MAP_COLUMNS)),
    choosePairs: (names: readonly string[]): void => void (chosenPairs.value = names.slice(0, PAIR_COLUMNS)),
    chooseX: (name: string): void => void (chosenX.value = name),
    chooseY: (name: string): void => void (chosenY.value = name),
    chooseBy: (name: string | null): void => void (chosenBy.value = name),
    swap(): void {
      const [across, up] = [x.value ?? null, y.value ?? null];
      chosenX.value = up;
      chosenY.value = across;
    },
    /** Shows the points of a pair: the target upright, else the first of the two. */
    show(first: string, second: string): void {
      const [up, across] = second === target.value ? [second, first] : [first, second];
      chosenY.value = up;
      chosenX.value = across;
      view.value = 'relations';
    },
  };
});
