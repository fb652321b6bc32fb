// eslint-disable-next-line @typescript-eslint/no-require-imports -- a sandboxed preload can do no other
const { contextBridge, ipcRenderer, webUtils } = require('electron');

globalThis.said = 'the preload was here';
ipcRenderer.on('port', (event) => window.postMessage('port', '*', event.ports));
contextBridge.exposeInMainWorld('bare', {
  numbers: (values) => values.map((value) => value + 1),
  later: (value) => Promise.resolve({ value }),
  fails: () => {
    throw new Error('as it must');
  },
  listen: (listener) => void ipcRenderer.on('word', (_, ...words) => listener(...words)),
  ask: (...args) => ipcRenderer.invoke('ask', ...args),
  tell: (...args) => ipcRenderer.send('tell', ...args),
  pathOf: (file) => webUtils.getPathForFile(file),
});
