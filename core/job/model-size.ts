import type { Design } from '../data/design';
import type { ModelSize } from '../evaluate/checks/rows-per-parameter';
import type { NoiseModel } from '../model/spec';

const count = (flags: Uint8Array) => flags.reduce((sum, flag) => sum + flag, 0);

/** How many numbers a fit with k experts on this design estimates. */
export const modelSize = (
  { expertColumns, gateColumns, intercept }: Pick<Design, 'expertColumns' | 'gateColumns' | 'intercept'>,
  experts: number,
  noise: NoiseModel['kind'],
  constantGate = false,
): ModelSize => ({
  experts,
  expertColumns: count(expertColumns),
  gateColumns: constantGate ? 0 : count(gateColumns),
  intercept,
  noise,
});
