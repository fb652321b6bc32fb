import { z } from 'zod';
import { modelFile } from '../model/model-file';

/** The JSON Schema of model.json, shipped as docs/model.schema.json. Readers of it may meet fields that a later version adds. */
export function modelSchema(): object {
  const schema = z.toJSONSchema(modelFile, { io: 'input' });
  return {
    $schema: schema.$schema,
    title: 'MoE Lab model, version 1',
    description:
      'A fitted mixture of experts in original units. With u = z - center: mu_i = offset + scale * g(intercept_i + weights_i.u), p = softmax(gate intercepts + gate weights.u), prediction = sum p_i mu_i.',
    ...schema,
  };
}
