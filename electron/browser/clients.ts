import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { decode, encode } from '../../core/codec';
import type { ClientMessage, ControlMessage, Grant, HostStatus } from '../../core/protocol';
import type { Gate } from './gate';

/** What the page connects to. */
export const CHANNEL_PATH = '/channel';
/** Requests are small; results are large, and go the other way. */
const LARGEST_REQUEST_BYTES = 64 * 1024 * 1024;

export interface ClientsOptions {
  readonly server: Server;
  readonly gate: Gate;
  /** Says it to the core, now or when one is ready. */
  send(message: ControlMessage): void;
  status(): HostStatus;
  /** A client came while no core was left: try again. */
  revive(): void;
  /** The file named on the command line, for every page that opens. */
  readonly file: Grant | null;
}

export interface Clients {
  /** Opens every client to a core that has become ready. */
  openAll(): void;
  tell(client: number, message: unknown): void;
  tellAll(message: ClientMessage): void;
  close(): void;
}

/** Pages connected over WebSockets; each is a client of the core under a number of its own. */
export function acceptClients(options: ClientsOptions): Clients {
  const sockets = new Map<number, WebSocket>();
  const acceptor = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: LARGEST_REQUEST_BYTES });
  let count = 0;

  options.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!mayConnect(request, options.gate)) return refuse(socket);
    acceptor.handleUpgrade(request, socket, head, connect);
  });

  function connect(socket: WebSocket): void {
    count += 1;
    const client = count;
    sockets.set(client, socket);
    if (options.status().state === 'gone') options.revive();
    const status = options.status();
    if (status.state === 'ready') options.send({ type: 'client-open', client });
    socket.on('message', (data) => receive(client, socket, data as Buffer));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      sockets.delete(client);
      options.send({ type: 'client-close', client });
    });
    post(socket, { type: 'host', status });
    if (options.file) post(socket, { type: 'open', file: options.file });
  }

  function receive(client: number, socket: WebSocket, data: Buffer): void {
    const decoded = decode(data);
    // 1003: "unsupported data". Our page never sends a damaged frame, so this is not our page.
    if (!decoded.ok) socket.close(1003, 'unreadable message');
    else options.send({ type: 'client-message', client, message: decoded.value });
  }

  return {
    openAll: () => sockets.forEach((_, client) => options.send({ type: 'client-open', client })),
    tell(client, message) {
      const socket = sockets.get(client);
      if (socket) post(socket, message);
    },
    tellAll: (message) => sockets.forEach((socket) => post(socket, message)),
    close: () => sockets.forEach((socket) => socket.terminate()),
  };
}

/** Node leaves this socket to us: a peer that hangs up while it is refused would otherwise end the whole program. */
function refuse(socket: Duplex): void {
  socket.on('error', () => socket.destroy());
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', () => socket.destroy());
}

function mayConnect(request: IncomingMessage, gate: Gate): boolean {
  const { headers, url } = request;
  return url === CHANNEL_PATH && gate.isOurHost(headers) && gate.isOurOrigin(headers) && gate.hasCookie(headers);
}

const post = (socket: WebSocket, message: unknown) => socket.send(encode(message));
