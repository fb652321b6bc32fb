import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toElectron } from './addresses';

export type SchemeHandler = (request: Request) => Response | Promise<Response>;

/** Answers Chromium for the program's own schemes by the handlers of `protocol.handle`: status, headers and content as they are. */
export async function serveSchemes(
  handlers: ReadonlyMap<string, SchemeHandler>,
): Promise<{ port: number; close(): void }> {
  const server = createServer((request, response) => {
    answer(handlers, request, response).catch((error: Error) => {
      console.error(`the stand-in: a handler of protocol failed: ${error.stack}`);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answer(
  handlers: ReadonlyMap<string, SchemeHandler>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = toElectron(`http://${request.headers.host}${request.url}`);
  const handle = handlers.get(new URL(url).protocol.slice(0, -1));
  if (!handle) return void response.destroy();
  const answered = await handle(await toRequest(url, request));
  response.writeHead(answered.status, [...answered.headers].flat());
  response.end(Buffer.from(await answered.arrayBuffer()));
}

async function toRequest(url: string, incoming: IncomingMessage): Promise<Request> {
  const { method = 'GET', headers } = incoming;
  const hasBody = !['GET', 'HEAD'].includes(method);
  const parts: Buffer[] = [];
  if (hasBody) for await (const part of incoming as AsyncIterable<Buffer>) parts.push(part);
  const named = Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
  return new Request(url, {
    method,
    headers: named as [string, string][],
    ...(hasBody ? { body: Buffer.concat(parts) } : {}),
  });
}
