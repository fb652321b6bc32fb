import type { Command } from 'commander';
import type { ColumnInfo, Decision, TableInfo } from '../data/types';
import { count, plainNumber } from '../evaluate/words';
import { ok, type Result } from '../result';
import type { Io } from './io';
import { withTable } from './open-file';
import { textTable } from './text-table';

/** `moe-lab profile`: how a file is read, with the evidence, and what its columns are. */
export function defineProfile(program: Command): Command {
  return program
    .command('profile')
    .description('say how a file is read and what its columns are')
    .argument('<file>', 'a table: CSV and the like')
    .option('--json', 'print one JSON document');
}

export function runProfile(file: string, { json }: { json?: boolean }, io: Io): Promise<Result<null>> {
  return withTable(file, {}, async ({ info }) => {
    io.out(json === true ? `${JSON.stringify(profileOf(info), null, 2)}\n` : profileText(info));
    return ok(null);
  });
}

/** profile --json (public). */
export function profileOf(info: TableInfo) {
  return {
    rows: info.rows,
    columns: info.columns.map(({ name, type, missing, failed, distinct }) => ({
      name,
      type,
      missing,
      failed,
      distinct,
    })),
    dialect: info.dialect,
    evidence: info.decisions.map(({ id, label, because, alternatives }) => ({
      decision: id,
      chosen: label,
      because,
      runnerUp: alternatives.length === 0 ? null : `${alternatives[0].label}: ${alternatives[0].because}`,
    })),
    rejected: info.rejected.first,
    warnings: info.warnings,
  };
}

function profileText(info: TableInfo): string {
  const { file, rows, columns, decisions, rejected, warnings } = info;
  const head = `${file.name}: ${count(rows, 'row')}, ${count(columns.length, 'column')}\n\n`;
  const how = textTable(
    decisions.map(({ id, label, because }: Decision) => [id, label, because]),
    [0, 1, 2],
  );
  const table = textTable(
    [['column', 'type', 'missing', 'failed', 'distinct', 'values', 'notes'], ...columns.map(columnLine)],
    [0, 1, 5, 6],
  );
  const left = rejected.first.map(({ line, reason }) => `Line ${line} left out: ${reason}\n`).join('');
  const more = rejected.count - rejected.first.length;
  return `${head}${how}\n${table}${left === '' ? '' : `\n${left}`}${more > 0 ? `... and ${count(more, 'line')} more\n` : ''}${
    warnings.length === 0 ? '' : `\n${warnings.join('\n')}\n`
  }`;
}

function columnLine({ name, type, missing, failed, distinct, summary, levels, notes }: ColumnInfo): string[] {
  const values =
    summary === null
      ? (levels ?? [])
          .slice(0, 4)
          .map(({ value }) => value)
          .join(', ')
      : `${plainNumber(summary.min, 5)} to ${plainNumber(summary.max, 5)}, median ${plainNumber(summary.median, 5)}`;
  return [name, type, String(missing), String(failed), String(distinct), values, notes.join('; ')];
}
