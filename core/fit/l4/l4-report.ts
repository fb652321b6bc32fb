import type { Signed } from '../directions/direction-signs';
import type { L4Directions } from './l4-directions';
import type { StreamDirections } from './l4-stream-directions';
import type { Check } from '../method';
import { conditioningCheck, momentsNote, signsNote, spectralChecks } from '../spectral/spectral-report';

/** What L4 itself says about how far its directions can be trusted. */
export function l4Report(
  found: Signed<L4Directions | StreamDirections>,
  k: number,
): { notes: string[]; checks: Check[] } {
  return 'length' in found
    ? { notes: signsNote(found.turned), checks: [lengthCheck(found), conditioningCheck(found.conditioning, k)] }
    : {
        notes: [momentsNote(found, null, 'fourth'), ...signsNote(found.turned)],
        checks: [...spectralChecks(found, k), minimumCheck(found)],
      };
}

function minimumCheck({ held }: L4Directions): Check {
  const id = 'l4-minimum';
  return held
    ? {
        id,
        light: 'amber',
        sentence:
          'The loss of the experts has no minimum with a direction for each of them on these rows, so the directions were held at right angles: treat the result as a starting point only; it is made for bell-shaped features and many rows.',
      }
    : { id, light: 'green', sentence: 'The loss of the experts has its minimum at a direction for each of them.' };
}

/** What a descent on rows that are used again has to be told of. */
export const unboundedNote = (delta: number): string =>
  delta > 0
    ? `The mini-batches use the same rows again and again, where the loss has no lower bound: a ridge of ${delta} on the directions holds it, at the price of some error. All rows at once needs none.`
    : 'The mini-batches use the same rows again and again, where the loss has no lower bound, and no ridge holds it: expect the descent to run away, or take all rows at once.';

/** How far a dual vector may be from T2(b, b) = 1 where the descent has settled; the ridge alone costs some of it. */
const SETTLED = 0.5;

function lengthCheck({ length }: StreamDirections): Check {
  const id = 'l4-length';
  return Math.abs(length - 1) <= SETTLED
    ? { id, light: 'green', sentence: 'The descent on mini-batches ended where the loss wants its directions.' }
    : {
        id,
        light: 'amber',
        sentence: `The descent on mini-batches ended away from where the loss wants its directions (${length.toFixed(2)} in place of 1), so treat the result as a starting point only: try more steps, another ridge, or all rows at once.`,
      };
}
