import { describe, expect, test } from 'vitest';
import { isShortcut, isTyping, keysOf } from '../../../renderer/ui/keys';

const press = (key: string, modifiers: KeyboardEventInit = {}): KeyboardEvent =>
  new KeyboardEvent('keydown', { key, ...modifiers });

describe('shortcuts', () => {
  test('hold with exactly their modifiers', () => {
    expect(isShortcut(press('k', { ctrlKey: true }), 'Ctrl+K', false)).toBe(true);
    expect(isShortcut(press('k'), 'Ctrl+K', false)).toBe(false);
    expect(isShortcut(press('Z', { ctrlKey: true, shiftKey: true }), 'Ctrl+Shift+Z', false)).toBe(true);
    expect(isShortcut(press('Z', { ctrlKey: true, shiftKey: true }), 'Ctrl+Z', false)).toBe(false);
    expect(isShortcut(press('k', { ctrlKey: true, altKey: true }), 'Ctrl+K', false)).toBe(false);
  });

  test('use the command key on a Mac, and there only', () => {
    expect(isShortcut(press('k', { metaKey: true }), 'Ctrl+K', true)).toBe(true);
    expect(isShortcut(press('k', { ctrlKey: true }), 'Ctrl+K', true)).toBe(false);
    expect(isShortcut(press('k', { metaKey: true }), 'Ctrl+K', false)).toBe(false);
  });

  test('are printed as the keyboard names them', () => {
    expect(keysOf('Ctrl+Shift+Z', false)).toBe('Ctrl Shift Z');
    expect(keysOf('Ctrl+Shift+Z', true)).toBe('⌘⇧Z');
  });
});

test('a key belongs to a text field being written in, not to a checkbox', () => {
  const typing = (type: string): boolean => {
    const input = document.createElement('input');
    input.type = type;
    const seen = { typing: false };
    input.addEventListener('keydown', (event) => (seen.typing = isTyping(event)));
    input.dispatchEvent(press('z', { ctrlKey: true }));
    return seen.typing;
  };
  expect(typing('text')).toBe(true);
  expect(typing('checkbox')).toBe(false);
});
