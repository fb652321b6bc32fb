import { z } from 'zod';
import type { WindowState } from '../../core/bridge';

/** Before a page has said anything: nothing open, nothing to lose, and a menu of the window's own acts alone. */
export const SILENT_PAGE: WindowState = { name: null, edited: false, running: 0, theme: 'system', menu: [] };

/** Far more acts than the application has: a page that loops must not fill the menu. */
const MOST_ITEMS = 500;
const text = z.string().max(300);

const menuItem = z.object({
  id: text.min(1),
  label: text.min(1),
  group: text.min(1),
  keys: text.nullable(),
  enabled: z.boolean(),
  checked: z.boolean().nullable(),
});

const windowState: z.ZodType<WindowState> = z.object({
  name: text.nullable(),
  edited: z.boolean(),
  running: z.int().min(0),
  theme: z.enum(['system', 'light', 'dark']),
  menu: z.array(menuItem).max(MOST_ITEMS),
});

/** What a page said of itself, or null where it is not what a page of ours says. */
export function readPageState(value: unknown): WindowState | null {
  return windowState.safeParse(value).data ?? null;
}

/** Closing such a window asks first. */
export const wouldLose = ({ edited, running }: WindowState): boolean => edited || running > 0;

/** A file for such a window would take the place of something. */
export const holdsWork = (state: WindowState): boolean => state.name !== null || wouldLose(state);
