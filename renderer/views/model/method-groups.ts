import type { MethodInfo } from '../../../core/protocol';

/** Methods that stand together in the list. */
export interface MethodGroup {
  readonly title: string;
  /** What the methods of the group are for, in a few words. */
  readonly remark: string;
  readonly methods: readonly MethodInfo[];
}

const places: readonly { title: string; remark: string; ids: readonly string[] }[] = [
  { title: 'Recommended', remark: 'the likeliest of many starts, beside a straight line', ids: ['best', 'ols'] },
  {
    title: 'Proven starts',
    remark: 'recover the true experts where their assumptions hold',
    ids: ['spectral-em', 'l4-llog'],
  },
];

/** The engine's methods in the order of the list; what has no place of its own is a baseline. */
export function methodGroups(methods: readonly MethodInfo[]): MethodGroup[] {
  const placed = new Set(places.flatMap(({ ids }) => ids));
  const named = places.map(({ title, remark, ids }) => ({
    title,
    remark,
    methods: ids.flatMap((id) => methods.filter((method) => method.id === id)),
  }));
  const others = methods.filter(({ id }) => !placed.has(id));
  const baselines = { title: 'Baselines', remark: 'what the others are compared with', methods: others };
  return [...named, baselines].filter((group) => group.methods.length > 0);
}
