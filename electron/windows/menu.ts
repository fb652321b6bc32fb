import { Menu, type MenuItemConstructorOptions } from 'electron';

export interface ShownMenu {
  /** Shows this menu: soon, so that a page that changes much at once changes it once. */
  show(template: MenuItemConstructorOptions[]): void;
  /** After a click: the system has ticked or unticked the item by itself, and what the page says holds. */
  clicked(): void;
}

const SOON_MS = 50;

/**
 * The application's menu. It is replaced only when its items are others: what is merely allowed or chosen is changed in place, because
 * replacing a menu closes it under the user's hand. (On macOS Electron's items lose their keys when that is changed, so there it is
 * replaced.)
 */
export function createMenu(platform: NodeJS.Platform): ShownMenu {
  let wanted: MenuItemConstructorOptions[] = [];
  let shape = '';
  let details = '';
  // Kept while its successor is shown: Electron forgets a menu that may still be open on the screen.
  const kept: { menu: Menu | null; before: Menu | null } = { menu: null, before: null };
  let timer: ReturnType<typeof setTimeout> | undefined;

  function apply(): void {
    timer = undefined;
    const next = { shape: shapeOf(wanted), details: JSON.stringify(wanted) };
    if (next.details === details) return;
    if (next.shape === shape && platform !== 'darwin' && kept.menu) update(kept.menu, wanted);
    else replace();
    shape = next.shape;
    details = next.details;
  }

  function replace(): void {
    kept.before = kept.menu;
    kept.menu = Menu.buildFromTemplate(wanted);
    Menu.setApplicationMenu(kept.menu);
  }

  const soon = () => void (timer ??= setTimeout(apply, SOON_MS));

  return {
    show(template) {
      wanted = template;
      if (kept.menu) soon();
      else apply();
    },
    clicked() {
      details = '';
      soon();
    },
  };
}

/** The items less what can change in place. */
function shapeOf(template: MenuItemConstructorOptions[]): string {
  return JSON.stringify(template, (key, value: unknown) =>
    key === 'enabled' || key === 'checked' ? undefined : value,
  );
}

function update(menu: Menu, template: readonly MenuItemConstructorOptions[]): void {
  for (const { id, enabled, checked, submenu } of template) {
    const item = id ? menu.getMenuItemById(id) : null;
    if (item && enabled !== undefined) item.enabled = enabled;
    if (item && checked !== undefined) item.checked = checked;
    if (Array.isArray(submenu)) update(menu, submenu);
  }
}
