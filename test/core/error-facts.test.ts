import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { errorFacts, factsText } from '../../core/error-facts';

const PROGRAM = 'file:///home/jane/moe%20lab/out/';
const CELL = 'Mrs. Okonkwo, 41 Bellevue Road';

/** An error as Node makes it, with these frames. */
function thrown(message: string, frames: readonly string[], extra: object = {}): Error {
  const error = Object.assign(new Error(message), extra);
  error.stack = [`Error: ${message}`, ...frames.map((frame) => `    at ${frame}`)].join('\n');
  return error;
}

describe('of an error', () => {
  test('its name, its code and its places in the program and in Node are told', () => {
    const error = thrown(
      'broken',
      [
        `describe (${PROGRAM}main/chunks/run-8hW0BjiI.js:12:34)`,
        `async Object.run (${PROGRAM}main/core.js:5:6)`,
        'node:internal/process/task_queues:95:5',
        'file:///home/jane/elsewhere/script.js:1:1',
        'new Promise (<anonymous>)',
      ],
      { code: 'ENOENT' },
    );
    expect(errorFacts(error, PROGRAM)).toEqual({
      name: 'Error',
      code: 'ENOENT',
      frames: ['main/chunks/run-8hW0BjiI.js:12:34', 'main/core.js:5:6', 'node:internal/process/task_queues:95:5'],
    });
    expect(factsText(errorFacts(error, PROGRAM))).toBe(
      'Error ENOENT at main/chunks/run-8hW0BjiI.js:12:34 < main/core.js:5:6 < node:internal/process/task_queues:95:5',
    );
  });

  test('has its places in a folder with parentheses in its name, too', () => {
    const error = thrown('x', [
      'f (file:///opt/lab%20(1)/out/main/core.js:1:2)',
      'file:///opt/lab%20(1)/out/main/core.js:3:4',
    ]);
    expect(errorFacts(error, 'file:///opt/lab%20(1)/out/').frames).toEqual(['main/core.js:1:2', 'main/core.js:3:4']);
  });

  test('a real one has places', () => {
    const here = new URL('.', import.meta.url).href;
    const error = new RangeError('x');
    // The runner shows paths where Node shows addresses.
    error.stack = error.stack?.replaceAll(fileURLToPath(here), here);
    expect(errorFacts(error, here).name).toBe('RangeError');
    expect(errorFacts(error, here).frames[0]).toMatch(/^error-facts\.test\.ts:\d+:\d+$/);
  });
});

describe('no value gets through', () => {
  test.each<[string, unknown]>([
    ['a message', thrown(CELL, [])],
    ['a cast that failed', thrown(`Conversion Error: Could not convert string '${CELL}' to DOUBLE`, [])],
    ['a message of several lines that look like places', thrown(`a\n    at ${CELL} (${PROGRAM}${CELL}:1:2)\nb`, [])],
    ['a place that is no file of ours', thrown('x', [`read (${PROGRAM}${CELL}.js:1:2)`])],
    ['a function that is named after a column', thrown('x', [`Object.${CELL} (${PROGRAM}main/core.js:1:2)`])],
    ['a code', thrown('x', [], { code: CELL })],
    ['a name', Object.assign(new Error('x'), { name: CELL })],
    ['a property', thrown('x', [], { path: CELL, cell: CELL })],
    ['a cause', new Error('x', { cause: new Error(CELL) })],
    ['a text that was thrown', CELL],
    ['an object that was thrown', { message: CELL, stack: CELL }],
    ['a stack that was replaced', Object.assign(new Error('x'), { stack: CELL })],
    ['a message that was changed behind its stack', Object.assign(thrown(CELL, []), { message: 'other' })],
    ['nothing', undefined],
  ])('%s', (_, error) => {
    const text = factsText(errorFacts(error, PROGRAM));
    for (const word of [CELL, 'Okonkwo', 'Bellevue', '41']) expect(text).not.toContain(word);
    expect(text).not.toContain('jane');
  });

  test('a message that is not where it was hides the places behind it rather than be taken for one', () => {
    const error = Object.assign(thrown(`x\n    at y (${PROGRAM}main/41.js:1:2)`, []), { message: 'other' });
    expect(errorFacts(error, PROGRAM).frames).toEqual([]);
  });
});
