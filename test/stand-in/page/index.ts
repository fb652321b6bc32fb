/** Put into every document before its own scripts: the page's world, and the preload's. */
import type { WorldConfig } from './messages';
import { createRendererModule } from './renderer';
import { watchTitle } from './title';
import { joinWorlds } from './worlds';

type Preload = (exports: object, require: (name: string) => unknown, module: object, process: object) => void;

/** The first, blank document of a window is Electron's own; and frames have no preload unless they were given one. */
const isOurs = ({ inSubFrames }: WorldConfig) =>
  window.location.href !== 'about:blank' && (inSubFrames || window.top === window);

export function setUpMain(config: WorldConfig): void {
  if (!isOurs(config)) return;
  // What a page sees of Node where it was let in: enough for a test to notice.
  if (config.nodeIntegration && !config.sandbox) {
    const node = { require: refuse, module: {}, process: { type: 'renderer' }, Buffer: {}, global: window };
    Object.assign(window, node);
  }
  if (config.contextIsolation) joinWorlds(config.secret, 'main');
}

export function setUpPreload(config: WorldConfig, preload: Preload): void {
  if (!isOurs(config)) return;
  const { electron, say } = createRendererModule(
    config.contextIsolation ? joinWorlds(config.secret, 'isolated') : null,
  );
  if (window.top === window) watchTitle((title) => say({ kind: 'title', title }));
  const module = { exports: {} };
  const process = { type: 'renderer', sandboxed: config.sandbox, contextIsolated: config.contextIsolation };
  try {
    preload(
      module.exports,
      (name) => (/^electron(\/renderer|\/common)?$/.test(name) ? electron : refuse(name)),
      module,
      process,
    );
  } catch (error) {
    console.error('Unable to load preload script', error);
    say({ kind: 'preload-failed', message: String(error) });
  }
}

function refuse(name: string): never {
  throw new Error(`module not found: ${name} (the stand-in has none of Node's modules in a page)`);
}
