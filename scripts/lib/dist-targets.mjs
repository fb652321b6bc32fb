/** What can be packaged, and what each kind of package asks of the computer that makes it. */
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * `system` is electron-builder's word; `tool` what it downloads for this kind; `program` what it needs on the PATH elsewhere than on
 * `host`; `instead` what makes the tool unnecessary.
 */
export const TARGETS = {
  AppImage: { system: 'linux', host: 'linux', on: 'Linux', tool: 'appimage' },
  deb: { system: 'linux', host: 'linux', on: 'Linux', tool: 'fpm', instead: 'fpm' },
  dmg: { system: 'mac', host: 'darwin', on: 'macOS', tool: 'dmg-builder' },
  nsis: { system: 'win', host: 'win32', on: 'Windows', tool: 'nsis', program: 'wine' },
};

/**
 * What keeps a kind of package from being made here: two sentences, why and what to do; null when nothing does.
 *
 * @param {keyof typeof TARGETS} name
 * @param {{ platform: string, online: boolean, has: (program: string) => boolean, cached: (tool: string) => boolean }} computer
 */
export function obstacle(name, { platform, online, has, cached }) {
  const { host, on, tool, instead, program } = TARGETS[name];
  if (platform !== host && !(program && has(program)))
    return `It is made on ${on}${program ? `, or where ${program} is installed` : ''}. Run \`npm run dist\` there.`;
  if (online || cached(tool) || (instead && has(instead))) return null;
  return `electron-builder's tool for it (${tool}) is not on this computer and github.com does not answer. Run this once with the network${instead ? `, or install ${instead}` : ''}.`;
}

/** Whether a program is on the PATH. */
export function hasProgram(name, env = process.env, platform = process.platform) {
  const names = platform === 'win32' ? [`${name}.exe`, `${name}.cmd`, `${name}.bat`] : [name];
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.some((folder) => names.some((file) => existsSync(join(folder, file))));
}

/** Whether electron-builder has fetched a tool before: a failed attempt leaves folders without files. */
export function hasTool(name, env = process.env, platform = process.platform) {
  const cache = toolCache(env, platform);
  if (!existsSync(cache)) return false;
  const folders = readdirSync(cache).filter((folder) => folder.startsWith(name));
  return folders.some((folder) =>
    readdirSync(join(cache, folder), { recursive: true, withFileTypes: true }).some((entry) => entry.isFile()),
  );
}

function toolCache(env, platform) {
  if (env.ELECTRON_BUILDER_CACHE) return env.ELECTRON_BUILDER_CACHE;
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? '', 'electron-builder/Cache');
  if (platform === 'darwin') return join(env.HOME ?? '', 'Library/Caches/electron-builder');
  return join(env.XDG_CACHE_HOME ?? join(env.HOME ?? '', '.cache'), 'electron-builder');
}
