import type { Check } from '../types';

/** The moment methods find one direction an expert in the space of the features: no more experts than features. */
export function expertsWithinFeatures(experts: number, columns: number): Check {
  const id = 'experts-within-features';
  if (experts <= columns) return { id, light: 'green', sentence: `${experts} experts in ${columns} encoded features.` };
  return {
    id,
    light: 'red',
    sentence: `${experts} experts need at least as many encoded features, and there are ${columns}; take at most ${columns} experts, or use random starts.`,
  };
}
