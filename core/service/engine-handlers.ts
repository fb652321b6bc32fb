import type { Handlers } from '../client-connection';
import { formats } from '../export';
import { methods } from '../fit';
import type { MethodInfo } from '../protocol';
import { ok } from '../result';
import { version } from '../version';
import type { Shared } from './session';

export function engineHandlers(
  shared: Shared,
): Pick<Handlers, 'engine/hello' | 'engine/memory' | 'engine/limit' | 'export/formats'> {
  return {
    'engine/hello': async () =>
      ok({ version, workers: shared.pool.size, methods: methods.map(methodInfo), samples: [...shared.samples.list] }),
    'engine/memory': async () => ok({ bytes: process.memoryUsage.rss() }),
    'engine/limit': async ({ bytes }) => {
      if (bytes !== null) shared.memory.bytes = bytes;
      return ok({ bytes: shared.memory.bytes });
    },
    'export/formats': async () => ok({ formats: formats.map(({ id, name, sentence }) => ({ id, name, sentence })) }),
  };
}

/** The registry's description of a method, without its functions: what a process border lets through. */
export function methodInfo({
  id,
  name,
  summary,
  promise,
  assumes,
  whenNot,
  source,
  options,
}: (typeof methods)[number]): MethodInfo {
  return {
    id,
    name,
    summary,
    promise,
    assumes: [...assumes],
    whenNot,
    source,
    options: options.map((option) =>
      'choices' in option ? { ...option, choices: [...option.choices] } : { ...option },
    ),
  };
}
