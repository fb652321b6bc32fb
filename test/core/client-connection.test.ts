import { expect, test } from 'vitest';
import { inMemoryChannel } from '../../core/channel';
import { serve, type Handlers } from '../../core/client-connection';
import type { ClientMessage } from '../../core/protocol';
import { ok } from '../../core/result';

const ask = async (message: unknown, handlers: Partial<Handlers> = {}): Promise<unknown> => {
  const [client, core] = inMemoryChannel<ClientMessage, unknown>();
  const logged: unknown[] = [];
  serve(core, handlers as Handlers, (error) => logged.push(error));
  const reply = new Promise<ClientMessage>((resolve) => client.onMessage(resolve));
  client.post(message);
  const silence = new Promise((resolve) => setTimeout(() => resolve('silence'), 50));
  const answer = await Promise.race([reply, silence]);
  return typeof answer === 'object' && answer !== null && 'result' in answer ? answer.result : answer;
};

test('a request is answered under its number', async () => {
  const result = await ask(
    { type: 'request', id: 7, method: 'engine/memory', params: {} },
    { 'engine/memory': async () => ok({ bytes: 12 }) },
  );
  expect(result).toEqual({ ok: true, value: { bytes: 12 } });
});

test('an unknown request, also one named after a property of every object, is refused with a code', async () => {
  for (const method of ['nonsense', '__proto__', 'constructor', 'toString'])
    expect(await ask({ type: 'request', id: 1, method, params: {} })).toMatchObject({
      ok: false,
      error: { code: 'core/unknown-request' },
    });
});

test('wrong parameters are refused with the place of the mistake before any handler runs', async () => {
  const result = await ask({
    type: 'request',
    id: 1,
    method: 'data/page',
    params: { tableId: 't', offset: -1, limit: 5, sort: null },
  });
  expect(result).toMatchObject({ ok: false, error: { code: 'core/bad-request' } });
  expect(JSON.stringify(result)).toContain('offset');
});

test('what is not a request gets no answer and does no harm', async () => {
  for (const message of [null, 42, 'request', {}, { type: 'request' }, { type: 'request', id: 'x', method: 1 }])
    expect(await ask(message)).toBe('silence');
});

test('an exception in a handler becomes a result that says so', async () => {
  const result = await ask(
    { type: 'request', id: 1, method: 'engine/memory', params: {} },
    {
      'engine/memory': async () => {
        throw new Error('a mistake of ours');
      },
    },
  );
  expect(result).toMatchObject({ ok: false, error: { code: 'core/internal' } });
});
