import type { HostBridge, SaveFile } from '../../core/bridge';
import { inbox, type Channel } from '../../core/channel';
import { decode, encode } from '../../core/codec';
import type { ClientMessage, Grant, RequestMessage } from '../../core/protocol';
import type { Result } from '../../core/result';

/** How long a download's content is kept: the browser reads it at once, unless it first asks where to put it. */
const KEEP_DOWNLOAD_MS = 60_000;

/** The page in a browser: the core at the other end of a WebSocket, files by upload and download. */
export function browserHost(): HostBridge {
  return {
    host: 'browser',
    connect,
    async openFile(onProgress = () => undefined) {
      const file = await chooseFile();
      if (!file) return null;
      onProgress(0);
      return upload(file, onProgress);
    },
    grantFile: upload,
    saveFiles(files) {
      files.forEach(download);
      return Promise.resolve(true);
    },
    saveProject(file) {
      download(file);
      return Promise.resolve({ place: DOWNLOADED, name: file.name });
    },
    // Files come by upload: there is nothing on this computer to come back to.
    onRecent: () => undefined,
    openRecent: () => Promise.reject(new Error('In a browser, open the file again from its folder.')),
    forgetRecent: () => undefined,
    onCommand: () => undefined,
    showState: () => undefined,
    newWindow: () => void window.open(window.location.origin, '_blank', 'noopener'),
    // A program that does not answer has ended, which the channel says.
    revive: () => void fetch('/revive', { method: 'POST' }).catch(() => undefined),
    diagnostics,
  };
}

/** A download has no place to be saved at again: each save is one more. */
const DOWNLOADED = 'download';

async function diagnostics(): Promise<string> {
  const response = await fetch('/diagnostics');
  if (!response.ok) throw new Error(`MoE Lab in the terminal does not answer (status ${response.status}).`);
  return response.text();
}

type CoreChannel = Channel<ClientMessage, RequestMessage>;

function connect(): Promise<CoreChannel> {
  const socket = new WebSocket(`ws://${window.location.host}/channel`);
  socket.binaryType = 'arraybuffer';
  const received = inbox<ClientMessage>();
  const closed = inbox<void>();
  socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
    const decoded = decode(new Uint8Array(data));
    if (decoded.ok) received.deliver(decoded.value as ClientMessage);
    else socket.close();
  };
  const channel: CoreChannel = {
    post: (message) => void (socket.readyState === WebSocket.OPEN && socket.send(encode(message))),
    onMessage: received.listen,
    onClose: closed.listen,
    close: () => socket.close(),
  };
  return new Promise((resolve, reject) => {
    socket.onopen = () => resolve(channel);
    socket.onclose = () => {
      reject(new Error('MoE Lab does not answer: start it again in the terminal and open the new address.'));
      received.deliver({
        type: 'host',
        status: { state: 'gone', cause: 'disconnected', reason: 'the program in the terminal has ended' },
      });
      closed.deliver();
    };
  });
}

/** The browser's own dialog. Null when the user closes it without a choice. */
function chooseFile(): Promise<File | null> {
  const input = document.createElement('input');
  input.type = 'file';
  return new Promise((resolve) => {
    input.onchange = () => resolve(input.files?.[0] ?? null);
    input.oncancel = () => resolve(null);
    input.click();
  });
}

/** Streams the file to the host. XMLHttpRequest, because fetch does not tell how far an upload is. */
function upload(file: File, onProgress: (fraction: number) => void): Promise<Grant> {
  const request = new XMLHttpRequest();
  request.open('POST', `/upload?name=${encodeURIComponent(file.name)}`);
  request.responseType = 'json';
  request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
  return new Promise((resolve, reject) => {
    request.onload = () => {
      const result = request.response as Result<Grant> | null;
      if (result?.ok) resolve(result.value);
      else
        reject(
          new Error(result?.error.message ?? `The file was not accepted (status ${request.status}); reload the page.`),
        );
    };
    request.onerror = () =>
      reject(
        new Error(
          `“${file.name}” could not be sent: it changed, cannot be read, or MoE Lab has ended in the terminal.`,
        ),
      );
    request.send(file);
  });
}

/** Never overwrites: a browser gives a second file of the same name a number. */
function download({ name, mime, content }: SaveFile): void {
  const part = typeof content === 'string' ? content : new Uint8Array(content);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([part], { type: mime }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEEP_DOWNLOAD_MS);
}
