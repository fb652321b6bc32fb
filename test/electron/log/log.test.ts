import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect } from 'vitest';
import { openLog } from '../../../electron/log/log';
import { test } from '../folder';

const PROGRAM = 'file:///program/out/';
const read = (folder: string) => readFileSync(join(folder, 'moe-lab.log'), 'utf8');

describe('the log', () => {
  test('is one line a thing, with its time and its level', ({ folder }) => {
    const log = openLog(folder, PROGRAM);
    log.info('started', { pid: 12 });
    log.warn('engine ended', { cause: 'crashed', attempt: 1 });
    log.error('a request failed', new RangeError('x'));
    log.coreError({ name: 'Error', code: 'EIO', frames: ['main/core.js:1:2'] });
    const lines = read(folder).trimEnd().split(/\r?\n/);
    expect(lines.map((line) => line.replace(/^[\d-]+ [\d:.]+ /, ''))).toEqual([
      'info started: pid 12',
      'warn engine ended: cause crashed, attempt 1',
      expect.stringMatching(/^error a request failed: RangeError/),
      'error engine: Error EIO at main/core.js:1:2',
    ]);
    for (const line of lines) expect(line).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} (info|warn|error) /);
    expect(log.tail()).toEqual(lines);
  });

  test('goes on where the last start ended, and its tail is a hundred lines', ({ folder }) => {
    openLog(folder, PROGRAM).info('stopped');
    const log = openLog(folder, PROGRAM);
    for (let i = 0; i < 150; i++) log.info('started', { pid: i });
    expect(read(folder)).toContain('stopped');
    expect(log.tail()).toHaveLength(100);
    expect(log.tail().at(-1)).toContain('pid 149');
  });

  test('is for its user alone', ({ folder }) => {
    openLog(join(folder, 'new', 'logs'), PROGRAM).info('started');
    expect(statSync(join(folder, 'new', 'logs', 'moe-lab.log')).mode & 0o077).toBe(0);
  });

  test('is put aside when it has grown to a megabyte, once', ({ folder }) => {
    writeFileSync(join(folder, 'moe-lab.log'), 'x'.repeat(1024 * 1024 + 1));
    const log = openLog(folder, PROGRAM);
    log.info('started');
    expect(statSync(join(folder, 'moe-lab.log')).size).toBeLessThan(200);
    expect(existsSync(join(folder, 'moe-lab.old.log'))).toBe(true);
  });

  test('without a place to write stops nobody, and keeps its last lines', ({ folder }) => {
    writeFileSync(join(folder, 'file'), '');
    const log = openLog(join(folder, 'file', 'logs'), PROGRAM);
    log.info('started');
    expect(log.file).toBeNull();
    expect(log.tail()).toEqual(['info started']);
  });

  test.skipIf(process.platform !== 'linux')(
    'a home where nothing can be made is no place, and does not hold up',
    () => {
      expect(openLog('/proc/.local/state/moe-lab', PROGRAM).file).toBeNull();
    },
  );

  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'a folder that may not be written to is no place',
    ({ folder }) => {
      mkdirSync(join(folder, 'closed'));
      chmodSync(join(folder, 'closed'), 0o500);
      expect(openLog(join(folder, 'closed'), PROGRAM).file).toBeNull();
    },
  );
});

describe('no value of a table reaches it', () => {
  test('from an error of the table engine, which quotes cells', async ({ folder }) => {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const error: unknown = await connection.run(`select cast('Okonkwo 41' as double)`).catch((cause: unknown) => cause);
    connection.closeSync();
    expect(String(error)).toContain('Okonkwo 41');
    const log = openLog(folder, PROGRAM);
    log.error('a request failed', error);
    expect(read(folder)).toMatch(/error a request failed: \w+/);
    expect(read(folder)).not.toMatch(/Okonkwo|41'|double/i);
  });

  test('from a text that is not written in the source: the compiler refuses it', ({ folder }) => {
    const log = openLog(folder, PROGRAM);
    const cell = ['Okonkwo'].join('');
    // @ts-expect-error a text known only when the program runs
    const event = () => log.info(cell);
    // @ts-expect-error the same among the facts
    const fact = () => log.info('started', { cell });
    // @ts-expect-error the same inside a template
    const inside = () => log.error(`failed at ${cell}`, new Error('x'));
    expect([event, fact, inside]).toHaveLength(3);
  });
});
