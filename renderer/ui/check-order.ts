import type { Check } from '../../core/evaluate/types';

/** Checks that ask to look, red before amber, and those that hold; otherwise in their order. */
export function sorted(checks: readonly Check[]): { asking: Check[]; holding: Check[] } {
  const of = (light: Check['light']) => checks.filter((check) => check.light === light);
  return { asking: [...of('red'), ...of('amber')], holding: of('green') };
}
