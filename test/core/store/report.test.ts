import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { html } from '../../../core/store/html';
import { unpackProject, utf8 } from '../../../core/store/unpack-project';

test('what is put into a template is text, wherever it stands', () => {
  const hostile = `<b title="x" id='y'>&amp;`;
  const made = html`<p title="${hostile}">${hostile} ${5} ${[html`<i>${hostile}</i>`, html`<br />`]}</p>`.html;
  const safe = '&lt;b title=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;';
  expect(made).toBe(`<p title="${safe}">${safe} 5 <i>${safe}</i><br /></p>`);
});

test('the report of a project can be read without the application: table, runs, equations, errors, checks', async () => {
  const file = readFileSync(new URL('../../fixtures/project-v1.moe', import.meta.url));
  const page = utf8((await unpackProject(file)).get('report/index.html')!);
  for (const words of [
    'auto-mpg-60.csv',
    '59 rows, 9 columns',
    'EM from random starts',
    'Least squares',
    'Fuel economy = ',
    'Held out',
    'RMSE',
    'moe-lab fit auto-mpg-60.csv',
    'gridlock-table-1',
  ])
    expect(page).toContain(words);
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(page).not.toMatch(/<script|<img|<link|<iframe|src=|href=|javascript:|\son\w+=/i);
});
