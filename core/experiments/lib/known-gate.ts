import { momentGateDirection } from '../../fit/directions/moment-gate';
import { recovery } from '../../model/match';
import type { Observation } from '../experiment';
import { metricNames, observe } from './measure';
import type { Simulated } from './problems';

/** Theorem 3 by itself: the gate's direction where the regressors are known, on the rows that tell the experts apart and on all. */
export const KNOWN = 'gate by moments, regressors known';
export const KNOWN_PUBLISHED = 'gate by moments over all rows (as published), regressors known';

/** How near the gate of two known experts comes to the true one by its moment. */
export function knownGate(setting: string, { problem, truth }: Simulated): Observation[] {
  return ([KNOWN, KNOWN_PUBLISHED] as const).flatMap((method) => {
    const direction = momentGateDirection(problem, truth, method === KNOWN);
    if (!direction) return [];
    const gateWeights = new Float64Array(truth.gateWeights.length);
    gateWeights.set(direction);
    return observe(setting, method, { [metricNames.gatingFit]: recovery({ ...truth, gateWeights }, truth).gatingFit });
  });
}
