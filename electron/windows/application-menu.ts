import type { MenuItemConstructorOptions } from 'electron';
import type { MenuItem, RecentFile, WindowState } from '../../core/bridge';

/** What the menu's items do; `command` does an act of the page. */
export interface MenuActs {
  command(id: string): void;
  newWindow(): void;
  open(): void;
  openRecent(id: string): void;
  clearRecent(): void;
}

export interface MenuContext {
  readonly page: Pick<WindowState, 'menu'>;
  readonly recent: readonly RecentFile[];
  readonly platform: NodeJS.Platform;
  readonly packaged: boolean;
}

type Item = MenuItemConstructorOptions;

/** Ids of acts that this menu has by itself where the page does not offer them: with no window open, or a page that is loading. */
const NEW_WINDOW = 'window/new';
const OPEN = 'open';
const SAVING = ['project/save', 'project/save-as'];
const HISTORY = ['undo', 'redo'];
/** Tables that come with the program: they are opened like a file. */
const EXAMPLE = /^sample\//;
/** Groups that have a place of their own; each other group is a menu between Edit and View. */
const FIXED = ['File', 'Edit', 'View', 'Help'];

/** What the system does by itself, in words like those of the page's own acts. */
const ROLES = {
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select all',
  resetZoom: 'Actual size',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  togglefullscreen: 'Full screen',
  toggleDevTools: 'Developer tools',
  minimize: 'Minimise',
  close: 'Close window',
  quit: 'Quit',
  about: 'About MoE Lab',
} as const;
const ofRole = (role: keyof typeof ROLES): Item => ({ role, label: ROLES[role] });

/** Letters that open a menu with Alt. File, Edit, View, Window and Help have their first. */
const MNEMONICS = new Map([
  ['Data', '&Data'],
  ['Model', '&Model'],
  ['Run', '&Run'],
  ['Results', 'Re&sults'],
  ['Go', '&Go'],
]);
const withMnemonic = (group: string): string => MNEMONICS.get(group) ?? escaped(group);

const separator: Item = { type: 'separator' };

/**
 * The native menu: every act the page offers in exactly one place, under the group it names, and around them what belongs to a window
 * on this system. Ids are `menu:` and the act's own.
 */
export function menuTemplate({ page, recent, platform, packaged }: MenuContext, acts: MenuActs): Item[] {
  const isMac = platform === 'darwin';
  // The first of an id wins: ids are unique in a menu.
  const offered = page.menu.filter((item, i) => page.menu.findIndex(({ id }) => id === item.id) === i);
  const groups = [...new Set(offered.map(({ group }) => group))];
  const inGroup = (group: string): readonly MenuItem[] => offered.filter((item) => item.group === group);
  const taken = new Set([NEW_WINDOW, OPEN, ...SAVING, ...HISTORY]);
  const rest = (group: string) =>
    families(inGroup(group).filter(({ id }) => !taken.has(id) && !EXAMPLE.test(id))).map(entry);

  function entry(node: MenuItem | Family): Item {
    return 'items' in node ? { label: escaped(node.label), submenu: node.items.map(command) } : command(node);
  }

  function command({ id, label, keys, enabled, checked }: MenuItem): Item {
    return {
      id: `menu:${id}`,
      label: escaped(label),
      accelerator: keys === null ? undefined : (acceleratorOf(keys) ?? undefined),
      // The page has the same shortcuts; with both, one key press would act twice. (macOS shows no key without registering it, and
      // gives the menu only what the page leaves.)
      registerAccelerator: false,
      enabled,
      ...(checked === null ? {} : { type: 'checkbox' as const, checked }),
      click: () => acts.command(id),
    };
  }

  /** An act of the page by its id, else the menu's own. */
  function known(id: string, own: Item): Item {
    const item = offered.find((item) => item.id === id);
    return item ? command(item) : { id: `menu:${id}`, ...own };
  }

  const offeredAmong = (ids: readonly string[]): Item[] =>
    ids.flatMap((id) => offered.filter((item) => item.id === id).map(command));

  const file: Item = {
    label: '&File',
    submenu: sections(
      [
        known(NEW_WINDOW, { label: 'New window', accelerator: 'CmdOrCtrl+N', click: acts.newWindow }),
        known(OPEN, { label: 'Open…', accelerator: 'CmdOrCtrl+O', click: acts.open }),
        recentMenu(recent, acts),
        ...families(offered.filter(({ id }) => EXAMPLE.test(id))).map(entry),
      ],
      offeredAmong(SAVING),
      rest('File'),
      isMac ? [ofRole('close')] : [ofRole('close'), ofRole('quit')],
    ),
  };
  const history = offeredAmong(HISTORY);
  const edit: Item = {
    label: '&Edit',
    submenu: sections(
      history.length ? history : [ofRole('undo'), ofRole('redo')],
      [ofRole('cut'), ofRole('copy'), ofRole('paste'), ofRole('selectAll')],
      rest('Edit'),
    ),
  };
  const others = groups.filter((group) => !FIXED.includes(group) && rest(group).length > 0);
  const view: Item = {
    label: '&View',
    submenu: sections(
      rest('View'),
      [
        ofRole('resetZoom'),
        ofRole('zoomIn'),
        // The same key without Shift, as browsers take it.
        { ...ofRole('zoomIn'), accelerator: 'CmdOrCtrl+=', visible: false, acceleratorWorksWhenHidden: true },
        ofRole('zoomOut'),
      ],
      [ofRole('togglefullscreen')],
      packaged ? [] : [ofRole('toggleDevTools')],
    ),
  };
  const hasAbout = inGroup('Help').some(({ id }) => /(^|\/)about$/.test(id));
  const help: Item = {
    role: 'help',
    label: '&Help',
    submenu: sections(rest('Help'), isMac || hasAbout ? [] : [ofRole('about')]),
  };

  return [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    file,
    edit,
    ...others.map((group) => ({ label: withMnemonic(group), submenu: rest(group) })),
    view,
    // Elsewhere closing stands in File alone, and "Zoom", which that role has everywhere, does nothing.
    isMac ? { role: 'windowMenu' } : { label: '&Window', submenu: [ofRole('minimize')] },
    // On macOS the system puts its search of the menus there, whatever else there is.
    ...(isMac || (help.submenu as Item[]).length ? [help] : []),
  ];
}

