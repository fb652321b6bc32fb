export interface Row {
  readonly condition: string;
  /** What was printed, or what a person saw. */
  readonly happened: string;
  readonly seconds: number;
  /** Null when it was as it should be; `not run: ...` when it could not be tried. */
  readonly fault: string | null;
}

const cell = (text: string) => text.replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();

/** A Markdown table, and one line that counts. */
export function table(rows: readonly Row[]): string {
  const lines = rows.map(({ condition, happened, seconds, fault }) =>
    [condition, happened, seconds.toFixed(1), fault === null ? 'ok' : isNotRun({ fault }) ? fault : `FAILED: ${fault}`]
      .map(cell)
      .join(' | '),
  );
  const failed = rows.filter((row) => row.fault !== null && !isNotRun(row)).length;
  const skipped = rows.filter(isNotRun).length;
  const count = `${rows.length - failed - skipped} as they should be, ${failed} failed${skipped > 0 ? `, ${skipped} NOT RUN` : ''}`;
  const head = ['condition | what happened | seconds | outcome', '--- | --- | ---: | ---'];
  return `${[...head, ...lines].map((line) => `| ${line} |`).join('\n')}\n\n${rows.length} conditions: ${count}`;
}

export const isNotRun = ({ fault }: Pick<Row, 'fault'>) => fault?.startsWith('not run') ?? false;
