import type { MethodInfo } from '../../core/protocol';

export type OptionInfo = MethodInfo['options'][number];
export type OptionValue = string | number | boolean;

/** Least squares is one equation for all rows; every other method fits a mixture. */
export const isMixture = (method: MethodInfo): boolean => method.id !== 'ols';

/** Options that are set together, and the methods they are set for. */
export interface OptionGroup {
  /** The method whose own options these are; null for what every mixture has alike. */
  readonly method: MethodInfo | null;
  /** Whose options they are: all mixtures, or the one method. */
  readonly methods: readonly MethodInfo[];
  readonly options: readonly OptionInfo[];
}

/**
 * The options of the chosen methods: first those that every mixture the engine knows has alike, to be set once for all, then each
 * method's own. Groups without options are left out.
 */
export function optionGroups(
  chosen: readonly MethodInfo[],
  all: readonly MethodInfo[],
  wanted: (option: OptionInfo) => boolean,
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
    method: null,
    methods: mixtures,
    options: chosen.some(isMixture) ? first.options.filter((option) => isShared(option) && wanted(option)) : [],
  };
  const own = chosen.map((method) => ({
    method,
    methods: [method],
    options: method.options.filter((option) => !isShared(option) && wanted(option)),
  }));
  return [shared, ...own].filter(({ options }) => options.length > 0);
}

const textOf = (option: OptionInfo): string => JSON.stringify(option);
