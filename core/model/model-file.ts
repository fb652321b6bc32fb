import { z } from 'zod';
import { feature, pipelineStep } from './feature';
import { activationIds } from './spec';
import { targetTransform } from './target-transform';

/**
 * model.json, version 1: the public description of a fitted model in original units. With u = z - center:
 * mu_i = offset + scale * g(intercept_i + weights_i.u), p = softmax(gate intercepts + gate weights.u), prediction = sum p_i mu_i.
 * The application itself predicts from exactly these numbers.
 */
const linear = z.object({ intercept: z.number(), weights: z.array(z.number()) });

const fields = z.object({
  format: z.literal('moe-lab/model'),
  version: z.literal(1),
  activation: z.enum(activationIds),
  leak: z.number().optional(),
  target: z.string(),
  /** The target as it was fitted; absent where that is as it stands in the file. Then sigmas are of the transformed target. */
  targetTransform: targetTransform.optional(),
  features: z.array(feature),
  /** Every step from a raw row to z, in order. */
  pipeline: z.array(pipelineStep),
  /** The encoded vector z, in order, original units. */
  columns: z.array(z.object({ name: z.string(), center: z.number() })),
  experts: z.array(linear.extend({ sigma: z.number() })),
  gates: z.array(linear),
  output: z.object({ offset: z.number(), scale: z.number() }),
  method: z.object({ id: z.string(), options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) }),
  seed: z.number(),
  noise: z.union([z.enum(['per-expert', 'shared']), z.number()]),
  preprocess: z.enum(['standardise', 'robust', 'whiten', 'none']),
  /** How the file was read: a new file is read with these missing tokens and this decimal mark when it does not say otherwise. */
  dialect: z.unknown().optional(),
  data: z.object({ file: z.string(), sha256: z.string(), rows: z.number(), used: z.number(), train: z.number() }),
  termination: z.object({ code: z.string(), stage: z.string(), iterations: z.number(), seconds: z.number() }),
  metrics: z.unknown(),
  createdWith: z.object({ version: z.string() }),
});

/** The part of model.json that predicts. */
export const predictingModel = fields.pick({
  activation: true,
  leak: true,
  columns: true,
  experts: true,
  gates: true,
  output: true,
  targetTransform: true,
});
export type PredictingModel = z.infer<typeof predictingModel>;

/** The numbers must agree on how many experts and columns there are: a file that was cut or edited by hand must not predict. */
export const modelFile = fields.superRefine(({ columns, experts, gates }, context) => {
  const fault = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
  if (experts.length === 0) fault(['experts'], 'there is no expert');
  if (gates.length !== experts.length)
    fault(['gates'], `there are ${gates.length} gates for ${experts.length} experts`);
  for (const part of ['experts', 'gates'] as const)
    ({ experts, gates })[part].forEach(({ weights }, i) => {
      if (weights.length !== columns.length)
        fault([part, i, 'weights'], `there are ${weights.length} weights for ${columns.length} columns`);
    });
});
export type ModelFile = z.infer<typeof modelFile>;
