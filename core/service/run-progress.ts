import { curve, type Curve } from '../fit/curve';
import type { Settings, Start, TerminationCode } from '../fit/method';
import { chooseBest } from '../fit/race';
import type { StageMark, StartResult, TracePoint } from '../fit/run';
import type { StartNews } from '../fit/task';
import type { CurveUpdate, RunProgress, StartState } from '../protocol';

interface Followed {
  readonly start: Start;
  readonly curve: Curve<TracePoint>;
  stages: StageMark[];
  state: StartState['state'];
  iterations: number;
  termination: TerminationCode | null;
  objective: number;
  /** Something a follower has not been told. */
  news: boolean;
  /** A follower has part of this curve; what it may have of another, from before the run was repeated, is not part of it. */
  told: boolean;
}

/** What is known of a run's starts while they go on, and what of it the page has not been told yet. */
export interface Progress {
  onStarts(starts: readonly Start[]): void;
  onNews(start: number, news: StartNews): void;
  onEnd(start: number, result: StartResult | null): void;
  /** The news since the last call, or null when there are none. */
  take(runId: string, elapsed: number): RunProgress | null;
}

export function followRun(settings: Pick<Settings, 'maxIterations'>): Progress {
  let followed: Followed[] = [];
  let changed = false;
  return {
    onStarts(starts) {
      changed = true;
      followed = starts.map((start) => ({
        start,
        curve: curve<TracePoint>(),
        stages: [],
        state: 'waiting',
        iterations: 0,
        termination: null,
        objective: Number.NEGATIVE_INFINITY,
        news: true,
        told: false,
      }));
    },
    onNews(index, { points, stages }) {
      const one = followed[index];
      for (const point of points) one.curve.add(point.iteration, point);
      const last = points.at(-1);
      if (last) {
        one.iterations = last.iteration;
        one.objective = last.objective ?? one.objective;
      }
      one.stages = [...one.stages, ...stages];
      one.state = 'running';
      one.news = changed = true;
    },
    onEnd(index, result) {
      const one = followed[index];
      one.state = 'ended';
      one.termination = result?.termination ?? null;
      // Without a result there are no parameters to keep, however high its curve had come.
      one.objective = result?.objective ?? Number.NEGATIVE_INFINITY;
      one.news = changed = true;
    },
    take(runId, elapsed) {
      if (!changed) return null;
      changed = false;
      const best = chooseBest(followed);
      const curves = followed.flatMap((one, index) => (one.news ? [update(one, index)] : []));
      return {
        runId,
        state: followed.some((one) => one.state !== 'waiting') ? 'running' : 'queued',
        starts: followed.map((one, index) => startState(one, index, index === best)),
        curves,
        elapsed,
        fraction: fractionDone(followed, settings.maxIterations),
      };
    },
  };
}

function update(one: Followed, start: number): CurveUpdate {
  one.news = false;
  const ended = one.state === 'ended';
  const { replace, points } = one.curve.changes();
  const first = !one.told;
  one.told = true;
  return {
    start,
    // At the end the whole curve goes out once more, so that its last point is there whatever the stride.
    replace: replace || ended || first,
    points: ended ? one.curve.points() : points,
    stages: one.stages.map(({ iteration, seconds, label }) => ({ iteration, seconds, label })),
  };
}

const startState = (one: Followed, index: number, best: boolean): StartState => ({
  index,
  label: one.start.label,
  state: one.state,
  stage: one.stages.at(-1)?.stage ?? '',
  termination: one.termination,
  best,
});

/** A start that ended counts whole; a running one by its iterations, on a scale that nears but never reaches its end. */
function fractionDone(followed: readonly Followed[], maxIterations: number): number {
  if (followed.length === 0) return 0;
  const typical = Math.min(100, maxIterations);
  const done = followed.map((one) => (one.state === 'ended' ? 1 : one.iterations / (one.iterations + typical)));
  return done.reduce((sum, part) => sum + part, 0) / followed.length;
}
