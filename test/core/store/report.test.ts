import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { html } from '../../../core/store/html';
import { report } from '../../../core/store/report';
import { projectSession } from './project-session';

const app = projectSession();
afterAll(app.close);

test('what is put into a template is text, wherever it stands', () => {
  const hostile = `<b title="x" id='y'>&amp;`;
  const made = html`<p title="${hostile}">${hostile} ${5} ${[html`<i>${hostile}</i>`, html`<br />`]}</p>`.html;
  const safe = '&lt;b title=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;';
  expect(made).toBe(`<p title="${safe}">${safe} 5 <i>${safe}</i><br /></p>`);
});

test('the report of a project can be read without the application: table, runs, equations, errors, checks', async () => {
  const file = readFileSync(new URL('../../fixtures/project-v1.moe', import.meta.url));
  const { project, ...table } = await app.open('project-v1.moe', file);
  const page = report(table, project!, '9.9.9');
  for (const words of [
    'auto-mpg-60.csv',
    '59 rows, 9 columns',
    'EM from random starts',
    'Least squares',
    'Fuel economy = ',
    'Held out',
    'RMSE',
    'A project of MoE Lab 9.9.9',
    'Ended after 54 iterations',
    'moe-lab fit auto-mpg-60.csv',
    'gridlock-table-1',
  ])
    expect(page).toContain(words);
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(page).not.toMatch(/<script|<img|<link|<iframe|src=|href=|javascript:|\son\w+=/i);
});
