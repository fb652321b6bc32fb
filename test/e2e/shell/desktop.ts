import { spawn } from 'node:child_process';
import type { ElectronApplication, Page } from '@playwright/test';

/** One item of the native menu as the system would show it. */
export interface ShownItem {
  readonly id: string;
  readonly label: string;
  readonly accelerator: string;
  readonly enabled: boolean;
  readonly checked: boolean;
}

/** Every item of the application's menu that has an id. */
export function menuOf(shell: ElectronApplication): Promise<ShownItem[]> {
  return shell.evaluate(({ Menu }) => {
    const all = (menu: Electron.Menu): Electron.MenuItem[] =>
      menu.items.flatMap((item) => [item, ...(item.submenu ? all(item.submenu) : [])]);
    const menu = Menu.getApplicationMenu();
    return (menu ? all(menu) : [])
      .filter(({ id }) => id?.startsWith('menu:'))
      .map(({ id, label, accelerator, enabled, checked }) => ({
        id,
        label,
        accelerator: String(accelerator ?? ''),
        enabled,
        checked,
      }));
  });
}

/** As a click on the item of this id, or on the first whose label begins so. */
export async function clickMenu(shell: ElectronApplication, wanted: string): Promise<void> {
  const item = (await menuOf(shell)).find(({ id, label }) => id === wanted || label.startsWith(wanted));
  if (!item) throw new Error(`The menu has no item ${wanted}.`);
  await shell.evaluate(({ Menu }, id) => Menu.getApplicationMenu()?.getMenuItemById(id)?.click(), item.id);
}

/** What the program asked, in order; `asked` reads it. */
interface Questions {
  asked(): Promise<string[]>;
  /** From now on a question is answered by the button whose label begins so, and by its careful one where there is none. */
  answer(label: string): Promise<void>;
}

/** Takes the place of the user before the system's message boxes: cancels them, until told otherwise. */
export async function answerQuestions(shell: ElectronApplication): Promise<Questions> {
  await shell.evaluate(({ dialog }) => {
    const state = { asked: [] as string[], label: '' };
    Object.assign(globalThis, { questions: state });
    dialog.showMessageBox = (...args: unknown[]) => {
      const { message, buttons = [], cancelId = 0 } = args.at(-1) as Electron.MessageBoxOptions;
      state.asked.push(message);
      const chosen = state.label ? buttons.findIndex((label) => label.startsWith(state.label)) : -1;
      return Promise.resolve({ response: chosen < 0 ? cancelId : chosen, checkboxChecked: false });
    };
  });
  type Known = { questions: { asked: string[]; label: string } };
  return {
    asked: () => shell.evaluate(() => (globalThis as unknown as Known).questions.asked),
    answer: (label) =>
      shell.evaluate((_, chosen) => void ((globalThis as unknown as Known).questions.label = chosen), label),
  };
}

/** The windows as the system sees them, the oldest first. */
export function windowsOf(shell: ElectronApplication) {
  return shell.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .sort((a, b) => a.id - b.id)
      .map((window) => ({ title: window.getTitle(), bounds: window.getBounds(), visible: window.isVisible() })),
  );
}

/** Asks the program to end, as Quit in its menu does. */
export const quit = (shell: ElectronApplication): Promise<void> => shell.evaluate(({ app }) => app.quit());

/** Lets a program begin that was launched for a test of starting, and gives its first page. */
export async function begin(shell: ElectronApplication): Promise<Page> {
  await shell.evaluate(() => (globalThis as { standIn?: { start(): void } }).standIn?.start());
  return shell.firstWindow();
}

/** The same user starts the program once more, from this folder and with these arguments. Gives its exit status. */
export function startAgain(
  shell: ElectronApplication,
  folder: string,
  args: readonly string[],
): Promise<number | null> {
  const { spawnfile, spawnargs } = shell.process();
  // The settings' folder and the application's; what Playwright needs of the first start is that one's own.
  const settings = spawnargs.findIndex((argument) => argument.startsWith('--user-data-dir='));
  const own = spawnargs.slice(settings, settings + 2);
  const second = spawn(spawnfile, [...own, ...args], { cwd: folder, stdio: 'ignore' });
  return new Promise((resolve, reject) => second.once('error', reject).once('exit', resolve));
}

/** Ends the page's process as a fault would. */
export const crashPage = (shell: ElectronApplication): Promise<void> =>
  shell.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].webContents.forcefullyCrashRenderer());
