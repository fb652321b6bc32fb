import { expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../../electron/page/csp';

const directives = (policy: string) =>
  new Map(policy.split('; ').map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)]));

test('the page may load nothing but its own files, and what is not named is forbidden', () => {
  const policy = directives(contentSecurityPolicy([]));
  expect(policy.get('default-src')).toEqual(["'none'"]);
  expect(policy.get('script-src')).toEqual(["'self'"]);
  expect(policy.get('style-src')).toEqual(["'self'"]);
  expect(policy.get('connect-src')).toEqual(["'self'"]);
  expect(policy.get('frame-ancestors')).toEqual(["'none'"]);
  expect(contentSecurityPolicy([])).not.toMatch(/unsafe|\*|https?:/);
});

test('connections are allowed to the addresses named and to no others', () => {
  expect(directives(contentSecurityPolicy(['ws://127.0.0.1:80'])).get('connect-src')).toEqual([
    "'self'",
    'ws://127.0.0.1:80',
  ]);
});
