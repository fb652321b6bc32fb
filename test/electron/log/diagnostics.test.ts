import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { commitOf, diagnosticsText, withoutHome, type DiagnosticsFacts } from '../../../electron/log/diagnostics';
import { test } from '../folder';

const facts: DiagnosticsFacts = {
  version: '1.2.3',
  commit: '0123456789abcdef0123456789abcdef01234567',
  host: 'electron',
  versions: { Electron: '45.4.1', Chromium: undefined, Node: '24.0.0' },
  display: ['1920 x 1080, 1 pixels to a point'],
  core: ['Now: ready', '2026-01-02T03:04:05.000Z crashed: it was ended by SIGSEGV'],
  logFile: '/home/jane/.config/moe-lab/logs/moe-lab.log',
  dumpFolder: '/home/jane/.config/moe-lab/Crashpad',
  lastLines: ['2026-01-02 03:04:05.000 info started: pid 7'],
  home: '/home/jane',
  now: new Date('2026-01-02T03:04:05Z'),
};

describe('diagnostics', () => {
  test('name the program, what it runs on, the engine’s ends, the folders and the last lines of the log', () => {
    const text = diagnosticsText(facts);
    for (const part of [
      'MoE Lab 1.2.3 (0123456789ab), electron host',
      'Electron 45.4.1, Node 24.0.0',
      `${process.arch}`,
      'processors',
      'GB free',
      '1920 x 1080',
      'crashed: it was ended by SIGSEGV',
      'Log: ~/.config/moe-lab/logs/moe-lab.log',
      'Crash dumps: ~/.config/moe-lab/Crashpad',
      'info started: pid 7',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('jane');
    expect(text).not.toContain('undefined');
  });

  test('say what there is not', () => {
    const text = diagnosticsText({
      ...facts,
      commit: null,
      logFile: null,
      dumpFolder: null,
      lastLines: [],
      display: [],
    });
    expect(text).toContain('MoE Lab 1.2.3, electron host');
    expect(text).toContain('Log: none, its folder cannot be written to');
    expect(text).toContain('Crash dumps: none in this host');
    expect(text).not.toContain('Display');
  });

  test.for<[string, string, string]>([
    ['at C:\\Users\\Jane\\x.js and C:/Users/Jane/x.js', 'C:\\Users\\Jane', 'at ~\\x.js and ~/x.js'],
    ['file:///home/j%C3%B6rg%20m/a', '/home/jörg m', 'file://~/a'],
    ['"C:\\\\Users\\\\Jane\\\\a"', 'C:\\Users\\Jane', '"~\\\\a"'],
    ['/var/log', '/', '/var/log'],
    ['/var/log', '', '/var/log'],
  ])('%s: the home folder %s is written ~', ([text, home, expected]) => {
    expect(withoutHome(text, home)).toBe(expected);
  });
});

describe('the commit', () => {
  const commit = 'a'.repeat(40);

  test.for<[string, Record<string, string>]>([
    ['of a branch', { HEAD: 'ref: refs/heads/main\n', 'refs/heads/main': `${commit}\n` }],
    ['of a packed branch', { HEAD: 'ref: refs/heads/a-b/c\n', 'packed-refs': `# x\n${commit} refs/heads/a-b/c\n` }],
    ['that was checked out itself', { HEAD: `${commit}\n` }],
  ])('%s is read', ([, files], { folder }) => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(folder, '.git', name, '..'), { recursive: true });
      writeFileSync(join(folder, '.git', name), text);
    }
    expect(commitOf(folder)).toBe(commit);
  });

  test('is unknown without a repository and in a broken one', ({ folder }) => {
    expect(commitOf(folder)).toBeNull();
    mkdirSync(join(folder, '.git'));
    writeFileSync(join(folder, '.git', 'HEAD'), 'ref: refs/../../etc/passwd\n');
    expect(commitOf(folder)).toBeNull();
  });

  test('is the one git itself names', ({ folder }) => {
    try {
      execFileSync('git', ['init', '-q', folder], { stdio: 'ignore' });
    } catch {
      return;
    }
    const git = (...words: string[]) => execFileSync('git', ['-C', folder, ...words], { encoding: 'utf8' }).trim();
    git('-c', 'user.name=a', '-c', 'user.email=a@example.org', 'commit', '-q', '--allow-empty', '-m', 'x');
    expect(commitOf(folder)).toBe(git('rev-parse', 'HEAD'));
  });
});
