import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { random } from '../../../core/random';
import { openFile } from '../../../core/store/open-file';
import { designOf, fitOf, projectSession, runOf, workOf } from './project-session';

const FLIPS = 2000;
const MOST_MS = 2000;

const app = projectSession();
const folder = mkdtempSync(join(tmpdir(), 'moe-lab-damage-'));
const small = {} as { bytes: Uint8Array; whole: string };
afterAll(() => {
  app.close();
  rmSync(folder, { recursive: true, force: true });
});

/** "refused", or all that was opened, as text; anything thrown, and whatever takes too long, fails the test. */
async function opening(bytes: Uint8Array): Promise<string> {
  const path = join(folder, 'small.moe');
  writeFileSync(path, bytes);
  const begun = performance.now();
  const opened = await openFile(path, 'small.moe', {}, { tempFolder: folder, tableId: 'table', now: () => 0 });
  expect(performance.now() - begun).toBeLessThan(MOST_MS);
  if (!opened.ok) {
    expect(opened.error.message).toMatch(/small\.moe.+\.$/);
    return 'refused';
  }
  const { table, work } = opened.value;
  const page = await table.page(0, 100);
  await table.close();
  return JSON.stringify([table.info, work, page]);
}

beforeAll(async () => {
  const rows = Array.from({ length: 20 }, (_, i) => `${i / 4},${i % 3 ? 'a' : 'b'},${(i * i) / 10}`);
  const table = await app.open('small.csv', `x,group,y\n${rows.join('\n')}\n`);
  const result = await app.fit(table, designOf(table, 'y'), fitOf({ method: 'ols', experts: 1, restarts: 1 }), 'run-1');
  small.bytes = await app.pack(table, workOf(table, [runOf(table, result)]));
  small.whole = await opening(small.bytes);
});

test('the whole file opens, so what follows is damage', () => {
  expect(small.whole).toContain('"run-1"');
});

test('cut off anywhere, a project is refused', { timeout: 300_000 }, async () => {
  for (let length = 0; length < small.bytes.length; length++)
    if ((await opening(small.bytes.subarray(0, length))) !== 'refused') expect.fail(`${length} bytes open`);
  console.log(`${small.bytes.length} truncations: all refused`);
});

test('with the middle lost from some place on, a project is refused', async () => {
  const end = small.bytes.subarray(-22);
  for (let length = 0; length < small.bytes.length; length += 97) {
    const found = await opening(Buffer.concat([small.bytes.subarray(0, length), end]));
    // What is lost may be the archive's list of contents alone, which nothing is read from.
    if (found !== 'refused' && found !== small.whole) expect.fail(`with ${length} bytes it opens as something else`);
  }
});

test(
  `of ${FLIPS} single bits turned over, each is refused, or nothing of the project is in it`,
  { timeout: 300_000 },
  async () => {
    const stream = random(20261121);
    const outcomes = { refused: 0, equal: 0 };
    for (let i = 0; i < FLIPS; i++) {
      const bytes = Uint8Array.from(small.bytes);
      const bit = Math.floor(stream.uniform() * bytes.length * 8);
      bytes[bit >> 3] ^= 1 << (bit & 7);
      const found = await opening(bytes);
      if (found !== 'refused' && found !== small.whole)
        expect.fail(`with bit ${bit} turned over it opens as something else`);
      outcomes[found === 'refused' ? 'refused' : 'equal']++;
    }
    console.log(`${FLIPS} bit flips: ${outcomes.refused} refused, ${outcomes.equal} equal`);
    expect(outcomes.refused).toBeGreaterThan(FLIPS / 2);
  },
);
