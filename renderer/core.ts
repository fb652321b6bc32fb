import { inject, readonly, shallowRef } from 'vue';
import type { InjectionKey, Ref } from 'vue';
import type { HostBridge } from '../core/bridge';
import type { Channel } from '../core/channel';
import type {
  ClientMessage,
  EventData,
  EventName,
  Grant,
  HostStatus,
  Method,
  Params,
  Reply,
  RequestMessage,
} from '../core/protocol';
import type { Result } from '../core/result';

type Unsubscribe = () => void;

/** The core and the host as the page sees them. Nothing else in the page talks to the bridge. */
export interface Core {
  readonly host: HostBridge['host'];
  /** The host's latest word about the core's process. */
  readonly status: Readonly<Ref<HostStatus>>;
  send<M extends Method>(method: M, params: Params<M>): Promise<Result<Reply<M>>>;
  on<E extends EventName>(event: E, listener: (data: EventData<E>) => void): Unsubscribe;
  /** The user opened a file outside the page: command line, menu, operating system. */
  onOpen(listener: (file: Grant) => void): Unsubscribe;
  onStatus(listener: (status: HostStatus) => void): Unsubscribe;
  /** The native menu, in hosts that have one. */
  onCommand(listener: (id: string) => void): Unsubscribe;
  openFile: HostBridge['openFile'];
  grantFile: HostBridge['grantFile'];
  saveFiles: HostBridge['saveFiles'];
  saveProject: HostBridge['saveProject'];
  onRecent: HostBridge['onRecent'];
  openRecent: HostBridge['openRecent'];
  forgetRecent: HostBridge['forgetRecent'];
  showState: HostBridge['showState'];
  newWindow: HostBridge['newWindow'];
  revive: HostBridge['revive'];
  diagnostics: HostBridge['diagnostics'];
}

export const coreKey: InjectionKey<Core> = Symbol('core');

/** The core of this application; in components and in stores. */
export function useCore(): Core {
  const core = inject(coreKey);
  if (!core) throw new Error('useCore() outside an application that provides the core');
  return core;
}

/** Connects to the core once; the channel outlives restarts of the core's process. */
export async function connectCore(bridge: HostBridge): Promise<Core> {
  return createCore(bridge, await bridge.connect());
}

export function createCore(bridge: HostBridge, channel: Channel<ClientMessage, RequestMessage>): Core {
  const status = shallowRef<HostStatus>({ state: 'starting' });
  const pending = new Map<number, (result: Result<unknown>) => void>();
  /** Requests made while there is no core, for the next one. */
  const held: RequestMessage[] = [];
  const events = listeners<EventName, unknown>();
  const opened = listeners<'open', Grant>();
  const statuses = listeners<'status', HostStatus>();
  const menu = listeners<'command', string>();
  const counter = { next: 1 };

  const lost = (message: string): Result<unknown> => ({ ok: false, error: { code: 'engine/lost', message } });

  /** What was asked of a core that is gone is answered here, since nobody else can. */
  function failPending(message: string): void {
    const waiting = [...pending.values()];
    pending.clear();
    waiting.forEach((resolve) => resolve(lost(message)));
  }

  function onStatus(next: HostStatus): void {
    status.value = next;
    if (next.state === 'restarting') {
      failPending(
        'The engine stopped before it could answer; it is being started again, so try once more in a moment.',
      );
    } else if (next.state === 'gone') {
      held.splice(0);
      failPending(sentenceOf(next));
    } else if (next.state === 'ready') {
      held.splice(0).forEach((request) => channel.post(request));
    }
    statuses.tell('status', next);
  }

  channel.onMessage((message) => {
    switch (message.type) {
      case 'reply': {
        pending.get(message.id)?.(message.result);
        pending.delete(message.id);
        break;
      }
      case 'event':
        return events.tell(message.event, message.data);
      case 'host':
        return onStatus(message.status);
      case 'open':
        return opened.tell('open', message.file);
    }
  });
  // A host that ends may have said so already, with a better reason.
  channel.onClose(() => {
    if (status.value.state !== 'gone')
      onStatus({ state: 'gone', cause: 'disconnected', reason: 'the connection to the program was closed' });
  });
  bridge.onCommand((command) => menu.tell('command', command));

  return {
    host: bridge.host,
    status: readonly(status),
    send<M extends Method>(method: M, params: Params<M>): Promise<Result<Reply<M>>> {
      if (status.value.state === 'gone') return Promise.resolve(lost(sentenceOf(status.value)) as Result<Reply<M>>);
      const request: RequestMessage = { type: 'request', id: counter.next++, method, params };
      return new Promise((resolve) => {
        pending.set(request.id, resolve as (result: Result<unknown>) => void);
        if (status.value.state === 'restarting') held.push(request);
        else channel.post(request);
      });
    },
    on: (event, listener) => events.add(event, listener as (data: unknown) => void),
    onOpen: (listener) => opened.add('open', listener),
    onStatus: (listener) => statuses.add('status', listener),
    onCommand: (listener) => menu.add('command', listener),
    openFile: (onProgress) => bridge.openFile(onProgress),
    grantFile: (file, onProgress) => bridge.grantFile(file, onProgress),
    saveFiles: (files) => bridge.saveFiles(files),
    saveProject: (file, place) => bridge.saveProject(file, place),
    onRecent: (listener) => bridge.onRecent(listener),
    openRecent: (id) => bridge.openRecent(id),
    forgetRecent: (id) => bridge.forgetRecent(id),
    showState: (state) => bridge.showState(state),
    newWindow: () => bridge.newWindow(),
    revive: () => bridge.revive(),
    diagnostics: () => bridge.diagnostics(),
  };
}

const goneSentence = 'The engine has stopped; start it again from the notice above the work.';
const endedSentence = 'MoE Lab has ended in the terminal; start it there again and open the new address.';

const sentenceOf = ({ cause }: Extract<HostStatus, { state: 'gone' }>): string =>
  cause === 'disconnected' ? endedSentence : goneSentence;

function listeners<Name extends string, Data>() {
  const sets = new Map<Name, Set<(data: Data) => void>>();
  return {
    add(name: Name, listener: (data: Data) => void): Unsubscribe {
      const set = sets.get(name) ?? new Set();
      sets.set(name, set.add(listener));
      return () => void set.delete(listener);
    },
    tell: (name: Name, data: Data): void => [...(sets.get(name) ?? [])].forEach((listener) => listener(data)),
  };
}
