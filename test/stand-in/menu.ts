import { EventEmitter } from 'node:events';
import type { BrowserWindow } from './window';
import { strict } from './strict';

export interface MenuItemOptions {
  id?: string;
  label?: string;
  role?: string;
  type?: 'normal' | 'separator' | 'submenu' | 'checkbox' | 'radio';
  accelerator?: string;
  registerAccelerator?: boolean;
  enabled?: boolean;
  visible?: boolean;
  checked?: boolean;
  sublabel?: string;
  toolTip?: string;
  submenu?: MenuItemOptions[] | Menu;
  click?: (item: MenuItem, window: BrowserWindow | undefined, event: object) => void;
}

interface Program {
  quit(): void;
  showAboutPanel(): void;
  focused(): BrowserWindow | null;
}

type Act = (program: Program, window: BrowserWindow | null | undefined) => void;

const edit =
  (command: 'undo' | 'redo' | 'cut' | 'copy' | 'paste' | 'selectAll' | 'delete'): Act =>
  (_, window) =>
    window?.webContents.edit(command);
const zoom =
  (change: (level: number) => number): Act =>
  (_, window) =>
    window?.webContents.setZoomLevel(change(window.webContents.getZoomLevel()));
const nothing: Act = () => undefined;

/** What the roles are called and what they do. Those of one system alone do nothing here. */
const roles: Readonly<Record<string, { label: string; act: Act }>> = {
  quit: { label: 'Quit', act: (program) => program.quit() },
  about: { label: 'About', act: (program) => program.showAboutPanel() },
  close: { label: 'Close Window', act: (_, window) => window?.close() },
  minimize: { label: 'Minimize', act: (_, window) => window?.minimize() },
  zoom: { label: 'Zoom', act: nothing },
  front: { label: 'Bring All to Front', act: nothing },
  hide: { label: 'Hide', act: nothing },
  hideOthers: { label: 'Hide Others', act: nothing },
  unhide: { label: 'Show All', act: nothing },
  services: { label: 'Services', act: nothing },
  reload: { label: 'Reload', act: (_, window) => window?.webContents.reload() },
  forceReload: { label: 'Force Reload', act: (_, window) => window?.webContents.reloadIgnoringCache() },
  toggleDevTools: { label: 'Toggle Developer Tools', act: nothing },
  togglefullscreen: { label: 'Toggle Full Screen', act: (_, window) => window?.setFullScreen(!window.isFullScreen()) },
  resetZoom: { label: 'Actual Size', act: zoom(() => 0) },
  zoomIn: { label: 'Zoom In', act: zoom((level) => level + 0.5) },
  zoomOut: { label: 'Zoom Out', act: zoom((level) => level - 0.5) },
  undo: { label: 'Undo', act: edit('undo') },
  redo: { label: 'Redo', act: edit('redo') },
  cut: { label: 'Cut', act: edit('cut') },
  copy: { label: 'Copy', act: edit('copy') },
  paste: { label: 'Paste', act: edit('paste') },
  pasteAndMatchStyle: { label: 'Paste and Match Style', act: edit('paste') },
  delete: { label: 'Delete', act: edit('delete') },
  selectAll: { label: 'Select All', act: edit('selectAll') },
  recentDocuments: { label: 'Open Recent', act: nothing },
  clearRecentDocuments: { label: 'Clear Menu', act: nothing },
  startSpeaking: { label: 'Start Speaking', act: nothing },
  stopSpeaking: { label: 'Stop Speaking', act: nothing },
};

