/**
 * npm run dist: packages MoE Lab for the system it runs on, and says what it could not make and where that is made.
 *
 *   npm run dist -- [AppImage] [deb] [dmg] [nsis] [--dir] [--electron-dist folder] [--sizes]
 */
import { entry } from './lib/entry.mjs';

await entry(async () => (await import('./lib/dist.mjs')).dist);
