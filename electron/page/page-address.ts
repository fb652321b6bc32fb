export const PAGE_SCHEME = 'app';
export const PAGE_HOST = 'bundle';
export const PAGE_URL = `${PAGE_SCHEME}://${PAGE_HOST}/`;

/** Sites the page links to. Everything else stays closed, whatever a page or a file may say. */
const OUTSIDE_HOSTS = [
  'arxiv.org',
  'proceedings.mlr.press',
  'archive.ics.uci.edu',
  'github.com',
  'creativecommons.org',
];

/** Whether the address is our page's. Scheme and host are compared: the origin of an unknown scheme is "null", equal for all. */
export function isOurPage(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host } = new URL(url);
  return protocol === `${PAGE_SCHEME}:` && host === PAGE_HOST;
}

/**
 * The address a link may open in the user's browser: https, a host of the list exactly, no user name and no port of its own. It is
 * given as it was understood here, so that what was checked is what opens. Null for every other.
 */
export function outsideAddress(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, host, username, password, href } = new URL(url);
  const isListed = protocol === 'https:' && OUTSIDE_HOSTS.includes(host) && !username && !password;
  return isListed ? href : null;
}
