import type { BenchResult, Timing } from './case';
import type { Entry } from './history';
import { cell, digits, verdict } from './table';

const BLOCK = /(<!-- bench:([\w-]+)(?: (.*?))? -->\n)[\s\S]*?(<!-- \/bench -->)/g;

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function line(result: BenchResult): string {
  const { name, ours, peer, ratio, doubt } = result;
  const value = (timing: Omit<Timing, 'unit'>) => cell(timing, ours.unit);
  const worth = doubt === undefined ? verdict(result) : `does not count: ${doubt}`;
  return row([
    name,
    value(ours),
    peer ? `${peer.name}: ${value(peer)}` : '',
    ratio === null ? '' : digits(ratio),
    worth,
  ]);
}

/** A table of Markdown, and under it what was measured where. */
function block(name: string, words: string, entries: readonly Entry[]): string {
  const entry = entries.find((one) => one.case === name);
  if (!entry) return `\nNot measured yet on a quiet machine: \`npm run bench -- ${name}\`.\n\n`;
  const { results, machine, node, date, commit, changed, load, others, seconds } = entry;
  const head = row(['measured', 'MoE Lab: median [least, most]', 'beside it', 'ratio', 'asked']);
  const lines = results.filter((result) => result.name.includes(words)).map(line);
  const beside = others === null ? '' : `, other work ${others.toFixed(2)} processors`;
  const when = `${date.slice(0, 10)}, commit ${commit}${changed ? ' and changes' : ''}`;
  const where = `${machine}, Node ${node}, load ${load.toFixed(2)}${beside}, ${when}, ${seconds.toFixed(0)} s`;
  return `\n${[head, row(Array(5).fill('---')), ...lines].join('\n')}\n\n_\`npm run bench -- ${name}\`: ${where}._\n\n`;
}

/** A text of Markdown with its blocks filled: what stood between the marks is replaced, and may then be formatted. */
export const quoted = (text: string, entries: readonly Entry[]): string =>
  text.replace(
    BLOCK,
    (_, open: string, name: string, words: string | undefined, close: string) =>
      open + block(name, words ?? '', entries) + close,
  );
