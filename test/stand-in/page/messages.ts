/** What travels between a page's preload and the main process. */
export type FromPage =
  | { readonly kind: 'send'; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly kind: 'port'; readonly port: number; readonly data: unknown }
  | { readonly kind: 'port-closed'; readonly port: number }
  | { readonly kind: 'title'; readonly title: string }
  | { readonly kind: 'preload-failed'; readonly message: string };

export type ToPage =
  | {
      readonly kind: 'send';
      readonly channel: string;
      readonly args: readonly unknown[];
      readonly ports: readonly number[];
    }
  | { readonly kind: 'answer'; readonly id: number; readonly ok: boolean; readonly value: unknown }
  | { readonly kind: 'port'; readonly port: number; readonly data: unknown }
  | { readonly kind: 'port-closed'; readonly port: number };

/** What a world is told when it is made. */
export interface WorldConfig {
  /** Part of the names of events that the two worlds of a page share; a page cannot guess it. */
  readonly secret: string;
  readonly contextIsolation: boolean;
  readonly sandbox: boolean;
  readonly nodeIntegration: boolean;
  readonly inSubFrames: boolean;
}

/** The binding that a preload's world says things by, and the function that it hears by. */
export const SAY = 'standInSay';
export const HEAR = 'standInHear';
