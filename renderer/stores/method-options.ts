import type { MethodInfo } from '../../core/protocol';

export type OptionInfo = MethodInfo['options'][number];
export type OptionValue = string | number | boolean;

/** Least squares is one equation for all rows; every other method fits a mixture. */
export const isMixture = (method: MethodInfo): boolean => method.id !== 'ols';

/** Options that are set together, and the methods they are set for. */
export interface OptionGroup {
  /** What every mixture has alike, ticked or not. */
  readonly every: boolean;
  readonly methods: readonly MethodInfo[];
  readonly options: readonly OptionInfo[];
}

/**
 * The options of the chosen methods, each asked for once: first those that every mixture the engine knows has alike, then those
 * that some of the chosen have alike and set to the same value, then each method's own. Groups without options are left out.
 */
export function optionGroups(
  chosen: readonly MethodInfo[],
  all: readonly MethodInfo[],
  wanted: (option: OptionInfo) => boolean,
  valueOf: (method: MethodInfo, option: string) => OptionValue,
): OptionGroup[] {
  const mixtures = all.filter(isMixture);
  const [first] = mixtures;
  const alike = new Set(
    mixtures.length > 1
      ? first.options
          .map(textOf)
          .filter((text) => mixtures.every(({ options }) => options.some((one) => textOf(one) === text)))
      : [],
  );
  const isShared = (option: OptionInfo): boolean => alike.has(textOf(option));
  const shared: OptionGroup = {
    every: true,
    methods: mixtures,
    options: chosen.some(isMixture) ? first.options.filter((option) => isShared(option) && wanted(option)) : [],
  };
  const own = new Map<string, { option: OptionInfo; methods: MethodInfo[] }>();
  for (const method of chosen) {
    for (const option of method.options.filter((one) => !isShared(one) && wanted(one))) {
      const key = `${textOf(option)} ${valueOf(method, option.name)}`;
      own.set(key, { option, methods: [...(own.get(key)?.methods ?? []), method] });
    }
  }
  const groups = new Map<string, OptionGroup>();
  for (const { option, methods } of own.values()) {
    const key = methods.map(({ id }) => id).join();
    groups.set(key, { every: false, methods, options: [...(groups.get(key)?.options ?? []), option] });
  }
  return [shared, ...groups.values()].filter(({ options }) => options.length > 0);
}

const textOf = (option: OptionInfo): string => JSON.stringify(option);
