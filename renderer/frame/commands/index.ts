import { useEditCommands } from './edit';
import { useFileCommands } from './file';
import { useGoCommands } from './go';
import { useHelpCommands } from './help';
import { useRunCommands } from './run';
import { useViewCommands } from './view';

/** The acts that exist on every screen; `find` opens the palette. */
export function useFrameCommands(find: () => void): void {
  useFileCommands();
  useEditCommands(find);
  useRunCommands();
  useGoCommands();
  useViewCommands();
  useHelpCommands();
}
