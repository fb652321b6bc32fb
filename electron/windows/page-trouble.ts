import type { RenderProcessGoneDetails } from 'electron';
import type { AppWindow } from './app-window';
import { ask } from '../files/dialogs';

/** Watches over a window's page: when its process ends or hangs, the user is asked what to do. The engine goes on meanwhile. */
export function watchPage(window: AppWindow): void {
  const { browser } = window;
  const page = browser.webContents;
  // Ended by us, to be loaded again: no news to the user.
  let reloading = false;
  let question: AbortController | null = null;

  function reload(): void {
    if (browser.isDestroyed()) return;
    window.answers(true);
    page.reload();
  }

  page.on('render-process-gone', (_, { reason }) => {
    if (reason === 'clean-exit') return;
    window.died();
    question?.abort();
    if (reloading) {
      reloading = false;
      return reload();
    }
    // It may have ended before it was ever shown.
    if (!browser.isVisible()) browser.show();
    const buttons = [
      { label: 'Reload', answer: 'reload' },
      { label: 'Close window', answer: 'close' },
    ] as const;
    void ask(browser, goneSentence(reason), buttons).then((answer) =>
      answer === 'reload' ? reload() : window.close(),
    );
  });

  browser.on('unresponsive', () => {
    window.answers(false);
    if (question) return;
    const asked = new AbortController();
    question = asked;
    const buttons = [
      { label: 'Wait', answer: 'wait' },
      { label: 'Reload', answer: 'reload' },
    ] as const;
    const sentence = 'This window does not answer; wait for it, or reload it and lose what is not saved in it.';
    void ask(browser, sentence, buttons, asked.signal).then((answer) => {
      question = null;
      if (answer !== 'reload' || browser.isDestroyed()) return;
      reloading = true;
      page.forcefullyCrashRenderer();
    });
  });

  browser.on('responsive', () => {
    window.answers(true);
    question?.abort();
  });
}

function goneSentence(reason: RenderProcessGoneDetails['reason']): string {
  const why =
    reason === 'oom' || reason === 'memory-eviction' ? 'it ran out of memory' : `its process ended: ${reason}`;
  return `This window stopped working (${why}); reload it to go on, without what was not saved in it.`;
}
