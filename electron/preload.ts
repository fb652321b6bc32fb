/** The only way from the page to Electron: a handful of functions, each with its own message. Runs sandboxed, built to one file. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { RecentFile } from '../core/bridge';
import type { Grant, HostStatus } from '../core/protocol';
import { channels, PORT_MESSAGE, type DesktopBridge } from './bridge';

// A port cannot cross the context bridge, but it can travel with a window message. To this page alone.
ipcRenderer.on(channels.port, (event) => window.postMessage(PORT_MESSAGE, window.location.origin, event.ports));

const bridge: DesktopBridge = {
  connect: () => ipcRenderer.send(channels.connect),
  onStatus: (listener) => void ipcRenderer.on(channels.status, (_, status: HostStatus) => listener(status)),
  onOpen: (listener) => void ipcRenderer.on(channels.open, (_, file: Grant) => listener(file)),
  onCommand: (listener) => void ipcRenderer.on(channels.command, (_, id: string) => listener(id)),
  onRecent: (listener) => void ipcRenderer.on(channels.recent, (_, files: readonly RecentFile[]) => listener(files)),
  openFile: () => ipcRenderer.invoke(channels.chooseFile),
  grantFile: (file) => ipcRenderer.invoke(channels.grantPath, webUtils.getPathForFile(file)),
  saveFiles: (files) => ipcRenderer.invoke(channels.saveFiles, files),
  saveProject: (file, place) => ipcRenderer.invoke(channels.saveProject, file, place),
  openRecent: (id) => ipcRenderer.invoke(channels.openRecent, id),
  forgetRecent: (id) => ipcRenderer.send(channels.forgetRecent, id),
  showState: (state) => ipcRenderer.send(channels.showState, state),
  newWindow: () => ipcRenderer.send(channels.newWindow),
  revive: () => ipcRenderer.send(channels.revive),
  diagnostics: () => ipcRenderer.invoke(channels.diagnostics),
};

contextBridge.exposeInMainWorld('moeLab', bridge);
