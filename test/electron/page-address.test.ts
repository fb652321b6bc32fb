import { expect, test } from 'vitest';
import { isOurPage, mayOpenOutside } from '../../electron/page-address';

test.each([
  ['app://bundle/', true],
  ['app://bundle/index.html#/runs', true],
  ['app://other/', false],
  ['app://bundle.evil/', false],
  ['file:///app://bundle/', false],
  ['https://bundle/', false],
  ['https://evil.test/?next=app://bundle/', false],
  ['', false],
  ['not an address', false],
])('%s is our page: %s', (url, expected) => expect(isOurPage(url)).toBe(expected));

test.each([
  ['https://arxiv.org/abs/1906.02777', true],
  ['http://arxiv.org/', false],
  ['https://arxiv.org.evil.test/', false],
  ['https://evil.test/arxiv.org', false],
  ['https://arxiv.org@evil.test/', false],
  ['https://user:word@arxiv.org/', false],
  ['https://arxiv.org:8443/', false],
  ['file:///etc/passwd', false],
  ['javascript:alert(1)', false],
  ['smb://arxiv.org/share', false],
  ['arxiv.org', false],
])('%s may open in the browser: %s', (url, expected) => expect(mayOpenOutside(url)).toBe(expected));
