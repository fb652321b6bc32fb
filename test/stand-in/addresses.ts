/**
 * Chromium cannot be taught a scheme, so pages of `app://bundle/` are at `http://bundle.app.localhost/` for it: a secure context with
 * an origin of its own, like a standard and secure scheme of Electron. Everything that main sees has the scheme's own address.
 */
const INSIDE = /^http:\/\/([^/:?#]+)\.([a-z][a-z0-9+-]*)\.localhost(?=[/?#]|$)/;

/** Names of hosts that the stand-in answers for. */
export const OWN_HOSTS = '*.localhost';

export function toChromium(url: string, schemes: ReadonlySet<string>): string {
  const match = /^([a-z][a-z0-9+-]*):\/\/([^/?#]+)/i.exec(url);
  if (!match || !schemes.has(match[1].toLowerCase())) return url;
  return `http://${match[2]}.${match[1].toLowerCase()}.localhost${url.slice(match[0].length)}`;
}

export const toElectron = (url: string): string => url.replace(INSIDE, '$2://$1');
