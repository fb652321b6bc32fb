import { createPinia, setActivePinia } from 'pinia';
import { createApp, nextTick } from 'vue';
import type { HostBridge, SaveFile } from '../../../core/bridge';
import { inMemoryChannel } from '../../../core/channel';
import type { TableInfo } from '../../../core/data/types';
import type {
  ClientMessage,
  EventData,
  EventName,
  Grant,
  HostStatus,
  MethodInfo,
  RequestMessage,
  RunProgress,
} from '../../../core/protocol';
import type { Result } from '../../../core/result';
import { coreKey, createCore } from '../../../renderer/core';
import { useData } from '../../../renderer/stores/data';
import { useEngine } from '../../../renderer/stores/engine';
import type { RunRequest } from '../../../renderer/stores/run';

/** Null: the core never answers. */
type Answer = (params: Record<string, unknown>) => Result<unknown> | null;

/** A page's stores against a scripted core: what it is asked is kept, what it says is said by the test. `host` does what the host would. */
export function scripted(answers: Record<string, Answer> = {}, host: Partial<HostBridge> = {}) {
  const [page, core] = inMemoryChannel<ClientMessage, RequestMessage>();
  const asked: { method: string; params: Record<string, unknown> }[] = [];
  const saved: SaveFile[][] = [];
  const refusal = { sentence: '' };
  core.onMessage((message) => {
    const params = message.params as Record<string, unknown>;
    asked.push({ method: message.method, params });
    const answer = answers[message.method] ?? (() => ({ ok: true, value: {} }));
    const result = answer(params);
    if (result) core.post({ type: 'reply', id: message.id, result });
  });
  const bridge: HostBridge = {
    host: 'browser',
    connect: async () => page,
    openFile: async () => null,
    grantFile: async () => ({ id: 'grant', name: 'file.csv', bytes: 1 }),
    saveFiles: async (files) => {
      if (refusal.sentence) throw new Error(refusal.sentence);
      saved.push([...files]);
      return true;
    },
    saveProject: async (file) => ({ place: 'place', name: file.name }),
    onRecent: () => undefined,
    openRecent: async () => ({ id: 'grant', name: 'file.csv', bytes: 1 }),
    forgetRecent: () => undefined,
    onCommand: () => undefined,
    showState: () => undefined,
    newWindow: () => undefined,
    revive: () => undefined,
    diagnostics: async () => '',
    ...host,
  };
  const app = createApp({});
  const pinia = createPinia();
  const provided = createCore(bridge, page);
  app.provide(coreKey, provided);
  app.use(pinia);
  setActivePinia(pinia);
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 5; i++) await new Promise((resolve) => setTimeout(resolve));
    await nextTick();
  };
  return {
    core: provided,
    asked,
    saved,
    settle,
    refuseToSave: (sentence: string): void => void (refusal.sentence = sentence),
    async say<E extends EventName>(event: E, data: EventData<E>): Promise<void> {
      core.post({ type: 'event', event, data });
      await settle();
    },
    /** For what must run where a component's setup would: inject() works there. */
    inApp: <T>(act: () => T): T => app.runWithContext(act),
    async open(file: Grant): Promise<void> {
      core.post({ type: 'open', file });
      await settle();
    },
    async host(status: HostStatus): Promise<void> {
      core.post({ type: 'host', status });
      await settle();
    },
  };
}

const column = (name: string, label: string, unit: string | null, suggestedRole: 'target' | 'feature') => ({
  index: 0,
  name,
  original: name,
  label,
  unit,
  type: 'number' as const,
  missing: 0,
  failed: 0,
  cells: { numbers: 100, texts: 0, missing: 0, failed: 0 },
  distinct: 90,
  summary: null,
  histogram: null,
  levels: null,
  notes: [],
  suggestedRole,
});

export const table: TableInfo = {
  tableId: 'table-1',
  file: { name: 'concrete.csv', bytes: 100, sha256: 'a'.repeat(64) },
  rows: 100,
  lines: 101,
  dialect: { encoding: 'utf-8', delimiter: ',', quote: '"', decimal: '.', header: true, skip: 0, missing: [''] },
  decisions: [],
  columns: [
    column('Age (day)', 'Age', 'day', 'feature'),
    column('Water', 'Water', null, 'feature'),
    column('Strength (MPa)', 'Strength', 'MPa', 'target'),
  ],
  rejected: { count: 0, first: [] },
  repaired: { count: 0, first: [] },
  proposals: [],
  warnings: [],
  failures: [],
  seconds: 0.1,
};

const method = (id: string, name: string): MethodInfo => ({
  id,
  name,
  summary: '',
  promise: '',
  assumes: [],
  whenNot: '',
  source: '',
  options: [],
});

/** The table is open and the core has named its methods. */
export function opened(info: TableInfo = table): void {
  useData().table = info;
  useEngine().methods = [method('joint-em', 'Joint EM'), method('ols', 'Least squares')];
}

export const request = (id = 'joint-em', seed = 1): RunRequest => ({
  design: {
    target: 'Strength (MPa)',
    features: ['Age (day)', 'Water'],
    gateFeatures: null,
    types: {},
    preprocess: 'standardise',
    output: 'auto',
    intercept: true,
    split: { kind: 'fraction', fraction: 0.2, seed: 1 },
  },
  fit: {
    method: id,
    experts: 2,
    activation: 'linear',
    seed,
    restarts: 10,
    noise: null,
    polish: null,
    maxIterations: 500,
    tolerance: 1e-6,
    timeLimit: null,
    options: {},
  },
});

/** Progress of one start with points at these iterations. */
export function progress(
  runId: string,
  iterations: readonly number[],
  change: { replace?: boolean; termination?: string | null; fraction?: number } = {},
): RunProgress {
  return {
    runId,
    state: 'running',
    starts: [
      {
        index: 0,
        label: 'random 1',
        state: change.termination ? 'ended' : 'running',
        stage: 'em',
        termination: change.termination ?? null,
        best: true,
      },
    ],
    curves: [
      {
        start: 0,
        replace: change.replace ?? false,
        points: iterations.map((iteration) => ({
          iteration,
          seconds: iteration / 10,
          stage: 'em',
          logLikelihood: -4 + iteration / 100,
          objective: null,
          parameterChange: null,
          trainRmse: 8 - iteration / 100,
          testRmse: 9 - iteration / 100,
          kl: null,
        })),
        stages: [{ iteration: 0, seconds: 0, label: 'EM begins' }],
      },
    ],
    elapsed: 1.5,
    fraction: change.fraction ?? 0.3,
  };
}
