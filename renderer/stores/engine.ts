import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { MethodInfo, SampleInfo } from '../../core/protocol';
import type { AppError } from '../../core/result';
import { useCore } from '../core';

/** What the core says of itself: its version, methods and samples, its memory and whether it had to be started again. */
export const useEngine = defineStore('engine', () => {
  const core = useCore();
  const version = ref<string | null>(null);
  const workers = ref(0);
  const methods = shallowRef<readonly MethodInfo[]>([]);
  const samples = shallowRef<readonly SampleInfo[]>([]);
  /** Bytes, or null before the first answer. */
  const memory = ref<number | null>(null);
  /** Bytes that fits may use, where the user has chosen; null: as the core finds right. */
  const memoryLimit = ref<number | null>(null);
  /** Bytes that it found right before that. */
  const usualLimit = ref<number | null>(null);
  const error = shallowRef<AppError | null>(null);
  /** Restarts the user has not yet taken note of. */
  const unseenRestarts = ref(0);

  const status = computed(() => core.status.value);
  /** It was there, is gone, and has been asked for again. */
  const reviving = computed(() => status.value.state === 'starting' && version.value !== null);
  const available = computed(() => version.value !== null && status.value.state !== 'gone');

  async function hello(): Promise<void> {
    const reply = await core.send('engine/hello', {});
    if (!reply.ok) {
      error.value = reply.error;
      return;
    }
    error.value = null;
    version.value = reply.value.version;
    workers.value = reply.value.workers;
    methods.value = reply.value.methods;
    samples.value = reply.value.samples;
  }

  async function refreshMemory(): Promise<void> {
    if (status.value.state === 'restarting' || status.value.state === 'gone') return;
    const reply = await core.send('engine/memory', {});
    if (reply.ok) memory.value = reply.value.bytes;
  }

  async function limitMemory(bytes: number): Promise<void> {
    if (usualLimit.value === null) {
      const before = await core.send('engine/limit', { bytes: null });
      if (before.ok) usualLimit.value = before.value.bytes;
    }
    const reply = await core.send('engine/limit', { bytes });
    if (reply.ok) memoryLimit.value = reply.value.bytes;
  }

  /** An engine that was started again knows nothing of what was chosen. */
  const limitAgain = (): void => {
    if (memoryLimit.value !== null) void limitMemory(memoryLimit.value);
  };

  const noteRestart = (): void => void unseenRestarts.value++;
  const dismissRestart = (): void => void (unseenRestarts.value = 0);

  return {
    version,
    workers,
    methods,
    samples,
    memory,
    memoryLimit,
    usualLimit,
    limitMemory,
    limitAgain,
    error,
    status,
    reviving,
    available,
    unseenRestarts,
    hello,
    refreshMemory,
    noteRestart,
    dismissRestart,
  };
});
