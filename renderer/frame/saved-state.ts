import { clockTime } from '../format';

/** Whether a file holds the work, in words. */
export interface Saved {
  /** Something would be lost with the window. */
  readonly pending: boolean;
  /** "Unsaved changes": begins with a capital, as it stands in the bar. */
  readonly words: string;
  /** "14:02", where the words have one. */
  readonly time: string | null;
  /** With its time, for who asks: a sentence. */
  readonly sentence: string;
}

export interface ProjectState {
  /** It is held by a project file. */
  readonly isProject: boolean;
  readonly edited: boolean;
  readonly saving: boolean;
  /** Milliseconds since 1970; null where it was not saved while this window was open. */
  readonly savedAt: number | null;
}

export function savedState({ isProject, edited, saving, savedAt }: ProjectState): Saved {
  const at = savedAt === null ? null : clockTime(savedAt);
  if (saving) return { pending: true, words: 'Saving…', time: null, sentence: 'The project is being saved.' };
  if (isProject && edited) {
    const sentence = at ? `Changed since it was saved at ${at}.` : 'Changed since it was opened.';
    return { pending: true, words: 'Unsaved changes', time: null, sentence };
  }
  if (isProject) {
    const sentence = at ? `Saved at ${at}; nothing has changed since.` : 'As it was opened; nothing has changed since.';
    return { pending: false, words: 'Saved', time: at, sentence };
  }
  return edited
    ? { pending: true, words: 'Not saved yet', time: null, sentence: 'No project file holds this work yet.' }
    : {
        pending: false,
        words: 'No changes',
        time: null,
        sentence: 'There is nothing to save: the table is as its file has it.',
      };
}

/** "Saved 14:02". */
export const savedWords = ({ words, time }: Saved): string => (time ? `${words} ${time}` : words);
