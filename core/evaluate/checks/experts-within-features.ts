import type { Check } from '../types';

/**
 * The moment methods find one direction an expert in the space of the features: no more experts than features. Their theory also
 * supposes k − 1 gate directions at right angles to all k of them, for which 2k − 1 features must leave room.
 */
export function expertsWithinFeatures(experts: number, columns: number): Check {
  const id = 'experts-within-features';
  const facts = `${experts} experts in ${columns} encoded features`;
  if (experts > columns)
    return {
      id,
      light: 'red',
      sentence: `${experts} experts need at least as many encoded features, and there are ${columns}; take at most ${columns} experts, or use random starts.`,
    };
  if (2 * experts - 1 >= columns)
    return {
      id,
      light: 'amber',
      sentence: `${facts} leave little room for a gate that does not run along their slopes; compare with random starts, or take fewer experts.`,
    };
  return { id, light: 'green', sentence: `${facts}.` };
}