const list = (...names: string[]): MenuItemOptions[] => names.map((role) => ({ role }));
/** Roles that are whole menus. */
const menus: Readonly<Record<string, { label: string; submenu: MenuItemOptions[] }>> = {
  appMenu: { label: 'MoE Lab', submenu: list('about', 'services', 'hide', 'hideOthers', 'unhide', 'quit') },
  fileMenu: { label: 'File', submenu: list('close', 'quit') },
  editMenu: { label: 'Edit', submenu: list('undo', 'redo', 'cut', 'copy', 'paste', 'delete', 'selectAll') },
  viewMenu: { label: 'View', submenu: list('reload', 'resetZoom', 'zoomIn', 'zoomOut', 'togglefullscreen') },
  windowMenu: { label: 'Window', submenu: list('minimize', 'zoom', 'close') },
  help: { label: 'Help', submenu: [] },
  services: { label: 'Services', submenu: [] },
};

/** The two classes as the program has them. */
export interface Menus {
  readonly Menu: {
    new (): Menu;
    buildFromTemplate(template: MenuItemOptions[]): Menu;
    setApplicationMenu(menu: Menu | null): void;
    getApplicationMenu(): Menu | null;
  };
  readonly MenuItem: new (options: MenuItemOptions) => MenuItem;
}

/** Menu and MenuItem as trees to be read and clicked. Nothing is drawn, and no key reaches them. */
export function createMenus(program: Program): Menus {
  const current: { menu: Menu | null } = { menu: null };
  function buildFromTemplate(template: MenuItemOptions[]): Menu {
    const menu = new Menu();
    template.forEach((options) => menu.append(new ProgramMenuItem(options)));
    return strict('Menu', menu);
  }
  class ProgramMenuItem extends MenuItem {
    constructor(options: MenuItemOptions) {
      super(options, program, buildFromTemplate);
    }
  }
  class ProgramMenu extends Menu {
    static buildFromTemplate = buildFromTemplate;
    static setApplicationMenu = (menu: Menu | null) => void (current.menu = menu);
    static getApplicationMenu = () => current.menu;
  }
  return { Menu: ProgramMenu, MenuItem: ProgramMenuItem };
}

export class Menu extends EventEmitter {
  readonly items: MenuItem[] = [];

  append(item: MenuItem): void {
    this.insert(this.items.length, item);
  }

  insert(position: number, item: MenuItem): void {
    item.menu = this;
    this.items.splice(position, 0, item);
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }

  popup(): void {
    this.emit('menu-will-show');
  }

  closePopup(): void {
    this.emit('menu-will-close');
  }
}

export class MenuItem {
  readonly id: string;
  readonly label: string;
  readonly role: string | undefined;
  readonly type: string;
  readonly accelerator: string | undefined;
  readonly registerAccelerator: boolean;
  readonly sublabel: string;
  readonly toolTip: string;
  readonly submenu: Menu | null;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  menu: Menu | null = null;
  /** As when the user chooses it in this window. */
  readonly click: (event?: object, window?: BrowserWindow | null) => void;

  constructor(options: MenuItemOptions, program: Program, build: (template: MenuItemOptions[]) => Menu) {
    const { role } = options;
    if (role !== undefined && !(role in roles) && !(role in menus))
      throw new Error(`the stand-in has no menu role ${role}`);
    const whole = role === undefined ? undefined : menus[role];
    const submenu = options.submenu ?? whole?.submenu;
    this.id = options.id ?? '';
    this.role = role?.toLowerCase();
    this.label = options.label ?? whole?.label ?? (role === undefined ? '' : (roles[role]?.label ?? ''));
    this.type = options.type ?? (submenu ? 'submenu' : 'normal');
    this.accelerator = options.accelerator;
    this.registerAccelerator = options.registerAccelerator ?? true;
    this.sublabel = options.sublabel ?? '';
    this.toolTip = options.toolTip ?? '';
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.submenu = Array.isArray(submenu) ? build(submenu) : (submenu ?? null);
    this.click = (event = {}, window = program.focused()) => {
      if (this.type === 'checkbox') this.checked = !this.checked;
      if (this.type === 'radio') this.checked = true;
      if (role !== undefined && role in roles) roles[role].act(program, window);
      else options.click?.(this, window ?? undefined, event);
    };
  }
}
