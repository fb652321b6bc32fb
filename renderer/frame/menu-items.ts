import type { MenuItem } from '../../core/bridge';
import { inOrder } from '../stores/commands';
import type { Command } from '../stores/commands';

/** Names of columns and runs stand in some labels, and a file may hold any. */
const LONGEST_LABEL = 80;
/** A menu longer than any screen serves nobody; what is left out is in the palette. */
const LONGEST_GROUP = 40;

const shortened = (label: string): string =>
  label.length <= LONGEST_LABEL ? label : `${label.slice(0, LONGEST_LABEL - 1)}…`;

/** The acts as a native menu shows them, those that cannot be done now greyed. An act is shown once, however often it is offered. */
export function menuItems(commands: readonly Command[]): MenuItem[] {
  const byId = new Map<string, Command>();
  for (const command of commands) {
    const known = byId.get(command.id);
    if (command.inMenu !== false && (!known || known.enabled === false)) byId.set(command.id, command);
  }
  const sizes = new Map<string, number>();
  const fits = ({ group }: Command): boolean => {
    sizes.set(group, (sizes.get(group) ?? 0) + 1);
    return sizes.get(group)! <= LONGEST_GROUP;
  };
  return inOrder([...byId.values()])
    .filter(fits)
    .map(({ id, label, group, keys, enabled, checked }) => ({
      id,
      label: shortened(label),
      group,
      keys: keys ?? null,
      enabled: enabled !== false,
      checked: checked ?? null,
    }));
}
