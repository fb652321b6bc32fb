import type { Command } from 'commander';
import { methods } from '../fit';
import type { Option } from '../fit/method';
import { ok, type Result } from '../result';
import { methodInfo } from '../service/engine-handlers';
import type { Io } from './io';

/** `moe-lab methods`: the registry with each option's meaning, range and default. */
export function defineMethods(program: Command): Command {
  return program
    .command('methods')
    .description('list the methods and their options')
    .option('--json', 'print one JSON document');
}

export function runMethods({ json }: { json?: boolean }, io: Io): Result<null> {
  io.out(json === true ? `${JSON.stringify(methods.map(methodInfo), null, 2)}\n` : methods.map(describe).join('\n'));
  return ok(null);
}

function describe(method: (typeof methods)[number]): string {
  const { id, name, summary, promise, assumes, whenNot, source, options } = method;
  return [
    `${id}: ${name}`,
    `  ${summary}`,
    `  Promise: ${promise}`,
    ...assumes.map((sentence) => `  Assumes: ${sentence}`),
    `  When not: ${whenNot}`,
    `  Source: ${source}`,
    ...options.map((option) => `  --option ${option.name}=${range(option)}  ${option.meaning}`),
    '',
  ].join('\n');
}

function range(option: Option): string {
  switch (option.type) {
    case 'choice':
      return `${option.choices.map(({ value }) => value).join('|')} (default ${option.default})`;
    case 'number':
      return `<${option.min} to ${option.max}> (default ${option.default})`;
    case 'boolean':
      return `true|false (default ${String(option.default)})`;
  }
}
