import { expect, test } from 'vitest';
import { random } from '../../../core/random';
import { hostileFile, hostileKinds } from '../../corpora/hostile-file';
import { openHostile } from '../../corpora/open-hostile';
import { scratch } from '../../corpora/open-text';

const { file, tempFolder } = scratch();
const ROUNDS = 1;

test(`of ${ROUNDS * hostileKinds.length} hostile files each becomes a table or a sentence; npm run fuzz -- import opens thousands`, async () => {
  const faults: string[] = [];
  for (let seed = 0; seed < ROUNDS * hostileKinds.length; seed++) {
    const { kind, name, bytes } = hostileFile(seed, random(seed));
    const outcome = await openHostile(file(name, bytes), name, tempFolder);
    // Time is measured by npm run fuzz: here other tests run beside.
    if (outcome.is === 'crash') faults.push(`seed ${seed}, ${kind}: ${outcome.told}`);
  }
  expect(faults).toEqual([]);
}, 240_000);
