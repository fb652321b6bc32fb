import { isAbsolute, join } from 'node:path';

/** Where programs of this user keep what they write about themselves, each system's own place. */
export function logFolder(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string): string {
  if (platform === 'darwin') return join(home, 'Library', 'Logs', 'moe-lab');
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'moe-lab', 'logs');
  const state = env.XDG_STATE_HOME;
  // The specification has relative paths ignored.
  return join(state !== undefined && isAbsolute(state) ? state : join(home, '.local', 'state'), 'moe-lab');
}
