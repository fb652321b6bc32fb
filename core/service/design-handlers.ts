import { setImmediate as breathe } from 'node:timers/promises';
import type { Handlers } from '../client-connection';
import { memoryPlan, planWords } from '../data/large/memory-plan';
import { resolveNoise } from '../data/scale';
import type { Table } from '../data/table';
import type { DesignRecipe } from '../data/types';
import { checksBefore } from '../evaluate/checks';
import { parameterCount } from '../evaluate/checks/rows-per-parameter';
import type { Check } from '../evaluate/types';
import { methods } from '../fit';
import type { Method } from '../fit/method';
import { completeSettings, defaults, gateOption } from '../fit/settings';
import { assemble, estimate, modelSize, type CheckedDesign } from '../job';
import type { FitSpec, Reply } from '../protocol';
import { ok } from '../result';
import { previewOf } from './design-preview';
import type { Designs } from './designs';
import type { Shared } from './session';
import type { Tables } from './tables';

type MethodOutlook = Reply<'design/prepare'>['methods'][number];

export function designHandlers(
  shared: Shared,
  tables: Tables<Table>,
  designs: Designs,
): Pick<Handlers, 'design/prepare' | 'design/preview'> {
  return {
    'design/preview': ({ tableId, design: recipe, limit, activation }) =>
      tables.use(tableId, (table) =>
        designs.use(table, recipe, activation, async ({ design }) => ok(previewOf(design, limit))),
      ),
    'design/prepare': ({ tableId, design: recipe, fit }) =>
      tables.use(tableId, (table) =>
        designs.use(table, recipe, fit.activation, async (checked) => {
          const { design } = checked;
          const { noise } = resolveNoise(fit.noise, design.ties);
          const constantGate = fit.options[gateOption.name] === 'constant';
          const size = modelSize(design, fit.experts, typeof noise === 'number' ? 'fixed' : noise, constantGate);
          const checks = checksBefore(checked.checks, design.rows.train.n, size);
          const plan = memoryPlan(table.info, recipe, shared.memory.bytes);
          const outlooks: MethodOutlook[] = [];
          for (const method of methods) {
            await breathe();
            outlooks.push(outlook(shared, table, recipe, fit, checked, method, checks));
          }
          // Who prepares a design is about to fit.
          shared.pool.warm();
          return ok({
            flow: design.flow,
            checks,
            parameters: parameterCount(size),
            ...(plan && { memory: { ...plan, sentence: planWords(plan) } }),
            methods: outlooks,
          });
        }),
      ),
  };
}

/** What a method would do here: whether it can run, how long, and how its assumptions look on these rows. */
function outlook(
  shared: Shared,
  table: Table,
  recipe: DesignRecipe,
  fit: FitSpec,
  design: CheckedDesign,
  method: Method,
  checks: readonly Check[],
): MethodOutlook {
  const assumes = checks.filter(({ id }) => method.restsOn?.includes(id));
  const impossible = (refusal: string): MethodOutlook => ({ id: method.id, refusal, fits: 0, seconds: 0, assumes });
  // Options given for one method do not concern the others, nor does the model it is to start from.
  const own = method.id === fit.method;
  const options = own ? fit.options : {};
  const settings = completeSettings(method, { ...fit, options, polish: fit.polish ?? defaults.polish });
  if (!settings.ok) return impossible(settings.error.message);
  const cancel = new Int32Array(new SharedArrayBuffer(4));
  const spec = { ...fit, method: method.id, initial: own ? fit.initial : undefined };
  const prepared = assemble(table, recipe, spec, method, settings.value, design, cancel);
  if (!prepared.ok) return impossible(prepared.error.message);
  return {
    id: method.id,
    refusal: null,
    ...estimate(prepared.value.problem, method, settings.value, shared.pool.size),
    assumes,
  };
}
