import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { lastLine } from './run.mjs';

/** How long Electron may take to show its window before the browser takes its place. */
const READY_SECONDS = 20;

/** A window could be seen from here. */
export function hasDisplay(env, platform) {
  return platform === 'win32' || platform === 'darwin' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/**
 * Starts Electron and waits for its end. { status } when it ran; { reason } when no window came: it ended at once or was silent.
 */
export function launchElectron(binary, root, file, readySeconds = READY_SECONDS) {
  const env = { ...process.env };
  // Set by programs that use Electron as their Node; it would make ours one, too.
  delete env.ELECTRON_RUN_AS_NODE;
  const args = [root, ...(file ? [file] : [])];
  const child = spawn(binary, args, { env, stdio: ['ignore', 'inherit', 'pipe', 'ipc'] });
  return new Promise((resolve) => {
    let ready = false;
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      said = (said + text).slice(-4000);
      if (ready) process.stderr.write(text);
    });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      resolve({ reason: `Electron showed no window within ${readySeconds} s` });
    }, readySeconds * 1000);
    child.on('message', (message) => {
      if (message !== 'ready') return;
      ready = true;
      clearTimeout(timer);
      forwardSignals(child);
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ reason: `Electron did not start (${error.message})` });
    });
    child.on('close', (status, signal) => {
      clearTimeout(timer);
      // Status 0 without a window: another copy is open, and took the file over.
      if (ready || status === 0) resolve({ status: status ?? 1 });
      else resolve({ reason: `Electron ended with ${signal ?? `status ${status}`} (${lastLine(said)})` });
    });
  });
}

/** Starts the browser host in this terminal and waits for its end; gives its exit status. */
export function launchBrowserHost(root, args) {
  const child = spawn(process.execPath, [join(root, 'out/main/browser-host.js'), ...args], { stdio: 'inherit' });
  forwardSignals(child);
  return new Promise((resolve) => child.on('close', (status) => resolve(status ?? 1)));
}

/** Ctrl-C reaches the child from the terminal already; a signal sent to us alone is passed on. Either way we wait for its end. */
function forwardSignals(child) {
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
}
