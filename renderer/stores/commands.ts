import { defineStore } from 'pinia';
import { computed, onScopeDispose, shallowRef } from 'vue';
import type { LucideIcon } from '@lucide/vue';

/** What acts are about, in the order in which a menu bar shows it: each group is a menu. */
export const groups = ['File', 'Edit', 'Data', 'Model', 'Run', 'Results', 'Go', 'View', 'Help'] as const;
export type Group = (typeof groups)[number];

/** An act that can be found by name and, with `keys`, done from the keyboard anywhere. */
export interface Command {
  readonly id: string;
  readonly label: string;
  readonly group: Group;
  /** Further words by which it is found. */
  readonly words?: string;
  readonly icon?: LucideIcon;
  /** "Ctrl+Shift+Z". */
  readonly keys?: string;
  readonly enabled?: boolean;
  /** Of an act that is one of several states: whether it is the state now. */
  readonly checked?: boolean;
  /** False for what the native menu shows in a way of its own. */
  readonly inMenu?: boolean;
  readonly act: () => void;
}

/** Every act of the application, offered by whoever can do it at the time. */
export const useCommands = defineStore('commands', () => {
  const sources = shallowRef<readonly (() => readonly Command[])[]>([]);
  const commands = computed(() => sources.value.flatMap((source) => source()));
  const available = computed(() => commands.value.filter(({ enabled }) => enabled !== false));

  /** Offers commands for as long as the component or scope that calls this lives. */
  function offer(source: () => readonly Command[]): void {
    sources.value = [...sources.value, source];
    onScopeDispose(() => {
      sources.value = sources.value.filter((known) => known !== source);
    });
  }

  /** Does an act by its id, where somebody offers it now. */
  const run = (id: string): void => available.value.find((command) => command.id === id)?.act();

  return { commands, available, offer, run };
});

/** Commands whose words begin with every word typed; those that begin with the text itself first. */
export function matching(commands: readonly Command[], typed: string): Command[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const rank = (command: Command): number => (command.label.toLowerCase().startsWith(words.join(' ')) ? 0 : 1);
  return commands
    .filter((command) => {
      const known = `${command.label} ${command.group} ${command.words ?? ''}`.toLowerCase().split(/[^\p{L}\p{N}]+/u);
      return words.every((word) => known.some((part) => part.startsWith(word)));
    })
    .sort((a, b) => rank(a) - rank(b));
}

/** In the order of the menu bar; within a group as they were offered. */
export const inOrder = (commands: readonly Command[]): Command[] =>
  groups.flatMap((group) => commands.filter((command) => command.group === group));
