import { toElectron } from './addresses';

export interface FrameInfo {
  readonly id: string;
  readonly parentId?: string;
  readonly url: string;
  readonly name?: string;
}

/** Electron's WebFrameMain: one frame of a page, the same object as long as the frame is there. */
export interface Frame {
  readonly url: string;
  readonly origin: string;
  readonly name: string;
  readonly parent: Frame | null;
  readonly top: Frame | null;
  readonly frames: readonly Frame[];
  readonly routingId: number;
  readonly frameTreeNodeId: number;
  readonly processId: number;
  readonly detached: boolean;
  isDestroyed(): boolean;
}

/** The frames of one page by Chromium's ids. */
export function frameTree() {
  const frames = new Map<string, { frame: Frame; info: FrameInfo }>();
  let next = 1;

  const infoOf = (id: string) => frames.get(id)?.info;

  function make(id: string): Frame {
    const routingId = next++;
    const parentId = () => infoOf(id)?.parentId;
    return {
      get url() {
        return toElectron(infoOf(id)?.url ?? '');
      },
      get origin() {
        const { protocol, host } = new URL(this.url || 'about:blank');
        return host ? `${protocol}//${host}` : 'null';
      },
      get name() {
        return infoOf(id)?.name ?? '';
      },
      get parent() {
        return frames.get(parentId() ?? '')?.frame ?? null;
      },
      get top() {
        return this.parent ? this.parent.top : this;
      },
      get frames() {
        return [...frames.values()].filter(({ info }) => info.parentId === id).map(({ frame }) => frame);
      },
      get detached() {
        return !frames.has(id);
      },
      isDestroyed: () => !frames.has(id),
      routingId,
      frameTreeNodeId: routingId,
      processId: 1,
    };
  }

  return {
    /** Makes or changes a frame. */
    put(info: FrameInfo): void {
      frames.set(info.id, { frame: frames.get(info.id)?.frame ?? make(info.id), info });
    },
    move(id: string, url: string): void {
      const known = frames.get(id);
      if (known) frames.set(id, { ...known, info: { ...known.info, url } });
    },
    remove: (id: string) => void frames.delete(id),
    get: (id: string): Frame | null => frames.get(id)?.frame ?? null,
  };
}
