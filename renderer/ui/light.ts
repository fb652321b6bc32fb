/** Shape, colour and words, always all three. */
export type Light = 'green' | 'amber' | 'red' | 'running' | 'cancelled' | 'waiting';

/** The state of something for its light: shape and colour by `light`, always with the words. */
export interface StateWords {
  readonly light: Light;
  readonly words: string;
}
