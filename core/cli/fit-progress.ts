import type { Settings } from '../fit/method';
import type { StartsHooks } from '../fit/run-starts';
import { followRun } from '../service/run-progress';
import type { Io } from './io';
import { progressBar } from './progress';

/** Redrawn at most this often. */
const EVERY_SECONDS = 0.1;

/** Follows a fit with a bar: how far, how many starts have ended, and the seconds gone. */
export function followFit(settings: Settings, io: Io): { readonly hooks: StartsHooks; end(): void } {
  const bar = progressBar(io);
  const progress = followRun(settings);
  const begun = io.now();
  let drawn = Number.NEGATIVE_INFINITY;
  const draw = () => {
    const now = io.now();
    if (!io.terminal || now - drawn < EVERY_SECONDS) return;
    drawn = now;
    const news = progress.take('', now - begun);
    if (news === null) return;
    const ended = news.starts.filter(({ state }) => state === 'ended').length;
    bar.update(news.fraction, `${ended} of ${news.starts.length} starts, ${Math.round(now - begun)} s`);
  };
  return {
    hooks: {
      onStarts: progress.onStarts,
      onNews: (start, news) => {
        progress.onNews(start, news);
        draw();
      },
      onEnd: (start, result) => {
        progress.onEnd(start, result);
        draw();
      },
    },
    end: bar.end,
  };
}
