import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nodeVersionFault } from '../../scripts/lib/node-version.mjs';
import { startOptions } from '../../scripts/lib/start.mjs';

describe('the version of Node', () => {
  test.each(['20.19.0', '20.20.2', '22.12.0', '23.0.0', '24.21.0', '100.0.0'])('%s is enough', (version) =>
    expect(nodeVersionFault(version)).toBeNull(),
  );

  test.each(['20.18.9', '18.20.0', '9.0.0', '21.7.3', '22.11.0'])(
    '%s is too old, which is said with both versions',
    (version) => {
      expect(nodeVersionFault(version)).toContain('20.19');
      expect(nodeVersionFault(version)).toContain(version);
    },
  );
});

describe('the command line of npm start', () => {
  test('nothing named leaves everything to be chosen', () => {
    expect(startOptions([])).toEqual({ help: false, browser: false, electron: false, file: null, hostArgs: [] });
  });

  test('a file is looked for where the user is and handed to either host', () => {
    const file = resolve('docs/decisions.md');
    expect(startOptions(['decisions.md'], resolve('docs'))).toMatchObject({ file, hostArgs: [file] });
  });

  test('the port and --no-open are for the browser host', () => {
    expect(startOptions(['--browser', '--no-open', '--port', '8080']).hostArgs).toEqual([
      '--port',
      '8080',
      '--no-open',
    ]);
  });

  test('help is given whatever else is named', () => {
    expect(startOptions(['absent.csv', '--help', '--browser']).help).toBe(true);
  });

  test.each([
    [['--browser', '--electron'], 2],
    [['--port', '0'], 2],
    [['--port', '65536'], 2],
    [['--port', 'http'], 2],
    [['--what'], 2],
    [['a', 'b'], 2],
    [['absent.csv'], 1],
  ])('%s is refused with one sentence and status %i', (args, status) => {
    expect(() => startOptions(args)).toThrow(
      expect.objectContaining({ status, message: expect.stringMatching(/^[^\n]+\.$/) }),
    );
  });
});
