import { EventEmitter } from 'node:events';
import type { WebContents, WebPreferences } from './contents';
import { electronEvent } from './electron-event';
import type { Engine } from './engine';

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface WindowOptions extends Partial<Rectangle> {
  minWidth?: number;
  minHeight?: number;
  show?: boolean;
  title?: string;
  backgroundColor?: string;
  fullscreen?: boolean;
  webPreferences?: WebPreferences;
  [name: string]: unknown;
}

export interface WindowHome {
  readonly engine: Engine;
  readonly windows: BrowserWindow[];
  readonly workArea: Rectangle;
  createContents(preferences: WebPreferences): WebContents;
  /** Tells `app`. */
  tell(event: string, ...args: unknown[]): void;
}

type Shape = 'normal' | 'minimized' | 'maximized' | 'full-screen';

/**
 * A window as the program sees it: state and events of a desktop's window without one. Chromium's own (unseen) window is given the same
 * size for its content.
 */
export class WindowModel extends EventEmitter {
  readonly id: number;
  readonly webContents: WebContents;
  readonly options: WindowOptions;
  private bounds: Rectangle;
  private shape: Shape = 'normal';
  private visible: boolean;
  private focused = false;
  private title: string;
  private edited = false;
  private represented = '';
  private background: string;
  private progress = -1;
  private destroyed = false;
  private closing = false;
  private minimum: [number, number];
  private drawn: Promise<unknown> = Promise.resolve();

  constructor(
    protected readonly home: WindowHome,
    id: number,
    options: WindowOptions,
    contents: WebContents,
  ) {
    super();
    const { width = 800, height = 600, x, y } = options;
    const { workArea } = home;
    this.id = id;
    this.options = options;
    this.title = options.title ?? 'Electron';
    this.visible = options.show ?? true;
    this.background = options.backgroundColor ?? '#FFF';
    this.minimum = [options.minWidth ?? 0, options.minHeight ?? 0];
    this.bounds = {
      x: x ?? Math.round(workArea.x + (workArea.width - width) / 2),
      y: y ?? Math.round(workArea.y + (workArea.height - height) / 2),
      width,
      height,
    };
    if (options.fullscreen) this.shape = 'full-screen';
    this.webContents = contents;
  }

