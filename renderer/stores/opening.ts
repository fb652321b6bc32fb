import { computed, ref, shallowRef } from 'vue';
import type { RecentFile } from '../../core/bridge';
import type { DialectChoice } from '../../core/data/types';
import type { FileSource, Grant, Reply, SampleInfo } from '../../core/protocol';
import type { AppError, Result } from '../../core/result';
import type { Core } from '../core';

/** A file on its way to being a table. `fraction` is null while it is not known how far it is. */
export interface Opening {
  readonly name: string;
  readonly bytes: number | null;
  readonly step: 'upload' | 'read';
  readonly fraction: number | null;
}

export interface OpenFailure {
  readonly name: string;
  readonly error: AppError;
}

/** What was opened, so that it can be read again: with another dialect, or by an engine that was started again. */
export interface Opened {
  readonly source: FileSource;
  readonly name: string;
  readonly sample: SampleInfo | null;
}

/** Who works on the table that is read. */
export interface Reader {
  /** A table is there: true when it took the place of the one before. */
  take(read: Reply<'data/open'>, next: Opened, dialect: DialectChoice): Promise<boolean>;
  /** How the table that is shown was asked to be read, and the bytes of its file. */
  shown(): { readonly dialect: DialectChoice; readonly bytes: number | null };
}

/** The way from a file to a table, one at a time: what is on its way, what went wrong, and what to read again when the engine is back. */
export function useOpening(core: Core, reader: Reader) {
  const opened = shallowRef<Opened | null>(null);
  const opening = shallowRef<Opening | null>(null);
  const failure = shallowRef<OpenFailure | null>(null);
  const attempt = ref(0);
  /** The engine that held the table is gone and the next one has not read it yet. */
  const stale = ref(false);
  /** The engine has no table to work on yet: one is being read, or will be when it is back. */
  const reading = computed(() => stale.value || opening.value?.step === 'read');

  /** Reads a source as the table to work on; the former table stays until this one is there. */
  async function read(next: Opened, dialect: DialectChoice, bytes: number | null): Promise<boolean> {
    const mine = ++attempt.value;
    opening.value = { name: next.name, bytes, step: 'read', fraction: null };
    failure.value = null;
    const reply = await ask(next.source, dialect);
    if (mine !== attempt.value) {
      // Given up meanwhile: nobody will look at this table.
      if (reply.ok) void core.send('data/close', { tableId: reply.value.tableId });
      return false;
    }
    opening.value = null;
    if (!reply.ok) failure.value = { name: next.name, error: reply.error };
    return (reply.ok && (await reader.take(reply.value, next, dialect))) || readStale();
  }

  /** Once nothing else is on its way: the table that is shown, by the engine that was started again. */
  async function readStale(): Promise<false> {
    if (!stale.value || opening.value || !opened.value) return false;
    stale.value = false;
    // Another file may have failed meanwhile, which the user has yet to see.
    const shown = failure.value;
    if (await readAs(reader.shown().dialect)) failure.value = shown;
    return false;
  }

  /** A file whose engine ended while it was read is read once more by the next one; a second time it may be the file's doing. */
  async function ask(source: FileSource, dialect: DialectChoice): Promise<Result<Reply<'data/open'>>> {
    const reply = await core.send('data/open', { source, dialect });
    const lost = !reply.ok && reply.error.code === 'engine/lost' && core.status.value.state !== 'gone';
    return lost ? core.send('data/open', { source, dialect }) : reply;
  }

  const openGrant = (grant: Grant): Promise<boolean> =>
    read({ source: { kind: 'grant', id: grant.id }, name: grant.name, sample: null }, {}, grant.bytes);

  const openSample = (sample: SampleInfo): Promise<boolean> =>
    read({ source: { kind: 'sample', id: sample.id }, name: sample.name, sample }, {}, null);

  /**
   * Has the host grant a file, which in a browser means an upload, and reads it. Only a file that is there takes the place of one
   * on its way: a dialog that is opened and closed again changes nothing.
   */
  async function obtain(
    name: string,
    bytes: number | null,
    grant: (onProgress: (fraction: number) => void) => Promise<Grant | null>,
  ): Promise<boolean> {
    const own: { attempt: number | null } = { attempt: null };
    const isLatest = (): boolean => (own.attempt ??= ++attempt.value) === attempt.value;
    const show = (fraction: number): void => {
      if (isLatest()) opening.value = { name, bytes, step: 'upload', fraction };
    };
    try {
      const granted = await grant(show);
      return granted !== null && isLatest() && (await openGrant(granted));
    } catch (error) {
      if (!isLatest()) return false;
      opening.value = null;
      failure.value = { name, error: hostError(error) };
      return readStale();
    }
  }

  /** A file dropped on the window. */
  const openFile = (file: File): Promise<boolean> =>
    obtain(file.name, file.size, (onProgress) => {
      onProgress(0);
      return core.grantFile(file, onProgress);
    });

  const chooseFile = (): Promise<boolean> => obtain('the file', null, (onProgress) => core.openFile(onProgress));

  /** A file that was opened before, where the host still finds it. */
  const openRecent = (file: RecentFile): Promise<boolean> => obtain(file.name, null, () => core.openRecent(file.id));

  /** Reads the file again with these decisions made by hand. */
  async function readAs(dialect: DialectChoice): Promise<boolean> {
    return opened.value !== null && read(opened.value, dialect, reader.shown().bytes);
  }

  /** After the engine was started again: the same file, read the same way; what the user is opening just now comes first. */
  async function reopen(): Promise<void> {
    stale.value = true;
    await readStale();
  }

  function cancelOpening(): void {
    attempt.value++;
    opening.value = null;
    void readStale();
  }

  function accepted(next: Opened): void {
    stale.value = false;
    opened.value = next;
  }

  return {
    opened,
    opening,
    failure,
    stale,
    reading,
    openGrant,
    openSample,
    openFile,
    chooseFile,
    openRecent,
    readAs,
    reopen,
    cancelOpening,
    dismissFailure: (): void => void (failure.value = null),
    /** What was read is the table that is shown now. */
    accepted,
  };
}

/** Hosts reject with a sentence of their own. */
const hostError = (error: unknown): AppError => ({
  code: 'host/refused',
  message: error instanceof Error ? error.message : String(error),
});
