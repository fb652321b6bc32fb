import { request, type IncomingHttpHeaders } from 'node:http';
import { WebSocket } from 'ws';
import { decode } from '../../../core/codec';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Question {
  readonly headers: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly body?: string;
}

/** Node's own request: unlike fetch it sends the path, the Host and the Origin as they are given. */
export function ask(port: number, path: string, { headers, method = 'GET', body = '' }: Question): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, headers, method, setHost: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    asked.on('error', reject).end(body);
  });
}

export interface Client {
  readonly socket: WebSocket;
  /** Everything it has been told so far. */
  readonly heard: unknown[];
}

/** A connected client; rejects when the connection is refused. */
export async function connect(port: number, path: string, headers: Readonly<Record<string, string>>): Promise<Client> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
  const heard: unknown[] = [];
  socket.on('message', (data: Buffer) => {
    const message = decode(data);
    heard.push(message.ok ? message.value : message.error);
  });
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  return { socket, heard };
}
