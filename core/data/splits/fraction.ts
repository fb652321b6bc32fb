import { permutation, random } from '../../random';
import type { Split } from '../types';
import { partsOf, SPLIT_STREAM, type Dividing } from './parts';

/** Holds out round(fraction * used) of the used records at random. */
export function* divideByFraction(used: Uint32Array, split: Extract<Split, { kind: 'fraction' }>): Dividing {
  const count = Math.round(split.fraction * used.length);
  const order = permutation(used.length, random(split.seed, SPLIT_STREAM));
  yield;
  const held = new Uint8Array(used.length);
  for (let i = 0; i < count; i++) held[order[i]] = 1;
  return partsOf(used, held);
}
