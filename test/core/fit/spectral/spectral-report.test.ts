import { describe, expect, test } from 'vitest';
import { momentsNote, signsNote, spectralChecks } from '../../../../core/fit/spectral/spectral-report';
import { smallestSingularValue } from '../../../../core/moments/regressor-directions';

const sound = { ratio: 3, deficient: 0, conditioning: 0.8 };
const lightsOf = (found: Partial<typeof sound>, k = 3) =>
  Object.fromEntries(spectralChecks({ ...sound, ...found }, k).map(({ id, light }) => [id, light]));

describe('what the moments say of themselves', () => {
  test('each doubt has a light of its own', () => {
    const green = { 'spectral-subspace': 'green', 'spectral-positive': 'green', 'spectral-conditioning': 'green' };
    expect(lightsOf({})).toEqual(green);
    expect(lightsOf({ ratio: Infinity })).toEqual(green);
    expect(lightsOf({ ratio: 1.1 })).toEqual({ ...green, 'spectral-subspace': 'amber' });
    expect(lightsOf({ ratio: 0.9 })).toEqual({ ...green, 'spectral-subspace': 'red' });
    const [negative] = spectralChecks({ ...sound, ratio: -0.4, deficient: 1 }, 3);
    expect(negative).toMatchObject({ light: 'red', sentence: expect.stringContaining('only 0.00 times') });
    expect(lightsOf({ deficient: 1 })).toEqual({ ...green, 'spectral-positive': 'amber' });
    expect(lightsOf({ conditioning: 0.1 })).toEqual({ ...green, 'spectral-conditioning': 'amber' });
  });

  test('the smallest singular value is 1 at right angles, √(1 − cos θ) at an angle θ, 0 in a plane', () => {
    const at = (angle: number) => Float64Array.of(Math.cos(angle), Math.sin(angle), 0);
    expect(smallestSingularValue([at(0), at(Math.PI / 2)], 2)).toBeCloseTo(1, 12);
    expect(smallestSingularValue([at(0), at(0.2)], 2)).toBeCloseTo(Math.sqrt(1 - Math.cos(0.2)), 12);
    expect(smallestSingularValue([at(0), at(1), at(2)], 3)).toBeCloseTo(0, 7);
  });

  test('the notes name the estimators, the mixture and the directions turned round', () => {
    expect(momentsNote({ estimators: ['regression', 'raw'] }, null)).toMatch(/regression.*third by plain averages/);
    expect(momentsNote({ estimators: ['mixture', 'mixture'] }, 3)).toContain('3 of them');
    expect(momentsNote({ estimators: ['mixture', 'mixture'] }, 1)).toContain('one normal distribution');
    expect(signsNote(0)).toEqual([]);
    expect(signsNote(1)[0]).toMatch(/^One direction was turned round/);
    expect(signsNote(2)[0]).toMatch(/^2 directions were turned round/);
  });
});
