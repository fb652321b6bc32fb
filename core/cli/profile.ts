import type { Command } from 'commander';
import type { ColumnInfo, Decision, TableInfo } from '../data/types';
import { count, plainNumber } from '../evaluate/words';
import { ok, type Result } from '../result';
import type { Io } from './io';
import { checkImported, dialectOf, withImportFlags, type ImportFlags } from './import-flags';
import { withTable } from './open-file';
import { textTable } from './text-table';

/** `moe-lab profile`: how a file is read, with the evidence, and what its columns are. */
export function defineProfile(program: Command): Command {
  return withImportFlags(
    program
      .command('profile')
      .description('say how a file is read and what its columns are')
      .argument('<file>', 'a table: CSV and the like, .xlsx, Parquet'),
  ).option('--json', 'print one JSON document');
}

export interface ProfileFlags extends ImportFlags {
  readonly json?: boolean;
}

export async function runProfile(file: string, { json, ...flags }: ProfileFlags, io: Io): Promise<Result<null>> {
  const choice = dialectOf(flags);
  if (!choice.ok) return choice;
  return withTable(file, choice.value, async ({ info }) => {
    const checked = checkImported(info);
    if (!checked.ok) return checked;
    io.out(json === true ? `${JSON.stringify(profileOf(info), null, 2)}\n` : profileText(info));
    return ok(null);
  });
}

/** profile --json (public). */
export function profileOf(info: TableInfo) {
  return {
    rows: info.rows,
    columns: info.columns.map(({ name, unit, type, missing, failed, distinct, cells: { numbers, texts } }) => ({
      name,
      type,
      missing,
      failed,
      distinct,
      numbers,
      texts,
      unit,
    })),
    dialect: info.dialect,
    evidence: info.decisions.map(({ id, label, because, alternatives }) => ({
      decision: id,
      chosen: label,
      because,
      runnerUp: alternatives.length === 0 ? null : `${alternatives[0].label}: ${alternatives[0].because}`,
    })),
    rejected: info.rejected.first,
    repaired: info.repaired.first,
    proposals: info.proposals,
    warnings: info.warnings,
  };
}

function profileText(info: TableInfo): string {
  const { file, rows, columns, decisions, rejected, repaired, warnings } = info;
  const head = `${file.name}: ${count(rows, 'row')}, ${count(columns.length, 'column')}\n\n`;
  const how = textTable(
    decisions.map(({ id, label, because }: Decision) => [id, label, because]),
    [0, 1, 2],
  );
  const table = textTable(
    [['column', 'type', 'missing', 'failed', 'distinct', 'values', 'notes'], ...columns.map(columnLine)],
    [0, 1, 5, 6],
  );
  const lines = `${named(rejected, 'left out')}${named(repaired, 'mended')}`;
  return `${head}${how}\n${table}${lines === '' ? '' : `\n${lines}`}${
    warnings.length === 0 ? '' : `\n${warnings.join('\n')}\n`
  }`;
}

function named({ count: all, first }: TableInfo['rejected'], what: string): string {
  const more = all - first.length;
  const lines = first.map(({ line, reason }) => `Line ${line} ${what}: ${reason}\n`);
  return `${lines.join('')}${more > 0 ? `... and ${count(more, 'line')} more\n` : ''}`;
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
