import type { HostStatus } from '../../../core/protocol';
import { SPACE, bytes, counted } from '../../format';

/** What the page knows of itself and its engine. Counts and settings only: no name of a file or column, no value. */
export interface PageFacts {
  readonly userAgent: string;
  readonly languages: readonly string[];
  /** Pixels of the page as styles count them. */
  readonly window: { readonly width: number; readonly height: number; readonly ratio: number };
  readonly screen: { readonly width: number; readonly height: number };
  readonly theme: string;
  readonly systemDark: boolean;
  readonly reducedMotion: boolean;
  readonly density: string;
  /** The screen that is shown, by its name in the program. */
  readonly shown: string;
  readonly engine: {
    readonly version: string | null;
    readonly status: HostStatus;
    readonly workers: number;
    /** Bytes. */
    readonly memory: number | null;
    readonly error: string | null;
  };
  readonly table: { readonly rows: number; readonly columns: number; readonly bytes: number } | null;
  /** How many runs there are in each state. */
  readonly runs: Readonly<Record<string, number>>;
}

/** The host's part, then the page's: what is put on the clipboard. */
export function diagnosticsText(host: string, facts: PageFacts): string {
  const { engine, table, window, screen } = facts;
  const runs = Object.entries(facts.runs).map(([state, many]) => `${many} ${state}`);
  return [
    host.trimEnd(),
    '',
    'Page',
    `  browser: ${facts.userAgent}`,
    `  languages: ${facts.languages.join(', ')}`,
    `  window: ${window.width} x ${window.height} at ${window.ratio}, screen ${screen.width} x ${screen.height}`,
    `  theme: ${facts.theme}, system ${facts.systemDark ? 'dark' : 'light'}, density ${facts.density}`,
    `  reduced motion: ${facts.reducedMotion ? 'yes' : 'no'}`,
    `  shown: ${facts.shown}`,
    // The host's part has a heading of its own for it.
    `  engine: ${stateWords(engine.status)}; version ${engine.version ?? 'not known'}, ${counted(engine.workers, 'worker')}`,
    `  its memory: ${engine.memory === null ? 'not known' : bytes(engine.memory)}`,
    ...(engine.error ? [`  it did not answer: ${engine.error}`] : []),
    '',
    'Work',
    `  table: ${table ? `${table.rows} rows, ${table.columns} columns, ${bytes(table.bytes)}` : 'none'}`,
    `  runs: ${runs.join(', ') || 'none'}`,
    '',
  ]
    .join('\n')
    .replaceAll(SPACE, ' ');
}

function stateWords(status: HostStatus): string {
  switch (status.state) {
    case 'starting':
      return 'starting';
    case 'ready':
      return `ready, restarts ${status.restarts}`;
    case 'restarting':
      return `restarting (${status.cause}), attempt ${status.attempt}`;
    case 'gone':
      return `gone (${status.cause})`;
  }
}
