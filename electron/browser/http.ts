import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Grant } from '../../core/protocol';
import type { Result } from '../../core/result';
import { securityHeaders } from '../page/csp';
import { readStaticFile } from '../page/static-files';
import type { Log } from '../log/log';
import type { Gate } from './gate';
import { receiveUpload } from './upload';

export interface HttpOptions {
  readonly gate: Gate;
  readonly port: number;
  /** The built page. */
  readonly pageFolder: string;
  /** Where uploads go: private to this user and removed at the end. */
  readonly uploadFolder: string;
  grant(path: string): Grant;
  /** Starts the core again when it is gone. */
  revive(): void;
  readonly log: Pick<Log, 'warn' | 'error'>;
  /** For the page to be copied. */
  diagnostics(): string;
}

/** Serves the page and receives files. Everything else is refused with a sentence. */
export function createHttpHandler(options: HttpOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const { gate, port } = options;
  const headers = securityHeaders([`ws://127.0.0.1:${port}`, `ws://localhost:${port}`]);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    Object.entries(headers).forEach(([name, value]) => response.setHeader(name, value));
    if (!gate.isOurHost(request.headers)) {
      return refuse(
        response,
        421,
        'This address does not lead to MoE Lab: use the one printed in the terminal, with the same port.',
      );
    }
    const base = `http://127.0.0.1:${port}`;
    if (!URL.canParse(request.url ?? '/', base)) return refuse(response, 400, 'This is not an address.');
    const url = new URL(request.url ?? '/', base);
    const shown = url.searchParams.get('token');
    if (shown !== null && url.pathname === '/' && gate.admits(shown)) {
      // Away from the address with the token, so that it stays out of the history.
      response.writeHead(303, { location: '/', 'set-cookie': gate.cookie }).end();
      return;
    }
    if (!gate.hasCookie(request.headers)) {
      return refuse(
        response,
        403,
        'Open the full address printed in the terminal: it ends with the token that lets you in.',
      );
    }
    if (url.pathname === '/upload') return upload(request, response, url);
    if (url.pathname === '/revive') return revive(request, response);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return refuse(response, 405, 'Only reading is possible here.');
    if (url.pathname === '/diagnostics') return diagnostics(request, response);
    const file = await readStaticFile(options.pageFolder, url.pathname);
    if (!file) return refuse(response, 404, 'There is no such page.');
    response.writeHead(200, { 'content-type': file.type, 'content-length': file.body.byteLength });
    response.end(request.method === 'HEAD' ? undefined : file.body);
  }

  function diagnostics({ headers }: IncomingMessage, response: ServerResponse): void {
    // A browser sends no Origin with what our own page reads; one that is not ours is somebody else's.
    if (headers.origin !== undefined && !gate.isOurOrigin(headers))
      return refuse(response, 403, 'The diagnostics are for the page of MoE Lab alone.');
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
    response.end(options.diagnostics());
  }

  function revive({ method, headers }: IncomingMessage, response: ServerResponse): void {
    if (method !== 'POST') return refuse(response, 405, 'The engine is started again by POST.');
    if (!gate.isOurOrigin(headers))
      return refuse(response, 403, 'The engine is started again by the page of MoE Lab alone.');
    options.revive();
    response.writeHead(204).end();
  }

  async function upload(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    if (request.method !== 'POST') return refuse(response, 405, 'Files are sent here by POST.');
    if (!gate.isOurOrigin(request.headers))
      return refuse(response, 403, 'Files are received from the page of MoE Lab alone.');
    const received = await receiveUpload(request, url.searchParams.get('name') ?? '', options.uploadFolder);
    const result: Result<Grant> = received.ok ? { ok: true, value: options.grant(received.value) } : received;
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(result));
  }

  return (request, response) => {
    response.on('finish', () => {
      if (response.statusCode >= 400 && response.statusCode !== 404)
        options.log.warn('refused a request', { status: response.statusCode });
    });
    handle(request, response).catch((error: unknown) => {
      console.error(error);
      options.log.error('a request failed', error);
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'MoE Lab met an error of its own; the terminal says more.');
    });
  };
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  // The rest of a refused upload is not read.
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end(`${sentence}\n`);
}