function recentMenu(recent: readonly RecentFile[], acts: MenuActs): Item {
  return {
    id: 'menu:recent',
    label: 'Open recent',
    enabled: recent.length > 0,
    submenu: sections(
      recent.map(({ id, name, folder, missing }) => ({
        id: `menu:recent/${id}`,
        label: escaped(`${name} – ${folder}${missing ? ' (not there now)' : ''}`),
        click: () => acts.openRecent(id),
      })),
      [{ id: 'menu:recent-clear', label: 'Clear the list', click: acts.clearRecent }],
    ),
  };
}

/** Acts whose labels begin alike, "Theme: Light" and "Theme: Dark", stand in a menu of their own under what they share. */
interface Family {
  readonly label: string;
  readonly items: readonly MenuItem[];
}

function families(items: readonly MenuItem[]): (MenuItem | Family)[] {
  const headOf = ({ label }: MenuItem): string | null => /^(.+?): ./.exec(label)?.[1] ?? null;
  return items.flatMap((item): (MenuItem | Family)[] => {
    const head = headOf(item);
    const family = items.filter((one) => headOf(one) === head);
    if (head === null || family.length < 2) return [item];
    if (family[0] !== item) return [];
    return [
      { label: head, items: family.map((one) => ({ ...one, label: capital(one.label.slice(head.length + 2)) })) },
    ];
  });
}

/** "Theme: dark" is "Dark" where "Theme" stands above it. */
const capital = (label: string): string => label.charAt(0).toUpperCase() + label.slice(1);

/** Parts of a menu with lines between those that have something. */
function sections(...parts: readonly (readonly Item[])[]): Item[] {
  const filled = parts.filter((part) => part.length > 0);
  return filled.flatMap((part, i) => (i ? [separator, ...part] : [...part]));
}

/** An ampersand in a label would underline the letter after it. */
const escaped = (label: string): string => label.replaceAll('&', '&&');

const NAMED_KEYS = new Map([
  ['ArrowLeft', 'Left'],
  ['ArrowRight', 'Right'],
  ['ArrowUp', 'Up'],
  ['ArrowDown', 'Down'],
  ['Escape', 'Esc'],
  ['+', 'Plus'],
]);
const KEY =
  /^([A-Z0-9]|F([1-9]|1\d|2[0-4])|Left|Right|Up|Down|Esc|Enter|Space|Tab|Delete|Backspace|Home|End|PageUp|PageDown|Plus|[-=,./;'[\]\\`])$/;
const MODIFIERS = new Map([
  ['Ctrl', 'CmdOrCtrl'],
  ['Shift', 'Shift'],
  ['Alt', 'Alt'],
]);

/** Electron's words for "Ctrl+Shift+Z". Null for keys it has none for: it refuses a whole menu for one. */
export function acceleratorOf(keys: string): string | null {
  const parts = keys.endsWith('++') ? [...keys.slice(0, -2).split('+'), '+'] : keys.split('+');
  const last = parts.pop() ?? '';
  const key = NAMED_KEYS.get(last) ?? (last.length === 1 ? last.toUpperCase() : last);
  const modifiers = parts.map((part) => MODIFIERS.get(part));
  return KEY.test(key) && modifiers.every(Boolean) ? [...modifiers, key].join('+') : null;
}
