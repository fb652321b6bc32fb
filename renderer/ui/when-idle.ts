/** How long a page without a notion of rest leaves to what is going on. */
const SOON_MS = 200;

/**
 * Runs what nobody waits for once the page rests, at the latest after `limit` milliseconds. Safari does not tell when it rests: there it
 * runs soon.
 */
export function whenIdle(work: () => void, limit: number): void {
  if (typeof window.requestIdleCallback === 'function') window.requestIdleCallback(() => work(), { timeout: limit });
  else setTimeout(work, Math.min(SOON_MS, limit));
}
