import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { onEnding } from './ending.mjs';
import { lastLine } from './run.mjs';

/** How long Electron may take to show its window before the browser takes its place. */
const READY_SECONDS = 20;
/** From asking a program to end to making it. */
const GRACE_SECONDS = 2;
/** For its last words: what it started may hold its output open for longer than it lives. */
const LAST_WORDS_MS = 300;

/** A window could be seen from here. */
export function hasDisplay(env, platform) {
  return platform === 'win32' || platform === 'darwin' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/**
 * Starts Electron and waits for its end. { status } when a window came, when another copy that is open took over, or when the user
 * ended it; { reason }, the end of a sentence, when no window came.
 */
export function launchElectron(binary, root, file, readySeconds = READY_SECONDS) {
  const env = { ...process.env };
  // Set by programs that use Electron as their Node; it would make ours one, too.
  delete env.ELECTRON_RUN_AS_NODE;
  const args = [root, ...(file ? [file] : [])];
  let word = null;
  // Before it shows a window there is nothing to be asked about, and it may hang.
  const { child, asked } = spawnWithUs(
    binary,
    args,
    { env, stdio: ['ignore', 'inherit', 'pipe', 'ipc'] },
    () => word !== null,
  );
  return new Promise((resolve) => {
    let isSilent = false;
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      said = (said + text).slice(-8000);
      if (word === 'ready') process.stderr.write(text);
    });
    const timer = setTimeout(() => {
      isSilent = true;
      endGroup(child);
    }, readySeconds * 1000);
    child.on('message', (message) => {
      if (message !== 'ready' && message !== 'elsewhere') return;
      word = message;
      clearTimeout(timer);
      if (word === 'elsewhere') console.log('MoE Lab is already open: its window comes to the front.');
    });
    const settle = (outcome) => {
      clearTimeout(timer);
      asked.stop();
      resolve(outcome);
    };
    child.on('error', (error) => settle({ reason: `Electron did not start (${error.message})` }));
    // Not its 'close': where the channel is left before the other end has shut it, that event never comes.
    child.on('exit', (status, signal) => {
      clearTimeout(timer);
      if (child.connected) child.disconnect();
      const end = () => settle(outcomeOf(status, signal));
      if (child.stderr.closed) return end();
      child.stderr.once('close', end);
      setTimeout(() => child.stderr.destroy(), LAST_WORDS_MS);
    });
    const outcomeOf = (status, signal) => {
      if (word || asked.times > 0) return { status: status ?? 1 };
      if (isSilent) return { reason: `Electron showed no window within ${readySeconds} s` };
      if (status === 0) return { reason: `Electron ended without a window (${complaint(said)})` };
      return { reason: `Electron ended with ${signal ?? `status ${status}`} (${complaint(said)})` };
    };
  });
}

/** Starts the browser host in this terminal and waits for its end; gives its exit status. */
export function launchBrowserHost(root, args) {
  // The channel tells it when we are gone.
  const stdio = ['ignore', 'inherit', 'inherit', 'ipc'];
  const { child, asked } = spawnWithUs(process.execPath, [join(root, 'out/main/browser-host.js'), ...args], { stdio });
  return new Promise((resolve) => {
    child.on('exit', (status) => {
      asked.stop();
      resolve(status ?? 1);
    });
  });
}

/**
 * Out of the terminal's group Ctrl-C reaches a program once, through us, and not each of its processes at the same time: they end in
 * order and tidy up. Windows tells every process of a console by itself.
 */
const inOwnGroup = process.platform !== 'win32';

/**
 * Starts a program and passes on to it what asks us to end; a second time, or where there is no use in asking, it is made to. We listen
 * before it runs: a signal in between would end us and leave it.
 */
function spawnWithUs(command, args, options, mayAsk = () => true) {
  const asked = { times: 0, stop: () => undefined };
  asked.stop = onEnding((signal) => {
    asked.times += 1;
    if (!inOwnGroup && signal === 'SIGINT') return;
    if (asked.times === 1 && mayAsk()) child.kill(signal);
    else endGroup(child);
  });
  const child = spawn(command, args, { ...options, detached: inOwnGroup });
  return { child, asked };
}

/** Asks a program and everything it started to end, and makes them after a moment. */
function endGroup(child) {
  const send = (signal) => {
    try {
      if (inOwnGroup) process.kill(-child.pid, signal);
      else child.kill(signal);
    } catch {
      // Nobody is left.
    }
  };
  send('SIGTERM');
  const timer = setTimeout(() => send('SIGKILL'), GRACE_SECONDS * 1000);
  child.once('exit', () => {
    clearTimeout(timer);
    send('SIGKILL');
  });
}

/** What Electron says is wrong: noise may come after it, and it stands behind a process number, a time and a place in its sources. */
export function complaint(said) {
  const lines = said.split('\n').filter((line) => /:FATAL:|error while loading|Missing X server|\bError:/.test(line));
  return lastLine(lines[0] ?? said)
    .replace(/^\[[^\]]*:(FATAL|ERROR):[^\]]*\]\s*/, '')
    .replace(/\.$/, '');
}
