/**
 * npm test: installs and builds what is missing, then checks (types, lint, format), unit tests and end-to-end tests. Ends with one
 * line that sums everything up. Parts can be named: npm test -- unit e2e
 */
import { entry } from './lib/entry.mjs';

await entry(async () => (await import('./lib/test.mjs')).testAll);
