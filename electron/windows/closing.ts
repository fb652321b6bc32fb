import type { WindowState } from '../../core/bridge';
import { wouldLose } from './page-state';

/** The act of the page that saves its project. */
export const SAVE_COMMAND = 'project/save';

export type ClosingAnswer = 'cancel' | 'save' | 'lose';

export interface ClosingQuestion {
  /** What would be lost, in one sentence. */
  readonly message: string;
  readonly buttons: readonly { readonly label: string; readonly answer: ClosingAnswer }[];
}

/** What to ask before windows that show these pages close; null where nothing would be lost. */
export function closingQuestion(pages: readonly WindowState[], act: 'close' | 'quit'): ClosingQuestion | null {
  const losing = pages.filter(wouldLose);
  if (!losing.length) return null;
  const verb = act === 'quit' ? 'Quit' : 'Close';
  const savable = losing.some(canSave);
  return {
    message: lossSentence(losing),
    buttons: [
      { label: 'Cancel', answer: 'cancel' },
      ...(savable ? [{ label: `Save and ${verb.toLowerCase()}`, answer: 'save' as const }] : []),
      { label: losing.some(({ edited }) => edited) ? `${verb} without saving` : verb, answer: 'lose' },
    ],
  };
}

/** Whether the page has work that no file holds and offers to save it now. */
export const canSave = ({ edited, menu }: WindowState): boolean =>
  edited && menu.some(({ id, enabled }) => id === SAVE_COMMAND && enabled);

/** "2 fits are running and “concrete” has unsaved work." */
function lossSentence(pages: readonly WindowState[]): string {
  const running = pages.reduce((sum, page) => sum + page.running, 0);
  const unsaved = pages.filter(({ edited }) => edited).map(({ name }) => (name === null ? 'a window' : `“${name}”`));
  const parts = [
    ...(running ? [`${running} ${running === 1 ? 'fit is' : 'fits are'} running`] : []),
    ...(unsaved.length ? [`${listed(unsaved)} ${unsaved.length === 1 ? 'has' : 'have'} unsaved work`] : []),
  ];
  const sentence = parts.join(' and ');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;

/** A window as closing sees it. */
export interface ClosableWindow {
  /** What its page said last; null when the page is dead and has nothing to lose any more. */
  state(): WindowState | null;
  /** Has the page save, which may ask where. False when the user thinks better of it, or it cannot be done. */
  save(): Promise<boolean>;
  focus(): void;
  /** Closes without a further question. */
  close(): void;
}

export interface ClosingOptions<Window extends ClosableWindow> {
  windows(): readonly Window[];
  /** Asks above this window. */
  ask(above: Window, question: ClosingQuestion): Promise<ClosingAnswer>;
  /** Ends the program, which asks `mayQuit` again. */
  quit(): void;
}

export interface Closing<Window extends ClosableWindow> {
  /** Whether this window may close now. If not, the user is asked, and what they answer is done. */
  mayClose(window: Window): boolean;
  /** The same for the whole program: one question for all windows. */
  mayQuit(): boolean;
  /** The system ends the session, or the terminal the program: nobody is asked. Holds for a minute, since a session's end can be stopped. */
  endSession(): void;
}

const SESSION_END_MS = 60_000;

/** Asks once before work is lost. While a question stands, closing again brings it to the front and asks nothing more. */
export function guardClosing<Window extends ClosableWindow>({
  windows,
  ask,
  quit,
}: ClosingOptions<Window>): Closing<Window> {
  let asking: Window | null = null;
  let quitting = false;
  let ending = false;
  let endingTimer: ReturnType<typeof setTimeout> | undefined;

  const states = (among: readonly Window[]): WindowState[] =>
    among.map((window) => window.state()).filter((state) => state !== null);

  /** True when the windows may go, with what they hold saved or given up. */
  async function agree(
    among: readonly Window[],
    above: Window,
    question: ClosingQuestion,
    act: 'close' | 'quit',
  ): Promise<boolean> {
    const answer = await ask(above, question);
    if (answer !== 'save') return answer === 'lose';
    for (const window of among) {
      const state = window.state();
      if (!state || !canSave(state)) continue;
      // Its own dialogs belong to a window that can be seen.
      window.focus();
      if (!(await window.save())) return false;
    }
    // Work without a file that cannot be saved, in another window or made meanwhile, is still asked for by name.
    const unsaved = states(among).filter(({ edited }) => edited);
    const left = closingQuestion(unsaved, act);
    return left === null || agree(among, above, left, act);
  }

  /** Gives whether it may go on at once; else asks, and does it when the user agrees. */
  function question(among: readonly Window[], act: 'close' | 'quit', then: () => void): boolean {
    if (quitting || ending) return true;
    if (asking) {
      asking.focus();
      return false;
    }
    const wanted = closingQuestion(states(among), act);
    if (!wanted) return true;
    const above = among.find((window) => wouldLoseNow(window)) ?? among[0];
    asking = above;
    above.focus();
    void agree(among, above, wanted, act)
      .catch(() => false)
      .then((agreed) => {
        asking = null;
        if (agreed) then();
      });
    return false;
  }

  return {
    mayClose: (window) => question([window], 'close', () => window.close()),
    mayQuit: () =>
      question(windows(), 'quit', () => {
        quitting = true;
        quit();
      }),
    endSession() {
      ending = true;
      clearTimeout(endingTimer);
      endingTimer = setTimeout(() => (ending = false), SESSION_END_MS);
      endingTimer.unref?.();
    },
  };
}

function wouldLoseNow(window: ClosableWindow): boolean {
  const state = window.state();
  return state !== null && wouldLose(state);
}
