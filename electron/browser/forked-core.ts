import { fork } from 'node:child_process';
import type { CoreMessage } from '../../core/protocol';
import type { CoreChild } from '../core-process/core-supervisor';
import { LAST_WORDS, memoryKills, processEnd } from '../core-process/exit-reason';

/** The core as a child process of plain Node. Structured clone between the two: typed arrays stay typed arrays. */
export function forkCore(path: string): CoreChild<undefined> {
  const killsBefore = memoryKills();
  const child = fork(path, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    // Out of the terminal's group: Ctrl-C reaches the host alone, and the host lets the core tidy up.
    detached: process.platform !== 'win32',
  });
  let lastWords = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-LAST_WORDS);
    process.stderr.write(text);
  });
  // Writing to a core that has just ended fails here first; its exit says why.
  child.on('error', () => undefined);
  return {
    send: (message) => void (child.connected && child.send(message)),
    onMessage: (listener) => void child.on('message', (message) => listener(message as CoreMessage)),
    // `close` comes when its last words are read, too.
    onExit: (listener) =>
      void child.once('close', (code, signal) => {
        const memoryRanOut = (memoryKills() ?? 0) > (killsBefore ?? 0);
        listener(processEnd({ code, signal, lastWords, memoryRanOut }));
      }),
    kill: () => void child.kill('SIGKILL'),
  };
}
