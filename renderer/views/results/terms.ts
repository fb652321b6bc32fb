import type { FitView } from '../../charts/fit-view';
import type { RunResult } from '../../../core/protocol';

export type Expert = RunResult['experts'][number];
export type Term = Expert['terms'][number];

/** A column of the encoded vector in words: its label, or its label and the level it stands for. */
export interface TermWords {
  readonly label: string;
  /** The label's two halves; null for a column of numbers. */
  readonly column: string;
  readonly level: string | null;
  /** The unit of its numbers; levels have none. */
  readonly unit: string | null;
}

export function termWords(view: FitView, term: Pick<Term, 'name' | 'column' | 'level'>): TermWords {
  const column = view.columns.get(term.column);
  const label = column?.label ?? term.column;
  // A number that was made of the column's, "log(Age)", is not in its unit.
  const made = term.level === null && term.name !== term.column ? term.name.replace(term.column, () => label) : null;
  if (made !== null) return { label: made, column: made, level: null, unit: null };
  return term.level === null
    ? { label, column: label, level: null, unit: column?.unit ?? null }
    : { label: `${label} = ${term.level}`, column: label, level: term.level, unit: null };
}

/**
 * Indices of the terms, the one with the largest effect in any of the experts first. What no expert has a slope for, such as a
 * feature of the gate alone, is not among them, as it is not in their equations.
 */
export function termOrder(experts: readonly Expert[]): number[] {
  const effect = (index: number): number => Math.max(...experts.map((expert) => Math.abs(expert.terms[index].perSd)));
  return [...(experts[0]?.terms.keys() ?? [])]
    .filter((index) => experts.some((expert) => expert.terms[index].slope !== 0))
    .sort((a, b) => effect(b) - effect(a));
}

/** A bar from zero, in percent of its box. */
export interface Bar {
  readonly left: number;
  readonly width: number;
}

export interface EffectScale {
  /** Where zero stands, in percent of the box. */
  readonly zero: number;
  bar(effect: number): Bar;
}

/**
 * One scale for the effects of all experts, so that lengths can be compared. Bars start at zero, which stands where both sides
 * have the room they need.
 */
export function effectScale(experts: readonly Expert[]): EffectScale {
  const effects = experts.flatMap((expert) => expert.terms.map((term) => term.perSd));
  const down = -Math.min(0, ...effects);
  const up = Math.max(0, ...effects);
  const zero = down + up > 0 ? Math.min(0.94, Math.max(0.06, down / (down + up))) : 0.5;
  const room = Math.min(down > 0 ? zero / down : Infinity, up > 0 ? (1 - zero) / up : Infinity);
  return {
    zero: 100 * zero,
    bar: (effect) => {
      const width = effect === 0 ? 0 : 100 * Math.abs(effect) * room;
      return { left: effect < 0 ? 100 * zero - width : 100 * zero, width };
    },
  };
}
