import { readFileSync } from 'node:fs';
import { EventEmitter } from 'node:events';
import { decode, encode } from '../../core/codec';
import { toChromium, toElectron } from './addresses';
import type { Session } from './cdp';
import type { Engine, NewPage } from './engine';
import { frameTree, type Frame } from './frames';
import { pageRuntime } from './page-runtime';
import { HEAR, SAY, type FromPage, type ToPage, type WorldConfig } from './page/messages';
import { portTable, type MessagePortMain } from './ports';
import { strict } from './strict';
import { electronEvent, type ElectronEvent } from './electron-event';

export interface WebPreferences {
  preload?: string;
  sandbox?: boolean;
  contextIsolation?: boolean;
  nodeIntegration?: boolean;
  nodeIntegrationInSubFrames?: boolean;
  webviewTag?: boolean;
  webSecurity?: boolean;
  [name: string]: unknown;
}

/** What a page's requests and messages are put to. */
export interface PageRules {
  /** Whether `session.webRequest` lets a request go out. */
  allows(request: { url: string; method: string; resourceType: string; webContentsId: number }): Promise<boolean>;
  message(contents: WebContents, frame: Frame, message: FromPage, answer: (message: ToPage) => void): void;
  theme(): 'light' | 'dark' | null;
  session: object;
}

export type OpenHandler = (details: { url: string; frameName: string; features: string; disposition: string }) => {
  action: 'allow' | 'deny';
  overrideBrowserWindowOptions?: object;
};

const WORLD = 'stand-in preload';
/** How long a page's own word about a navigation may come after the request for it, ms. */
const WORD_MS = 40;
/** How long a page may take to close before it is asked again, ms. */
const CLOSE_AGAIN_MS = 1000;
const DEFAULTS = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webSecurity: true,
  webviewTag: false,
};

/** Electron's WebContents over one page of Chromium. */
export class WebContents extends EventEmitter {
  readonly id: number;
  targetId = '';
  readonly frames = frameTree();
  windowOpenHandler: OpenHandler | null = null;
  /** What the page has asked to open and nobody has seen yet. */
  readonly opening: { url: string; frameName: string; features: string; disposition: string }[] = [];
  readonly ready: Promise<Session>;
  readonly session: object;
  private readonly preferences: WebPreferences;
  private readonly worlds = new Map<string, number>();
  private readonly requested = new Map<string, string>();
  private readonly ports;
  private title = '';
  private destroyed = false;
  private crashed = false;
  private loading = false;
  private zoom = 0;

  constructor(
    id: number,
    private readonly engine: Engine,
    private readonly rules: PageRules,
    preferences: WebPreferences,
    page: Promise<NewPage>,
  ) {
    super();
    this.id = id;
    this.session = rules.session;
    this.preferences = { ...DEFAULTS, ...preferences };
    this.ports = portTable(
      (port, data) => this.say({ kind: 'port', port, data }),
      (port) => this.say({ kind: 'port-closed', port }),
    );
    // What the program compares is always this one, never the object behind it.
    const self = strict('WebContents', this);
    this.ready = page.then((made) => self.prepare(made));
    this.ready.catch(
      (error: Error) => this.destroyed || console.error(`the stand-in: a page did not open: ${error.stack}`),
    );
    return self;
  }

  private async prepare({ targetId, session }: NewPage): Promise<Session> {
    this.targetId = targetId;
    this.frames.put({ id: targetId, url: '' });
    this.listen(session);
    const { sandbox = true, contextIsolation = true, nodeIntegration = false } = this.preferences;
    const inSubFrames = this.preferences.nodeIntegrationInSubFrames ?? false;
    const config: WorldConfig = { secret: this.engine.secret, sandbox, contextIsolation, nodeIntegration, inSubFrames };
    const runtime = (call: string) => `(() => { ${pageRuntime()}\nstandInPage.${call} })()`;
    const world = contextIsolation ? { worldName: WORLD } : {};
    await Promise.all([
      session.send('Page.enable'),
      session.send('Runtime.enable'),
      session.send('DOM.enable'),
      session.send('Debugger.enable'),
      session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
      session.send('Runtime.addBinding', { name: SAY, ...(contextIsolation ? { executionContextName: WORLD } : {}) }),
      session.send('Page.addScriptToEvaluateOnNewDocument', {
        source: runtime(`setUpMain(${JSON.stringify(config)})`),
      }),
      session.send('Page.addScriptToEvaluateOnNewDocument', {
        source: runtime(`setUpPreload(${JSON.stringify(config)}, ${this.preloadSource()})`),
        ...world,
      }),
      this.showTheme(session),
      session.send('Runtime.runIfWaitingForDebugger'),
    ]);
    return session;
  }

