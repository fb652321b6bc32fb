import type { AppError } from '../../result';
import type { Problem } from '../../model/problem';
import { completeSettings, mixtureOptions } from '../settings';
import type { Method, Settings } from '../method';
import type { StartingPoint } from './starting-point';

/**
 * What another method hands over to its polish: its result before joint EM, sigma widened as that method does it.
 *
 * @param label  of the start
 * @param from   what the baseline's stage is said to begin from
 */
export function startOfMethod(id: string, label: string, from: string, method: Method): StartingPoint {
  return {
    id,
    label,
    from,
    drawn: false,
    refusal: (problem, settings) => refusalOf(method, problem, settings),
    begin: function* (problem, settings, random) {
      const inner = innerSettings(method, settings);
      const fit = method.fit(problem, inner, { label, method: method.id, stream: 0 }, random);
      let polishing = false;
      for (;;) {
        const step = fit.next();
        if (step.done) return step.value;
        const event = step.value;
        if (event.type === 'stage' && event.stage === 'polish') polishing = true;
        else if (polishing && event.type === 'iteration')
          return { parameters: event.parameters, firstIteration: event.iteration };
        else yield event;
      }
    },
  };
}

/** The settings of another method for the same mixture: options of the same name that are each method's own do not concern it. */
export function innerSettings(method: Method, { maxIterations, tolerance, restarts, options }: Settings): Settings {
  const shared = mixtureOptions.flatMap(({ name }) => (name in options ? [[name, options[name]]] : []));
  const settings = completeSettings(method, {
    restarts,
    polish: true,
    maxIterations,
    tolerance,
    options: Object.fromEntries(shared),
  });
  if (!settings.ok) throw new Error(settings.error.message);
  return settings.value;
}

const refusalOf = (method: Method, problem: Problem, settings: Settings): AppError | null =>
  method.refusal(problem, innerSettings(method, settings));
