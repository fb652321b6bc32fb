/** Parts of the page that F6 visits, in reading order: every element with data-region. */
const regions = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-region]')];

/** Moves the focus to the next region (or the one before), round and round. */
export function cycleRegion(backwards: boolean): void {
  const all = regions();
  if (all.length === 0) return;
  const here = all.findIndex((region) => region.contains(document.activeElement));
  const next = here === -1 ? 0 : (here + (backwards ? -1 : 1) + all.length) % all.length;
  all[next].removeAttribute('data-quiet');
  all[next].focus();
}
