/** Writes docs/model.schema.json from the zod schema: node scripts/run-ts.mjs scripts/write-model-schema.ts */
import { writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { modelSchema } from '../core/export/model-schema';

writeFileSync(
  'docs/model.schema.json',
  await format(JSON.stringify(modelSchema()), { parser: 'json', printWidth: 120 }),
);
