import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { targetFacts } from '../../../../core/data/prepare/target-facts';
import { logSlope } from '../../../../core/model/transform';
import { random } from '../../../../core/random';
import { finish } from '../../../../core/turns';
import { rowFile } from '../../row-file';
import { spreadOf } from '../columns';

const folder = mkdtempSync(join(tmpdir(), 'moe-lab-facts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const stream = random(1);
const n = 300;
const y = Float64Array.from({ length: n }, () => Math.exp(stream.normal()));
const weights = Float64Array.from({ length: n }, () => 1 + stream.integer(3));
const rows = { n, x: new Float64Array(n), y, weights };
const log = { kind: 'log' } as const;

test('the target is described as it stands and as it is fitted, with what the log-likelihood gains by the transform', () => {
  const { actual, fitted, logSlopes } = finish(targetFacts(rows, 1, log));
  expect(actual).toEqual(spreadOf(y, weights));
  expect(fitted).toEqual(spreadOf(y.map(Math.log), weights));
  expect(logSlopes).toBeCloseTo(
    y.reduce((sum, value, i) => sum + weights[i] * logSlope(log, value), 0),
    10,
  );
  expect(finish(targetFacts(rows, 1, null))).toEqual({ actual, fitted: actual, logSlopes: null });
});

test('rows in a file, window by window, give the same digits', () => {
  const whole = rowFile(join(folder, 'rows'), rows, 1, 'columns');
  const inPieces = { ...whole, file: { ...whole.file, window: 512 } };
  expect(finish(targetFacts(inPieces, 1, log))).toEqual(finish(targetFacts(rows, 1, log)));
});
