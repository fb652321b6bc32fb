/** The page's address and its files, over a scheme of our own: file:// would give the page more rights than it needs. */
import { protocol } from 'electron';
import { securityHeaders } from './csp';
import { PAGE_HOST, PAGE_SCHEME } from './page-address';
import { readStaticFile } from './static-files';

/** Must be called before Electron is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

export function servePage(folder: string): void {
  const headers = securityHeaders([]);
  protocol.handle(PAGE_SCHEME, async ({ url, method }) => {
    const { host, pathname } = new URL(url);
    const file = method === 'GET' && host === PAGE_HOST ? await readStaticFile(folder, pathname) : null;
    if (!file) return new Response('There is no such page.', { status: 404, headers });
    return new Response(file.body, { headers: { ...headers, 'content-type': file.type } });
  });
}
