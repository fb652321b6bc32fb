import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { Emit } from '../../../core/client-connection';
import type { DesignRecipe, TableInfo } from '../../../core/data/types';
import { defaultFeatures } from '../../../core/data/roles';
import type { FitSpec, Reply, RunFinished, RunResult } from '../../../core/protocol';
import { createSession } from '../../../core/service/session';
import type { SavedRun, SavedWork } from '../../../core/store/work';
import { inlinePool } from '../../../core/work';

type Opened = Reply<'data/open'>;

/** A core with one client, as the page sees it: opens files, fits, packs projects. */
export function projectSession() {
  const folder = mkdtempSync(join(tmpdir(), 'moe-lab-store-'));
  const clock = () => Date.now() / 1000;
  const waiting = new Map<string, (end: RunFinished) => void>();
  const emit: Emit = (event, data) => {
    if (event === 'run/finished') waiting.get((data as RunFinished).runId)?.(data as RunFinished);
  };
  const grants = new Map<string, { name: string; path: string }>();
  const session = createSession(
    {
      grants,
      samples: { list: [], path: () => null },
      tempFolder: folder,
      pool: inlinePool(clock),
      memory: { bytes: 1e9 },
      now: clock,
      log: (error) => console.error(error),
    },
    emit,
  );

  const grant = (name: string, content: string | Uint8Array): string => {
    const id = randomUUID();
    const path = join(folder, id);
    writeFileSync(path, content);
    grants.set(id, { name, path });
    return id;
  };
  const ask = (name: string, content: string | Uint8Array, dialect = {}) =>
    session.handlers['data/open']({ source: { kind: 'grant', id: grant(name, content) }, dialect });

  return {
    folder,
    session,
    ask,
    async open(name: string, content: string | Uint8Array, dialect = {}): Promise<Opened> {
      const opened = await ask(name, content, dialect);
      if (!opened.ok) throw new Error(opened.error.message);
      return opened.value;
    },
    async fit(table: TableInfo, design: DesignRecipe, fit: FitSpec, runId: string = randomUUID()): Promise<RunResult> {
      const ended = new Promise<RunFinished>((resolve) => waiting.set(runId, resolve));
      const started = await session.handlers['fit/start']({ runId, tableId: table.tableId, design, fit });
      if (!started.ok) throw new Error(started.error.message);
      const end = await ended;
      if (end.state !== 'done') throw new Error(JSON.stringify(end));
      return end.result;
    },
    async pack(table: TableInfo, work: SavedWork): Promise<Uint8Array> {
      const packed = await session.handlers['project/pack']({ tableId: table.tableId, work });
      if (!packed.ok) throw new Error(packed.error.message);
      return packed.value.bytes;
    },
    page: (table: TableInfo, limit = 1000) =>
      session.handlers['data/page']({ tableId: table.tableId, offset: 0, limit, sort: null }),
    close() {
      session.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const fitOf = (changed: Partial<FitSpec> = {}): FitSpec => ({
  method: 'joint-em',
  experts: 2,
  activation: 'linear',
  seed: 1,
  restarts: 2,
  noise: null,
  polish: null,
  maxIterations: 50,
  tolerance: 1e-7,
  timeLimit: null,
  options: {},
  ...changed,
});

export const designOf = (table: TableInfo, target: string): DesignRecipe => ({
  target,
  features: defaultFeatures(table.columns, target),
  gateFeatures: null,
  types: {},
  preprocess: 'standardise',
  output: 'auto',
  intercept: true,
  split: { kind: 'fraction', fraction: 0.2, seed: 1 },
});

/** A finished run as the page keeps it. */
export function runOf(table: TableInfo, result: RunResult, changed: Partial<SavedRun> = {}): SavedRun {
  const { design, fit } = result.recipe;
  return {
    id: result.runId,
    number: 1,
    slot: 0,
    name: 'Joint EM',
    shown: true,
    request: { design, fit },
    table: {
      sha256: table.file.sha256,
      dialect: table.dialect,
      file: table.file.name,
      target: { label: design.target, unit: null },
      columns: table.columns.map(({ name, label, unit }) => [name, { label, unit }]),
      complete: false,
    },
    state: 'done',
    starts: [{ index: 0, label: 'random', state: 'ended', stage: 'em', termination: 'converged', best: true }],
    elapsed: 1.5,
    fraction: 1,
    startedAt: 1_790_000_000_000,
    endedAt: 1_790_000_001_500,
    result,
    error: null,
    curves: [
      {
        start: 0,
        sound: true,
        points: [
          {
            iteration: 0,
            seconds: 0.1,
            stage: 'em',
            logLikelihood: -0.1 - 0.2,
            objective: Number.NaN,
            parameterChange: Infinity,
            trainRmse: null,
            testRmse: 1 / 3,
            kl: -0,
          },
        ],
        stages: [{ iteration: 0, seconds: 0, label: 'EM' }],
      },
    ],
    ...changed,
  };
}

export function workOf(table: TableInfo, runs: SavedRun[] = [], changed: Partial<SavedWork> = {}): SavedWork {
  return {
    data: {
      roles: table.columns.map(({ name, suggestedRole }) => [name, suggestedRole]),
      types: [],
      preparation: { preprocess: 'standardise', output: 'auto', intercept: true, testFraction: 0.2 },
      seed: 1,
    },
    model: {
      settings: {
        experts: 2,
        activation: 'linear',
        restarts: 10,
        noise: null,
        polish: null,
        maxIterations: 1000,
        tolerance: 1e-7,
        timeLimit: null,
      },
      seedLocked: true,
      methods: ['joint-em', 'ols'],
      options: [['joint-em', 'gateRidge', 0.02]],
      startFrom: null,
    },
    runs,
    selectedRun: runs[0]?.id ?? null,
    shownResult: runs[0]?.id ?? null,
    experiments: [],
    ...changed,
  };
}
