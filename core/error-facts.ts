/**
 * What may be written down of an error: what it is called, its code and where in our program it happened. Never its message: that may
 * quote a cell, the name of a column or a path with the user's name.
 */
export interface ErrorFacts {
  readonly name: string;
  readonly code: string | null;
  /** "main/core.js:12:3", the innermost first; places outside the program and Node are left out. */
  readonly frames: readonly string[];
}

const NAME = /^[A-Z][A-Za-z]{0,40}$/;
const CODE = /^[A-Za-z][A-Za-z_/-]{0,60}$/;
/** An address has no blanks; a folder's name may have parentheses. */
const PLACE = /((?:file|node):\S+:\d+:\d+)\)?$/;
const OWN_PLACE = /^[\w./-]+:\d+:\d+$/;
const FRAMES = 8;

/**
 * @param program  the address of the folder of the built program, "file:///…/out/"
 */
export function errorFacts(error: unknown, program: string): ErrorFacts {
  if (!(error instanceof Error)) return { name: 'Thrown', code: null, frames: [] };
  const { code } = error as NodeJS.ErrnoException;
  return {
    name: NAME.test(error.name) ? error.name : 'Error',
    code: typeof code === 'string' && CODE.test(code) ? code : null,
    frames: framesOf(error, program),
  };
}

/** In one line. */
export const factsText = ({ name, code, frames }: ErrorFacts): string =>
  [name, code, ...frames.map((frame, i) => (i === 0 ? `at ${frame}` : `< ${frame}`))].filter(Boolean).join(' ');

function framesOf({ stack = '', message }: Error, program: string): string[] {
  // The message stands before the frames, and what it quotes may look like one.
  const behind = message === '' ? 0 : stack.indexOf(message) + message.length;
  if (behind < message.length) return [];
  return stack
    .slice(behind)
    .split('\n')
    .flatMap((line) => {
      const place = line.startsWith('    at ') ? PLACE.exec(line)?.[1] : undefined;
      if (place === undefined) return [];
      const own = place.startsWith(program)
        ? place.slice(program.length)
        : place.startsWith('node:')
          ? place.slice(5)
          : '';
      if (!OWN_PLACE.test(own)) return [];
      return [place.startsWith('node:') ? `node:${own}` : own];
    })
    .slice(0, FRAMES);
}
