/**
 * Who may talk to the browser host. It listens on this computer alone, but every page of every browser here can reach it too, and a
 * name of somebody else's can be made to point here (DNS rebinding). So: a secret token, shown once and kept in a cookie no script
 * can read; a Host header that is ours; and an Origin that is ours wherever something is changed.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export interface Gate {
  /** Good until the program ends; part of the address that is printed. */
  readonly token: string;
  /** A token for one use: a browser is started with it on its command line, which other users of the computer can read. */
  issueOnce(): string;
  /** Whether this token opens the door; a token for one use is used up. */
  admits(token: string): boolean;
  /** What a browser keeps after it showed the token. */
  readonly cookie: string;
  /** The request names this server by an address that only this computer answers to. */
  isOurHost(headers: IncomingHttpHeaders): boolean;
  /** The page that asks is ours; a request without an Origin is not from a page's script and is refused too. */
  isOurOrigin(headers: IncomingHttpHeaders): boolean;
  hasCookie(headers: IncomingHttpHeaders): boolean;
}

export function createGate(port: number, token = secret()): Gate {
  const once = new Set<string>();
  // Cookies do not distinguish ports: the name does, so that two running copies leave each other's alone.
  const cookieName = `moe-lab-${port}`;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  return {
    token,
    issueOnce() {
      const issued = secret();
      once.add(issued);
      return issued;
    },
    admits: (shown) => once.delete(shown) || isSame(shown, token),
    cookie: `${cookieName}=${token}; Path=/; HttpOnly; SameSite=Strict`,
    isOurHost: ({ host }) => host !== undefined && hosts.includes(host),
    isOurOrigin: ({ origin, host }) =>
      origin !== undefined && origin === `http://${host}` && hosts.includes(host as string),
    hasCookie: ({ cookie }) =>
      (cookie ?? '').split(';').some((pair) => {
        const [name, value = ''] = pair.trim().split('=');
        return name === cookieName && isSame(value, token);
      }),
  };
}

const secret = () => randomBytes(32).toString('base64url');

/** Compares without telling by the time it takes how much was right. */
function isSame(shown: string, expected: string): boolean {
  const a = Buffer.from(shown);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
