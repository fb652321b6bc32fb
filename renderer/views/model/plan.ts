import type { MethodInfo } from '../../../core/protocol';
import { aboutTime, count, counted, list } from '../../format';
import type { Prepared } from '../../stores/preparation';

type Outlook = Prepared['methods'][number];

/** One of the chosen methods and what it will do here; null while that is not known. */
export interface Planned {
  readonly method: MethodInfo;
  readonly outlook: Outlook | null;
}

/** What pressing Run will do. */
export interface Plan {
  /** Methods that can run. */
  readonly runnable: readonly Planned[];
  readonly label: string;
  readonly sentence: string;
}

export function planOf(chosen: readonly Planned[]): Plan {
  const runnable = chosen.filter(({ outlook }) => outlook?.refusal === null);
  const fits = runnable.reduce((sum, { outlook }) => sum + (outlook?.fits ?? 0), 0);
  const seconds = runnable.reduce((sum, { outlook }) => sum + (outlook?.seconds ?? 0), 0);
  const what = runnable.length > 1 ? counted(runnable.length, 'method') : counted(fits, 'start');
  return {
    runnable,
    label: runnable.length === 0 ? 'Run' : `Run ${what}, about ${roughly(seconds)}`,
    sentence: sentenceOf(chosen),
  };
}

/** What a method asks of the computer. */
export interface Demand {
  readonly name: string;
  readonly starts: number;
  /** Over the training rows, of each start; null where it is not known. */
  readonly passes: number | null;
  readonly seconds: number;
}

export const demandsOf = ({ runnable }: Plan): Demand[] =>
  runnable.flatMap(({ method, outlook }) =>
    outlook
      ? [
          {
            name: method.name,
            starts: outlook.fits,
            passes: outlook.passes ?? null,
            seconds: Math.max(0.1, outlook.seconds),
          },
        ]
      : [],
  );

/** "10 starts, about 120 passes each". */
export function demandWords({ starts, passes }: Demand): string {
  const words = counted(starts, 'start');
  return passes === null ? words : `${words}, about ${counted(passes, 'pass', 'passes')}${starts > 1 ? ' each' : ''}`;
}

/** From so many rows on, or such a share of the memory that may be used, it is worth a look what a run takes. */
const MANY_ROWS = 100_000;
const MUCH = 0.1;

export const isLarge = ({ rows, needed, allowed, onFile }: NonNullable<Prepared['memory']>): boolean =>
  onFile || rows >= MANY_ROWS || needed >= MUCH * allowed;

/** No guess is better than a tenth of a second. */
const roughly = (seconds: number): string => aboutTime(Math.max(0.1, seconds));

/** So many methods are named; more are counted. */
const NAMED = 3;

function sentenceOf(chosen: readonly Planned[]): string {
  if (chosen.length === 0) return 'Tick at least one method.';
  const fits = chosen.reduce((sum, { outlook }) => sum + (outlook?.refusal === null ? outlook.fits : 0), 0);
  const parts = chosen.flatMap(({ method, outlook }) => {
    if (!outlook || outlook.refusal !== null) return [];
    return [outlook.fits === 1 ? method.name : `${method.name} (${count(outlook.fits)} starts, the likeliest kept)`];
  });
  const left = chosen.length - parts.length;
  const refused = chosen.filter(({ outlook }) => outlook && outlook.refusal !== null).length;
  const many = `${counted(parts.length, 'method')}, ${counted(fits, 'start')} in all; of each method the likeliest is kept.`;
  const first = parts.length > NAMED ? many : parts.length ? `${list(parts)}.` : '';
  return left > 0 && refused > 0 ? `${first} ${counted(refused, 'method')} cannot run here.`.trim() : first;
}

/** Short names of the checks; the sentence beside them says what is so. */
const checkNames: Readonly<Record<string, string>> = {
  'rows-per-parameter': 'Rows for each number',
  condition: 'Features say different things',
  'repeated-rows': 'Repeated rows',
  'bell-shaped': 'Bell-shaped features',
  'bell-shaped-together': 'Bell-shaped together',
  'rows-for-moments': 'Rows for moments',
  'experts-within-features': 'No more experts than features',
};

export function checkName(id: string): string {
  const words = id.replaceAll('-', ' ');
  return checkNames[id] ?? words.charAt(0).toUpperCase() + words.slice(1);
}
