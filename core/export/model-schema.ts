import { z } from 'zod';
import { modelFile } from '../model/model-file';

/** The JSON Schema of model.json, shipped as docs/model.schema.json. Readers of it may meet fields that a later version adds. */
export function modelSchema(): object {
  const schema = z.toJSONSchema(modelFile, { io: 'input' });
  return {
    $schema: schema.$schema,
    title: 'MoE Lab model, version 1',
    description:
      'A fitted mixture of experts in original units. With u = z - center: mu_i = offset + scale * g(intercept_i + weights_i.u), p = softmax(gate intercepts + gate weights.u), prediction = sum p_i mu_i. Where targetTransform is given, mu_i and sigma_i are of the transformed target and its sentence says how the prediction becomes one of the target: sum_i p_i exp(mu_i + sigma_i^2 / 2) for log, else sum_i p_i sum_q weights_q f(mu_i + sigma_i nodes_q) with f the inverse and the nodes and weights of its rule (Gauss-Hermite for the standard normal distribution, 20 nodes). Dates are days since 1970-01-01 00:00, read as the clock stands. The steps of pipeline are taken in their order on a raw row; columns names what of their results are z.',
    ...schema,
  };
}
