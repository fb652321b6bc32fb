import { expect, test } from 'vitest';
import { concluded, reportOf } from '../../../core/experiments/lib/report';
import { scarceData } from '../../../core/experiments/scarce-data';

test('With sigma held the spectral start reaches what EM from the truth reaches and random starts do not', () => {
  const effort = { seeds: 1, quick: true };
  const [task] = scarceData.tasks(effort, []);
  const measured = [scarceData.run(task, effort, [], new Int32Array(1))];
  const report = concluded(scarceData, reportOf(scarceData, effort, measured));
  const rate = (method: string) => report.rows.find((row) => row.method.startsWith(method))?.mean;
  expect(task.setting).toContain('sigma held at the truth');
  expect(rate('spectral start, then')).toBe(1);
  expect(rate('joint EM, one random')).toBeLessThan(0.5);
  expect(report.findings.at(-1)).toBe('The one threshold asked is met.');
});
