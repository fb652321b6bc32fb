import { expect, test } from 'vitest';
import { isOurPage, outsideAddress } from '../../../electron/page/page-address';

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
  'https://arxiv.org/abs/1906.02777',
  'https://github.com/',
  'https://archive.ics.uci.edu/dataset/9/auto+mpg',
  'https://creativecommons.org/licenses/by/4.0/',
  'https://proceedings.mlr.press/v108/',
])('%s opens in the browser', (url) => expect(outsideAddress(url)).toBe(url));

test.each([
  ['https://GitHub.com:443/a', 'https://github.com/a'],
  ['https:\\\\github.com\\a', 'https://github.com/a'],
  ['https://git\nhub.com/', 'https://github.com/'],
  ['https://ｇｉｔｈｕｂ.com/', 'https://github.com/'],
])('%j opens as it was understood: %s', (url, understood) => expect(outsideAddress(url)).toBe(understood));

test.each([
  'http://arxiv.org/',
  'https://arxiv.org.evil.test/',
  'https://evil.test/arxiv.org',
  'https://arxiv.org@evil.test/',
  'https://user:word@arxiv.org/',
  'https://user@arxiv.org/',
  'https://:word@arxiv.org/',
  'https://arxiv.org:8443/',
  'https://arxiv.org./',
  'https://sub.arxiv.org/',
  'https://xarxiv.org/',
  'https://аrxiv.org/',
  'https://evil.test\\@arxiv.org/',
  'https://evil.test/#https://arxiv.org/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  'smb://arxiv.org/share',
  'vscode://arxiv.org/',
  'app://arxiv.org/',
  'arxiv.org',
  '//arxiv.org/',
  '',
])('%s stays closed', (url) => expect(outsideAddress(url)).toBeNull());