  /** Separate from the constructor: what listens must see the window the program has. */
  protected begin(): void {
    const { webContents } = this;
    webContents.on('page-title-updated', (_: unknown, title: string, explicit: boolean) => {
      const event = electronEvent();
      this.emit('page-title-updated', event, title, explicit);
      if (!event.defaultPrevented) this.title = title;
    });
    webContents.once('dom-ready', () => this.destroyed || this.emit('ready-to-show', electronEvent()));
    webContents.on('stand-in-stays', () => (this.closing = false));
    webContents.once('destroyed', () => this.end());
    this.draw();
    if (this.visible) setImmediate(() => this.destroyed || this.focus());
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  reload(): void {
    this.webContents.reload();
  }

  close(): void {
    if (this.destroyed || this.closing) return;
    const event = electronEvent();
    this.emit('close', event);
    if (event.defaultPrevented || this.destroyed) return;
    this.closing = true;
    this.webContents.close({ waitForBeforeUnload: !this.webContents.isCrashed() });
  }

  destroy(): void {
    this.webContents.close();
    this.end();
  }

  private end(): void {
    if (this.destroyed) return;
    this.blurIfFocused();
    this.destroyed = true;
    this.home.windows.splice(this.home.windows.indexOf(this as unknown as BrowserWindow), 1);
    this.emit('closed', electronEvent());
    this.home.tell('stand-in-window-closed');
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  show(): void {
    this.showInactive();
    this.focus();
  }

  showInactive(): void {
    if (this.visible) return;
    this.visible = true;
    this.emit('show', electronEvent());
  }

  hide(): void {
    if (!this.visible) return;
    this.blurIfFocused();
    this.visible = false;
    this.emit('hide', electronEvent());
  }

  isVisible(): boolean {
    return this.visible;
  }

  focus(): void {
    if (this.focused) return;
    this.home.windows.forEach((window) => window.blurIfFocused());
    this.focused = true;
    this.webContents.focus();
    this.emit('focus', electronEvent());
    this.home.tell('browser-window-focus', electronEvent(), this);
  }

  blur(): void {
    this.blurIfFocused();
  }

  blurIfFocused(): void {
    if (!this.focused) return;
    this.focused = false;
    this.emit('blur', electronEvent());
    this.home.tell('browser-window-blur', electronEvent(), this);
  }

  moveTop(): void {
    this.webContents.focus();
  }

  isFocused(): boolean {
    return this.focused;
  }

  setTitle(title: string): void {
    this.title = title;
  }

  getTitle(): string {
    return this.title;
  }

  setDocumentEdited(edited: boolean): void {
    this.edited = edited;
  }

  isDocumentEdited(): boolean {
    return this.edited;
  }

  setRepresentedFilename(path: string): void {
    this.represented = path;
  }

  getRepresentedFilename(): string {
    return this.represented;
  }

  setBackgroundColor(color: string): void {
    this.background = color;
  }

  getBackgroundColor(): string {
    return this.background;
  }

  setProgressBar(progress: number): void {
    this.progress = progress;
  }

  /** For tests: Electron has no way to read it. */
  get standInProgress(): number {
    return this.progress;
  }

  flashFrame(): void {
    // Nothing to be seen.
  }

  setMenuBarVisibility(): void {
    // Nothing to be seen.
  }

  setMinimumSize(width: number, height: number): void {
    this.minimum = [width, height];
  }

  getMinimumSize(): [number, number] {
    return [...this.minimum];
  }

  getBounds(): Rectangle {
    return this.shape === 'maximized' || this.shape === 'full-screen' ? { ...this.home.workArea } : { ...this.bounds };
  }

  getNormalBounds(): Rectangle {
    return { ...this.bounds };
  }

  getContentBounds(): Rectangle {
    return this.getBounds();
  }

  getSize(): [number, number] {
    const { width, height } = this.getBounds();
    return [width, height];
  }

  getContentSize(): [number, number] {
    return this.getSize();
  }

  getPosition(): [number, number] {
    const { x, y } = this.getBounds();
    return [x, y];
  }

  setBounds(next: Partial<Rectangle>): void {
    const before = this.bounds;
    const [minWidth, minHeight] = this.minimum;
    const wanted = { ...before, ...next };
    this.bounds = { ...wanted, width: Math.max(minWidth, wanted.width), height: Math.max(minHeight, wanted.height) };
    this.draw();
    if (before.width !== this.bounds.width || before.height !== this.bounds.height) this.tellOfSize();
    if (before.x !== this.bounds.x || before.y !== this.bounds.y) {
      this.emit('move', electronEvent());
      this.emit('moved', electronEvent());
    }
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  setContentSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }

  center(): void {
    const { workArea } = this.home;
    const { width, height } = this.bounds;
    this.setPosition(
      Math.round(workArea.x + (workArea.width - width) / 2),
      Math.round(workArea.y + (workArea.height - height) / 2),
    );
  }

  isNormal(): boolean {
    return this.shape === 'normal';
  }

  maximize(): void {
    this.take('maximized', 'maximize');
  }

  unmaximize(): void {
    if (this.isMaximized()) this.take('normal', 'unmaximize');
  }

  isMaximized(): boolean {
    return this.shape === 'maximized';
  }

  minimize(): void {
    this.blurIfFocused();
    this.take('minimized', 'minimize');
  }

  restore(): void {
    if (this.shape === 'minimized') this.take('normal', 'restore');
    else this.unmaximize();
  }

  isMinimized(): boolean {
    return this.shape === 'minimized';
  }

  setFullScreen(full: boolean): void {
    if (full === this.isFullScreen()) return;
    this.take(full ? 'full-screen' : 'normal', full ? 'enter-full-screen' : 'leave-full-screen');
  }

  isFullScreen(): boolean {
    return this.shape === 'full-screen';
  }

  isResizable(): boolean {
    return true;
  }

  isModal(): boolean {
    return false;
  }

  getParentWindow(): null {
    return null;
  }

  getChildWindows(): never[] {
    return [];
  }

  private take(shape: Shape, event: string): void {
    if (this.shape === shape) return;
    this.shape = shape;
    this.emit(event, electronEvent());
    if (shape === 'minimized') return;
    this.draw();
    this.tellOfSize();
  }

  private tellOfSize(): void {
    this.emit('resize', electronEvent());
    this.emit('resized', electronEvent());
  }

  /** Gives the page the size that the window has, less what Chromium's window keeps for itself. */
  private draw(): void {
    const { width, height } = this.getBounds();
    this.drawn = this.drawn
      .then(() => this.webContents.ready)
      .then(async (session) => {
        const browser = await this.home.engine.browser();
        const { targetId } = this.webContents;
        const { windowId, bounds } = await browser.send('Browser.getWindowForTarget', { targetId });
        const { cssLayoutViewport } = await session.send('Page.getLayoutMetrics');
        const frameWidth = (bounds.width ?? 0) - cssLayoutViewport.clientWidth;
        const frameHeight = (bounds.height ?? 0) - cssLayoutViewport.clientHeight;
        const outer = { width: width + Math.max(0, frameWidth), height: height + Math.max(0, frameHeight) };
        await browser.send('Browser.setWindowBounds', { windowId, bounds: outer });
      })
      .catch(() => undefined);
  }
}

/** The class that the program has. */
export interface BrowserWindow extends WindowModel {
  readonly webContents: WebContents;
}
