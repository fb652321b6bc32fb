/** True where the command key takes the place of Ctrl. */
export const isMac = (): boolean => /mac|iphone|ipad/i.test(navigator.platform);

/** "Ctrl+Shift+Z" as it is printed on the keyboard. */
export function keysOf(keys: string, mac = isMac()): string {
  const names: Record<string, string> = mac
    ? { Ctrl: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↩' }
    : { Ctrl: 'Ctrl', Shift: 'Shift', Alt: 'Alt' };
  return keys
    .split('+')
    .map((key) => names[key] ?? key)
    .join(mac ? '' : ' ');
}

/** Whether a key press is the shortcut "Ctrl+Shift+Z"; Ctrl stands for the command key on a Mac. */
export function isShortcut(event: KeyboardEvent, keys: string, mac = isMac()): boolean {
  const parts = keys.split('+');
  const key = parts[parts.length - 1];
  const control = mac ? event.metaKey : event.ctrlKey;
  const foreign = mac ? event.ctrlKey : event.metaKey;
  return (
    event.key.toLowerCase() === key.toLowerCase() &&
    control === parts.includes('Ctrl') &&
    event.shiftKey === parts.includes('Shift') &&
    event.altKey === parts.includes('Alt') &&
    !foreign
  );
}

/** Whether the key press belongs to a field being written in. */
export const isTyping = (event: KeyboardEvent): boolean => isTextField(event.target);

/** Whether it is a field that text is written in. */
export const isTextField = (target: unknown): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && !isButtonLike(target)));

const isButtonLike = (input: HTMLInputElement): boolean =>
  ['checkbox', 'radio', 'button', 'range'].includes(input.type);
