/** Reads a trace of Chromium: what the page's main thread did, task by task. */

/** One turn of the page's event loop. */
export interface Task {
  /** Milliseconds by the clock, and of the processor alone. */
  readonly wall: number;
  readonly cpu: number;
  /** Where its time went, in words, when functions were sampled beside. */
  readonly parts: readonly string[];
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  /** Events about one profile have one id. */
  readonly id?: string;
  readonly args?: {
    readonly name?: string;
    readonly data?: ProfileData;
    readonly chrome_mojo_event_info?: { readonly mojo_interface_tag?: string };
  };
}

/** A part of a profile that was sampled beside the trace. */
interface ProfileData {
  readonly startTime?: number;
  readonly cpuProfile?: { readonly nodes?: readonly ProfileNode[]; readonly samples?: readonly number[] };
  /** Microseconds from sample to sample. */
  readonly timeDeltas?: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly parent?: number;
  readonly callFrame: { readonly functionName: string; readonly url?: string; readonly lineNumber?: number };
}

/** Tasks shorter than this are not taken to pieces, ms. */
const WORTH_IT = 10;
const PARTS = 24;

/** The tasks of the threads that run pages. */
export function tasksOf(trace: Buffer): Task[] {
  const { traceEvents: events } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const isMain = ({ name, args }: TraceEvent) => name === 'thread_name' && args?.name === 'CrRendererMain';
  const mains = new Set(events.filter(isMain).map(threadOf));
  const pages = new Set(events.filter(isMain).map(({ pid }) => pid));
  const stacks = sampledStacks(events.filter(({ pid }) => pages.has(pid)));
  const own = events.filter((event) => event.ph === 'X' && mains.has(threadOf(event)));
  // What the test itself asks of the page is none of the page's doing.
  const asked = own.filter(({ args }) => args?.chrome_mojo_event_info?.mojo_interface_tag?.includes('DevTools'));
  return own
    .filter(({ name }) => name === 'RunTask')
    .filter((task) => !asked.some(({ ts }) => ts >= task.ts && ts <= task.ts + (task.dur ?? 0)))
    .map(({ ts, dur = 0, tdur = 0 }) => ({
      wall: dur / 1000,
      cpu: tdur / 1000,
      parts: tdur < WORTH_IT * 1000 ? [] : functionsOf(stacks.filter(({ at }) => at >= ts && at <= ts + dur)),
    }));
}

interface Stack {
  /** Microseconds, by the clock of the trace. */
  readonly at: number;
  readonly duration: number;
  /** The functions that were running, the innermost first. */
  readonly functions: readonly string[];
}

function sampledStacks(events: readonly TraceEvent[]): Stack[] {
  const starts = new Map(
    events.filter(({ name }) => name === 'Profile').map((e) => [e.id, e.args?.data?.startTime ?? 0]),
  );
  return [...starts].flatMap(([id, start]) => {
    const nodes = new Map<number, ProfileNode>();
    const stacks: Stack[] = [];
    let at = start;
    for (const { args } of events.filter((event) => event.name === 'ProfileChunk' && event.id === id)) {
      args?.data?.cpuProfile?.nodes?.forEach((node) => nodes.set(node.id, node));
      args?.data?.cpuProfile?.samples?.forEach((sample, i) => {
        const duration = args.data?.timeDeltas?.[i] ?? 0;
        at += duration;
        stacks.push({ at, duration, functions: namesFrom(nodes, sample) });
      });
    }
    return stacks;
  });
}

function namesFrom(nodes: ReadonlyMap<number, ProfileNode>, sample: number): string[] {
  const names: string[] = [];
  for (let node = nodes.get(sample); node; node = nodes.get(node.parent ?? -1)) {
    const { functionName, url = '', lineNumber = 0 } = node.callFrame;
    names.push(`${functionName || '(no name)'} ${url.split('/').at(-1)}:${lineNumber + 1}`);
  }
  return names;
}

/** Where the time of a task went, by function: alone, and with all that it called. */
function functionsOf(stacks: readonly Stack[]): string[] {
  const alone = new Map<string, number>();
  const whole = new Map<string, number>();
  const add = (to: Map<string, number>, name: string, time: number) => to.set(name, (to.get(name) ?? 0) + time);
  for (const { functions, duration } of stacks) {
    if (functions.length) add(alone, functions[0], duration);
    new Set(functions).forEach((name) => add(whole, name, duration));
  }
  const longest = (of: Map<string, number>, kind: string) =>
    [...of]
      .sort((a, b) => b[1] - a[1])
      .slice(0, PARTS)
      .map(([name, time]) => `${(time / 1000).toFixed(1).padStart(7)} ms ${kind}  ${name}`);
  return [...longest(alone, 'alone'), ...longest(whole, 'whole')];
}

export const longestTask = (tasks: readonly Task[], by: 'wall' | 'cpu'): Task | null =>
  tasks.reduce<Task | null>((longest, task) => (longest && longest[by] >= task[by] ? longest : task), null);