  /** The preload as a function; one that cannot be read fails as it does in Electron, when the page is shown. */
  private preloadSource(): string {
    const { preload } = this.preferences;
    const wrap = (body: string) => `function (exports, require, module, process) { ${body}\n}`;
    if (!preload) return wrap('');
    try {
      return wrap(readFileSync(preload, 'utf8'));
    } catch (error) {
      return wrap(`throw new Error(${JSON.stringify(String(error))})`);
    }
  }

  private listen(session: Session): void {
    const main = () => this.targetId;
    session.on('Page.frameAttached', ({ frameId, parentFrameId }) => {
      this.frames.put({ id: frameId, parentId: parentFrameId, url: '' });
    });
    session.on('Page.frameDetached', ({ frameId }) => this.frames.remove(frameId));
    session.on('Page.frameNavigated', ({ frame }) => {
      this.frames.put(frame);
      if (frame.id !== main()) return;
      // The old document's ports end with it.
      this.ports.closeAll();
      this.crashed = false;
      this.emit('did-navigate', electronEvent(), this.getURL(), 200, 'OK');
    });
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      this.frames.move(frameId, url);
      this.emit('did-navigate-in-page', electronEvent(), toElectron(url), frameId === main());
    });
    session.on('Page.frameStartedLoading', ({ frameId }) => {
      if (frameId !== main()) return;
      this.loading = true;
      this.emit('did-start-loading', electronEvent());
    });
    session.on('Page.frameStoppedLoading', ({ frameId }) => {
      if (frameId !== main()) return;
      this.loading = false;
      this.emit('did-stop-loading', electronEvent());
    });
    session.on(
      'Page.domContentEventFired',
      () => this.getURL() !== 'about:blank' && this.emit('dom-ready', electronEvent()),
    );
    session.on(
      'Page.loadEventFired',
      () => this.getURL() !== 'about:blank' && this.emit('did-finish-load', electronEvent()),
    );
    session.on('Page.frameRequestedNavigation', ({ frameId, url, disposition }) => {
      // A click with Ctrl or the middle button: no window.open goes before the page that it opens.
      if (disposition === 'newTab' || disposition === 'newWindow') {
        const asked = disposition === 'newTab' ? 'background-tab' : 'new-window';
        return void this.opening.push({ url: toElectron(url), frameName: '', features: '', disposition: asked });
      }
      if (disposition !== 'currentTab') return;
      if (/^https?:/.test(url)) this.requested.set(frameId, url);
      else void this.leaveByOtherScheme(session, frameId, url);
    });
    session.on('Page.windowOpen', ({ url, windowName, windowFeatures }) => {
      const disposition = windowFeatures.includes('popup') ? 'new-window' : 'foreground-tab';
      const frameName = windowName === '_blank' ? '' : windowName;
      this.opening.push({ url: toElectron(url), frameName, features: windowFeatures.join(','), disposition });
    });
    session.on('Page.javascriptDialogOpening', ({ type }) => {
      if (type !== 'beforeunload') return;
      const event = electronEvent();
      this.emit('will-prevent-unload', event);
      // Whoever else drives this page may have answered first.
      void session.send('Page.handleJavaScriptDialog', { accept: event.defaultPrevented }).catch(() => undefined);
      if (!event.defaultPrevented) this.emit('stand-in-stays');
    });
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId, isDefault } = context.auxData as unknown as { frameId: string; isDefault: boolean };
      if (this.preferences.contextIsolation ? context.name === WORLD : isDefault) this.worlds.set(frameId, context.id);
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      for (const [frame, id] of this.worlds) if (id === executionContextId) this.worlds.delete(frame);
    });
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === SAY) this.hear(payload, executionContextId);
    });
    session.on('Fetch.requestPaused', (request) => {
      this.judge(session, request).catch((error: Error) => {
        if (!this.destroyed) console.error(`the stand-in: a request was lost: ${error.stack}`);
      });
    });
    session.on(
      'Debugger.paused',
      ({ callFrames }) => void this.answerPath(session, callFrames[0]).catch(() => undefined),
    );
    session.on('Inspector.targetCrashed', () => {
      this.crashed = true;
      this.ports.closeAll();
      this.emit('render-process-gone', electronEvent(), { reason: 'crashed', exitCode: 11 });
    });
  }

  /** A preload stands still in standInPathOf(file): gives it the path. Any other stop goes on. */
  private async answerPath(session: Session, frame: { functionName: string; callFrameId: string }): Promise<void> {
    const { callFrameId } = frame;
    if (frame.functionName === 'standInPathOf') {
      const { result } = await session.send('Debugger.evaluateOnCallFrame', { callFrameId, expression: 'file' });
      const { path } = await session.send('DOM.getFileInfo', { objectId: String(result.objectId) });
      const expression = `box.path = ${JSON.stringify(path)}`;
      await session.send('Debugger.evaluateOnCallFrame', { callFrameId, expression });
    }
    await session.send('Debugger.resume');
  }

  /** Lets a request go, or not: the program's events about navigation first, then what it says about requests. */
  private async judge(session: Session, paused: PausedRequest): Promise<void> {
    const { requestId, frameId, resourceType, redirectedRequestId } = paused;
    const url = toElectron(paused.request.url);
    const refuse = (errorReason: 'Aborted' | 'BlockedByClient') =>
      session.send('Fetch.failRequest', { requestId, errorReason });
    if (resourceType === 'Document') {
      const isRedirect = redirectedRequestId !== undefined;
      const byPage = !isRedirect && (await this.isByPage(frameId, paused.request.url));
      if (isRedirect ? this.objects(['will-redirect'], frameId, url) : byPage && this.objectsTo(frameId, url))
        return void (await refuse('Aborted'));
    }
    const { method } = paused.request;
    const allowed = await this.rules.allows({ url, method, resourceType, webContentsId: this.id });
    if (!allowed) await refuse('BlockedByClient');
    else await session.send('Fetch.continueRequest', { requestId });
  }

  /** Whether the page itself goes there; else it is the program (loadURL) or the test, whom Electron does not ask. */
  private async isByPage(frameId: string, url: string): Promise<boolean> {
    if (frameId !== this.targetId) return true;
    const same = () => this.requested.get(frameId)?.split('#')[0] === url.split('#')[0];
    const until = Date.now() + WORD_MS;
    while (!same() && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 5));
    const known = same();
    this.requested.delete(frameId);
    return known;
  }

  /** A page goes to an address that Chromium does not know: one of the program's own schemes is shown if nothing objects. */
  private async leaveByOtherScheme(session: Session, frameId: string, url: string): Promise<void> {
    const inside = toChromium(url, new Set(this.engine.schemes.keys()));
    if (!this.objectsTo(frameId, url) && inside !== url) await session.send('Page.navigate', { url: inside, frameId });
  }

  private objectsTo(frameId: string, url: string): boolean {
    const isMain = frameId === this.targetId;
    return this.objects(isMain ? ['will-frame-navigate', 'will-navigate'] : ['will-frame-navigate'], frameId, url);
  }

  private objects(names: readonly string[], frameId: string, url: string): boolean {
    const isMainFrame = frameId === this.targetId;
    return names
      .map((name) => {
        const event = electronEvent({ url, isMainFrame, isSameDocument: false, frame: this.frames.get(frameId) });
        this.emit(name, event, url, false, isMainFrame, 1, 1);
        return event.defaultPrevented;
      })
      .some(Boolean);
  }

  private hear(payload: string, context: number): void {
    const [frameId] = [...this.worlds].find(([, id]) => id === context) ?? [];
    const frame = frameId === undefined ? null : this.frames.get(frameId);
    const decoded = decode(Buffer.from(payload, 'base64'));
    if (!decoded.ok) throw new Error(decoded.error.message);
    const message = decoded.value as FromPage;
    if (message.kind === 'port') this.ports.post(message.port, message.data);
    else if (message.kind === 'port-closed') this.ports.close(message.port);
    else if (message.kind === 'title') this.noteTitle(message.title);
    else if (message.kind === 'preload-failed') {
      this.emit('preload-error', electronEvent(), this.preferences.preload, new Error(message.message));
    } else if (frame) {
      this.rules.message(this, frame, message, (answer) => this.sayTo(String(frameId), answer));
    }
  }

  private say(message: ToPage): void {
    this.sayTo(this.targetId, message);
  }

  /** A page that is not there yet, or no more, hears nothing: as in Electron, where nobody listens by then. */
  private sayTo(frameId: string, message: ToPage): void {
    const executionContextId = this.worlds.get(frameId);
    if (this.destroyed || executionContextId === undefined) return;
    const value = Buffer.from(encode(message)).toString('base64');
    const functionDeclaration = `function (payload) { ${HEAR}(payload); }`;
    this.run((session) =>
      session.send('Runtime.callFunctionOn', { functionDeclaration, executionContextId, arguments: [{ value }] }),
    );
  }

  /** Once the page is there; what fails because the page has gone is no fault. */
  run(action: (session: Session) => Promise<unknown>): void {
    void this.ready.then(action).catch(() => undefined);
  }

  send(channel: string, ...args: unknown[]): void {
    this.refuseIfDestroyed();
    this.say({ kind: 'send', channel, args: structuredClone(args), ports: [] });
  }

  postMessage(channel: string, message: unknown, transfer: readonly MessagePortMain[] = []): void {
    this.refuseIfDestroyed();
    const ports = transfer.map((port) => this.ports.add(port.handOver()));
    this.say({ kind: 'send', channel, args: [structuredClone(message)], ports });
    ports.forEach((port) => this.ports.open(port));
  }

  /** Resolves when the page has loaded. */
  async loadURL(url: string): Promise<void> {
    const session = await this.ready;
    const loaded = new Promise<void>((resolve) => this.once('did-finish-load', resolve));
    const { errorText } = await session.send('Page.navigate', {
      url: toChromium(url, new Set(this.engine.schemes.keys())),
    });
    if (errorText) {
      this.emit('did-fail-load', electronEvent(), -2, errorText, url, true);
      throw new Error(`${errorText} loading '${url}'`);
    }
    await loaded;
  }

  reload(): void {
    this.run((session) => session.send('Page.reload'));
  }

  reloadIgnoringCache(): void {
    this.run((session) => session.send('Page.reload', { ignoreCache: true }));
  }

  async executeJavaScript(code: string): Promise<unknown> {
    const session = await this.ready;
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression: code,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as unknown;
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.windowOpenHandler = handler;
  }

  getURL(): string {
    return this.frames.get(this.targetId)?.url ?? '';
  }

  getTitle(): string {
    return this.title;
  }

  private noteTitle(title: string): void {
    if (!title || title === this.title || this.getURL() === '' || this.getURL() === 'about:blank') return;
    this.title = title;
    this.emit('page-title-updated', electronEvent(), title, true);
  }

  getLastWebPreferences(): WebPreferences {
    return { ...this.preferences };
  }

  getType(): string {
    return 'window';
  }

  get mainFrame(): Frame | null {
    return this.frames.get(this.targetId);
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  isCrashed(): boolean {
    return this.crashed;
  }

  isLoading(): boolean {
    return this.loading;
  }

  isDevToolsOpened(): boolean {
    return false;
  }

  getZoomLevel(): number {
    return this.zoom;
  }

  setZoomLevel(level: number): void {
    this.zoom = level;
  }

  getZoomFactor(): number {
    return 1.2 ** this.zoom;
  }

  setZoomFactor(factor: number): void {
    this.zoom = Math.log(factor) / Math.log(1.2);
  }

  focus(): void {
    this.run((session) => session.send('Page.bringToFront'));
  }

  forcefullyCrashRenderer(): void {
    this.run((session) => session.send('Page.crash'));
  }

  /** Commands of the Edit menu. */
  edit(command: 'undo' | 'redo' | 'cut' | 'copy' | 'paste' | 'selectAll' | 'delete'): void {
    this.run((session) => session.send('Runtime.evaluate', { expression: `document.execCommand('${command}')` }));
  }

  close({ waitForBeforeUnload = false } = {}): void {
    this.run(async (session) => {
      if (waitForBeforeUnload) await this.askToClose(session);
      else await (await this.engine.browser()).send('Target.closeTarget', { targetId: this.targetId });
    });
  }

  /** A document that is just being replaced takes the word with it: it is said again until the page goes, or says that it stays. */
  private async askToClose(session: Session): Promise<void> {
    let stays = false;
    this.once('stand-in-stays', () => (stays = true));
    while (!this.destroyed && !stays) {
      await session.send('Page.close');
      await new Promise((resolve) => setTimeout(resolve, CLOSE_AGAIN_MS));
    }
  }

  /** Chromium's word that the page has gone. */
  noteGone(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.ports.closeAll();
    this.emit('destroyed', electronEvent());
  }

  async showTheme(known?: Session): Promise<void> {
    const session = known ?? (await this.ready);
    const value = this.rules.theme();
    if (value)
      await session.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
  }

  private refuseIfDestroyed(): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed');
  }
}

interface PausedRequest {
  requestId: string;
  frameId: string;
  resourceType: string;
  redirectedRequestId?: string;
  request: { url: string; method: string };
}

export type { ElectronEvent };
