import type { HostBridge } from '../../core/bridge';
import type { DesktopBridge } from '../../electron/bridge';
import { browserHost } from './browser';
import { electronHost } from './electron';

/** The program this page runs in. */
export function createHost(): HostBridge {
  const desktop = (window as Window & { moeLab?: DesktopBridge }).moeLab;
  return desktop ? electronHost(desktop) : browserHost();
}
