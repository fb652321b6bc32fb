import { expect, test } from 'vitest';
import { resolve } from 'node:path';
import { browserHostOptions } from '../../../electron/browser/options';

test('nothing named: any port, a browser is opened, no file', () => {
  expect(browserHostOptions([])).toEqual({ ok: true, value: { port: 0, open: true, file: null } });
});

test('a port, no browser and a file', () => {
  expect(browserHostOptions(['--port', '8123', '--no-open', 'package.json'])).toEqual({
    ok: true,
    value: { port: 8123, open: false, file: resolve('package.json') },
  });
});

test.each([[['--port', 'x']], [['--port', '70000']], [['--port', '1.5']], [['--port=']], [['--other']], [['a', 'b']]])(
  '%s is a mistake of usage, said in one line',
  (args) => {
    const result = browserHostOptions(args);
    expect(result).toMatchObject({ ok: false, error: { code: 'usage' } });
    if (!result.ok) expect(result.error.message).toMatch(/^[^\n]+Usage: [^\n]+$/);
  },
);

test.each(['absent.csv', 'test'])('%s is no file that could be opened', (file) => {
  expect(browserHostOptions([file])).toMatchObject({ ok: false, error: { code: 'host/no-file' } });
});
