import { afterEach, expect, test, vi } from 'vitest';
import type { WindowState } from '../../../core/bridge';
import {
  closingQuestion,
  guardClosing,
  type ClosableWindow,
  type ClosingAnswer,
} from '../../../electron/windows/closing';
import { SILENT_PAGE } from '../../../electron/windows/page-state';

const saving = { id: 'project/save', label: 'Save', group: 'File', keys: 'Ctrl+S', enabled: true, checked: null };
const page = (given: Partial<WindowState>): WindowState => ({ ...SILENT_PAGE, menu: [saving], ...given });
const unsaved = page({ name: 'concrete', edited: true });
const running = page({ name: 'wine', running: 2 });

afterEach(() => void vi.useRealTimers());

test.each<[string, WindowState[], string]>([
  ['one fit', [page({ running: 1 })], '1 fit is running.'],
  ['two fits', [running], '2 fits are running.'],
  ['unsaved work', [unsaved], '“concrete” has unsaved work.'],
  ['unsaved work without a name', [page({ edited: true })], 'A window has unsaved work.'],
  [
    'both',
    [page({ name: 'concrete', edited: true, running: 2 })],
    '2 fits are running and “concrete” has unsaved work.',
  ],
  [
    'several windows',
    [running, unsaved, page({ name: 'a', edited: true, running: 1 })],
    '3 fits are running and “concrete” and “a” have unsaved work.',
  ],
])('the question says what would be lost: %s', (_, pages, message) =>
  expect(closingQuestion(pages, 'quit')?.message).toBe(message),
);

test('nothing to lose is nothing to ask', () => {
  expect(closingQuestion([SILENT_PAGE, page({ name: 'a.csv' })], 'quit')).toBeNull();
  expect(closingQuestion([], 'quit')).toBeNull();
});

test('saving is offered where there is work that can be saved, and cancelling comes first', () => {
  const labels = (pages: WindowState[], act: 'close' | 'quit') =>
    closingQuestion(pages, act)?.buttons.map(({ label }) => label);
  expect(labels([unsaved], 'close')).toEqual(['Cancel', 'Save and close', 'Close without saving']);
  expect(labels([unsaved, running], 'quit')).toEqual(['Cancel', 'Save and quit', 'Quit without saving']);
  expect(labels([running], 'quit')).toEqual(['Cancel', 'Quit']);
  expect(labels([page({ edited: true, menu: [{ ...saving, enabled: false }] })], 'close')).toEqual([
    'Cancel',
    'Close without saving',
  ]);
});

interface FakeWindow extends ClosableWindow {
  page: WindowState | null;
  saved: boolean;
  closed: boolean;
}

function windowWith(state: WindowState | null, saves = true): FakeWindow {
  const window: FakeWindow = {
    page: state,
    saved: false,
    closed: false,
    state: () => window.page,
    focus: vi.fn(),
    close: () => void (window.closed = true),
    save() {
      window.saved = saves;
      if (saves && window.page) window.page = { ...window.page, edited: false };
      return Promise.resolve(saves);
    },
  };
  return window;
}

function guarded(windows: FakeWindow[], answers: ClosingAnswer[]) {
  const asked: string[] = [];
  const program = { quits: 0 };
  const closing = guardClosing<FakeWindow>({
    windows: () => windows,
    ask: (_, { message }) => {
      asked.push(message);
      return Promise.resolve(answers.shift() ?? 'cancel');
    },
    quit: () => void program.quits++,
  });
  // Every question and save in these tests is answered at once.
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  return { closing, asked, program, settled };
}

test('a window with nothing to lose, or whose page is dead, closes at once', () => {
  const { closing, asked } = guarded([], []);
  expect(closing.mayClose(windowWith(SILENT_PAGE))).toBe(true);
  expect(closing.mayClose(windowWith(null))).toBe(true);
  expect(asked).toEqual([]);
});

