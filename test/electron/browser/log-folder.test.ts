import { expect, test } from 'vitest';
import { logFolder } from '../../../electron/browser/log-folder';

test.skipIf(process.platform === 'win32').each<[NodeJS.Platform, NodeJS.ProcessEnv, string]>([
  ['linux', {}, '/home/jane/.local/state/moe-lab'],
  ['linux', { XDG_STATE_HOME: '/state' }, '/state/moe-lab'],
  ['linux', { XDG_STATE_HOME: 'relative' }, '/home/jane/.local/state/moe-lab'],
  ['darwin', { XDG_STATE_HOME: '/state' }, '/home/jane/Library/Logs/moe-lab'],
  ['win32', { LOCALAPPDATA: '/local' }, '/local/moe-lab/logs'],
  ['win32', {}, '/home/jane/AppData/Local/moe-lab/logs'],
])('on %s with %j the log is in %s', (platform, env, folder) => {
  expect(logFolder(platform, env, '/home/jane')).toBe(folder);
});
