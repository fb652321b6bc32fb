import type { Method, Option, OptionValues } from '../fit/method';
import { fail, ok, type Result } from '../result';

/** `--option name=value` as typed values; which are allowed is the option table's to say. */
export function parseOptions(method: Method, texts: readonly string[]): Result<OptionValues> {
  const values: Record<string, string | number | boolean> = {};
  for (const text of texts) {
    const at = text.indexOf('=');
    if (at < 1) return fail('usage/option', `--option ${text} needs a name and a value, as in --option gateRidge=0.1.`);
    const name = text.slice(0, at).trim();
    const value = text.slice(at + 1).trim();
    const option = method.options.find((candidate) => candidate.name === name);
    if (option === undefined) return fail('usage/option', unknownOption(method, name));
    values[name] = typed(option, value);
  }
  return ok(values);
}

function typed(option: Option, text: string): string | number | boolean {
  if (option.type === 'number' && text !== '' && !Number.isNaN(Number(text))) return Number(text);
  if (option.type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

function unknownOption(method: Method, name: string): string {
  const known = method.options.map((option) => option.name);
  return known.length === 0
    ? `${method.id} has no options, so not ${name} either.`
    : `${method.id} has no option ${name}; it has ${known.join(', ')}.`;
}
