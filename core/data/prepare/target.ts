import { refusedTargetWords, takesTarget, type Transform } from '../../model/transform';
import { targetTransformOf, type TargetTransform } from '../../model/target-transform';
import { ok, type Result } from '../../result';
import { inTurns } from '../../turns';
import { rowsWhere, valuesAt } from '../records';
import type { DesignRecipe, Flow } from '../types';
import { learnTransform } from './learn';

/** The target as it is fitted, learnt from the training rows alone. */
export interface PreparedTarget {
  /** For model.json; null where the target is fitted as it stands. */
  readonly transform: TargetTransform | null;
  /** Held-out records whose target the transform takes. */
  readonly test: Uint32Array;
  readonly outside: NonNullable<Flow['outside']>;
}

/**
 * @param targets  one a record of the table
 * @param train   record numbers
 * @param weights  one for each of `train`, or null for all ones
 */
export async function prepareTarget(
  { target: name, targetTransform: kind = 'none' }: Pick<DesignRecipe, 'target' | 'targetTransform'>,
  targets: () => Promise<Float64Array>,
  train: Uint32Array,
  test: Uint32Array,
  weights: Float64Array | null,
): Promise<Result<PreparedTarget>> {
  if (kind === 'none') return ok({ transform: null, test, outside: [] });
  const target = await targets();
  const learned = await inTurns(learnTransform(name, valuesAt(target, train), kind, { weights, isTarget: true }));
  if (!learned.ok) return learned;
  const transform: Transform = learned.value;
  const kept = rowsWhere(test, (i) => takesTarget(transform, target[test[i]]));
  const lost = test.length - kept.length;
  return ok({
    transform: targetTransformOf(transform, name),
    test: kept,
    outside:
      lost > 0
        ? [
            {
              column: name,
              rows: lost,
              reason: `is ${refusedTargetWords[kind]}, which ${kind} cannot take in a target`,
            },
          ]
        : [],
  });
}
