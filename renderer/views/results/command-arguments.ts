/**
 * The parts of a command as one reads them: its words as a POSIX shell takes them, quotes kept, and a flag with its value. Joined by
 * blanks they are the command.
 */
export function argumentsOf(command: string): string[] {
  const words = command.match(/(?:'[^']*'|"[^"]*"|\\.|[^\s'"\\])+/g) ?? [];
  const parts: string[] = [];
  for (const [i, word] of words.entries()) {
    const isValue = i > 0 && words[i - 1].startsWith('--') && !word.startsWith('--');
    if (isValue) parts.push(`${parts.pop()} ${word}`);
    else parts.push(word);
  }
  return parts;
}
