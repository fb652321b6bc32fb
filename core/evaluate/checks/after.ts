import type { Steps } from '../../turns';
import type { Check } from '../types';
import { directionsOf } from './directions';
import { expertsDistinct } from './experts-distinct';
import { expertsPopulated } from './experts-populated';
import type { FittedMixture } from './fitted-mixture';
import { gateAcrossSlopes } from './gate-across-slopes';
import { gateSeparation } from './gate-separation';
import { signalToNoise } from './signal-to-noise';
import { slopesIndependent } from './slopes-independent';

/**
 * What the fitted mixture itself says about its trustworthiness, on the training rows: whether its experts differ, hold rows enough and
 * stand out of the noise, how sharply the gate separates them, and whether its slopes and gate are as methods of moments suppose.
 * Nothing to say of one expert. In turns.
 */
export function* checksAfter(mixture: FittedMixture): Steps<Check[]> {
  const { letters } = mixture;
  if (letters.length < 2) return [];
  const directions = directionsOf(mixture);
  yield;
  const checks = [yield* expertsDistinct(mixture)];
  for (const check of [expertsPopulated, gateSeparation, signalToNoise]) {
    yield;
    checks.push(check(mixture));
  }
  yield;
  return [...checks, slopesIndependent(directions, letters), gateAcrossSlopes(directions, letters)];
}
