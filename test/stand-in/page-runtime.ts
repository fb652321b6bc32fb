import { readFileSync } from 'node:fs';

/** The built script that is put into every document: it defines `standInPage`. */
export const pageRuntime = (): string => readFileSync(new URL('page.js', import.meta.url), 'utf8');
