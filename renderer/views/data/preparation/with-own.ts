/** The usual values and, where it is none of them, the one that holds now, ascending. */
export const withOwn = (usual: readonly number[], own: number): number[] =>
  usual.includes(own) ? [...usual] : [...usual, own].sort((a, b) => a - b);
