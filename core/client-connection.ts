import type { z } from 'zod';
import type { Channel } from './channel';
import { requestMessage, requests, type ClientMessage, type EventData, type EventName, type Method } from './protocol';
import type { Reply } from './protocol';
import { fail, type Result } from './result';

/** One handler a request. What it throws is a mistake of ours and becomes `core/internal`. */
export type Handlers = {
  [M in Method]: (params: z.output<(typeof requests)[M]['params']>) => Promise<Result<Reply<M>>>;
};

export type Emit = <E extends EventName>(event: E, data: EventData<E>) => void;

/** Checks and answers the requests that arrive on a channel. Nothing a client sends can throw past here. */
export function serve(
  channel: Channel<unknown, ClientMessage>,
  handlers: Handlers,
  log: (error: unknown) => void,
): void {
  channel.onMessage(async (message) => {
    const request = requestMessage.safeParse(message);
    if (!request.success) return; // without an id there is nobody to answer
    const { id, method, params } = request.data;
    channel.post({ type: 'reply', id, result: await answer(method, params, handlers, log) });
  });
}

async function answer(
  name: string,
  params: unknown,
  handlers: Handlers,
  log: (error: unknown) => void,
): Promise<Result<unknown>> {
  if (!Object.hasOwn(requests, name))
    return fail('core/unknown-request', `The engine knows no request named “${name}”.`);
  const method = name as Method;
  const checked = requests[method].params.safeParse(params);
  if (!checked.success) {
    const issue = checked.error.issues[0];
    const where = issue.path.join('.') || 'the request';
    return fail('core/bad-request', `“${name}” was asked with a wrong value at ${where}: ${issue.message}.`);
  }
  try {
    const handle = handlers[method] as (params: unknown) => Promise<Result<unknown>>;
    return await handle(checked.data);
  } catch (error) {
    log(error);
    const said = error instanceof Error ? error.message : String(error);
    return fail('core/internal', `The engine met an error of its own in “${name}”: ${said}`);
  }
}