test('a window with work stays open until the user has agreed', async () => {
  const window = windowWith(unsaved);
  const { closing, asked, settled } = guarded([window], ['cancel', 'lose']);
  expect(closing.mayClose(window)).toBe(false);
  await settled();
  expect(window.closed).toBe(false);
  expect(closing.mayClose(window)).toBe(false);
  await settled();
  expect(window.closed).toBe(true);
  expect(asked).toHaveLength(2);
});

test('saving first closes the window once all is saved, and not when saving was cancelled', async () => {
  const saved = windowWith(unsaved);
  const first = guarded([saved], ['save']);
  first.closing.mayClose(saved);
  await first.settled();
  expect(saved).toMatchObject({ saved: true, closed: true });
  expect(first.asked).toHaveLength(1);

  const kept = windowWith(unsaved, false);
  const second = guarded([kept], ['save']);
  second.closing.mayClose(kept);
  await second.settled();
  expect(kept.closed).toBe(false);
});

test('quitting asks once for all windows, saves each that can be saved, and then asks no more', async () => {
  const windows = [windowWith(unsaved), windowWith(running), windowWith(page({ name: 'b', edited: true }))];
  const { closing, asked, program, settled } = guarded(windows, ['save']);
  expect(closing.mayQuit()).toBe(false);
  await settled();
  expect(asked).toEqual(['2 fits are running and “concrete” and “b” have unsaved work.']);
  expect(windows.map(({ saved }) => saved)).toEqual([true, false, true]);
  expect(program.quits).toBe(1);
  expect(closing.mayQuit()).toBe(true);
  expect(windows.every((window) => closing.mayClose(window))).toBe(true);
  expect(asked).toHaveLength(1);
});

test('quitting stops at the first window whose saving is cancelled', async () => {
  const windows = [windowWith(unsaved, false), windowWith(page({ name: 'b', edited: true }))];
  const { closing, program, settled } = guarded(windows, ['save']);
  closing.mayQuit();
  await settled();
  expect(program.quits).toBe(0);
  expect(windows[1].saved).toBe(false);
  expect(windows.some(({ closed }) => closed)).toBe(false);
});

test('work that cannot be saved is named before it goes with the rest', async () => {
  const windows = [windowWith(unsaved), windowWith(page({ name: 'odd', edited: true, menu: [] }))];
  const { closing, asked, program, settled } = guarded(windows, ['save', 'cancel']);
  closing.mayQuit();
  await settled();
  expect(asked[1]).toBe('“odd” has unsaved work.');
  expect(program.quits).toBe(0);
});

test('work that was made while the rest was being saved is asked for again, and saved when that is the answer', async () => {
  const [fitting, other] = [windowWith(running), windowWith(unsaved)];
  const { closing, asked, program, settled } = guarded([fitting, other], ['save', 'save']);
  const save = other.save;
  other.save = () => {
    fitting.page = page({ name: 'wine', edited: true });
    return save();
  };
  closing.mayQuit();
  await settled();
  expect(asked).toEqual(['2 fits are running and “concrete” has unsaved work.', '“wine” has unsaved work.']);
  expect(fitting.saved).toBe(true);
  expect(program.quits).toBe(1);
});

test('while a question stands, closing and quitting again bring it to the front and ask nothing', async () => {
  const [asking, other] = [windowWith(unsaved), windowWith(running)];
  const { closing, asked, program, settled } = guarded([asking, other], ['lose']);
  closing.mayClose(asking);
  expect(closing.mayClose(asking)).toBe(false);
  expect(closing.mayClose(other)).toBe(false);
  expect(closing.mayQuit()).toBe(false);
  await settled();
  expect(asked).toHaveLength(1);
  expect(asking.focus).toHaveBeenCalledTimes(4);
  expect(asking.closed).toBe(true);
  expect(program.quits).toBe(0);
});

test('nobody is asked when the system ends the session, and again when it did not after all', () => {
  vi.useFakeTimers();
  const window = windowWith(unsaved);
  const { closing, asked } = guarded([window], []);
  closing.endSession();
  expect(closing.mayQuit()).toBe(true);
  expect(closing.mayClose(window)).toBe(true);
  vi.advanceTimersByTime(61_000);
  expect(closing.mayQuit()).toBe(false);
  expect(asked).toHaveLength(1);
});
