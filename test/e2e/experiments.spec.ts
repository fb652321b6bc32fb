import { expect, test } from './fixtures';

interface Report {
  rows: { verdict: string | null }[];
  findings: string[];
}

test('an experiment runs from its page to its table, its figure and its files', async ({ app }) => {
  const { page } = app;
  await expect(page.getByText('Auto MPG').first()).toBeVisible();
  await page.keyboard.press('Control+Shift+E');
  const list = page.getByRole('navigation', { name: 'Experiments' });
  await list.getByRole('button', { name: /Polynomials of the target/ }).click();
  await page.getByRole('button', { name: 'Run quick' }).click();

  await test.step('the table has a verdict in words beside what is asked', async () => {
    await expect(list.getByText(/^Done in/)).toBeVisible();
    await expect(page.getByRole('cell', { name: 'Met', exact: true }).first()).toBeVisible();
    await expect(page.getByRole('list', { name: 'Findings' }).getByRole('listitem').first()).toBeVisible();
  });

  await test.step('the figure can be read as a table and saved as a drawing', async () => {
    await expect(page.getByRole('img', { name: /Arrow keys/ }).first()).toBeVisible();
    await page.getByRole('button', { name: 'Export chart' }).first().click();
    const [drawing] = await app.saving(() => page.getByRole('menuitem', { name: /SVG/ }).click());
    expect(drawing.text()).toContain('<svg');
  });

  await test.step('the report is saved whole', async () => {
    await page.getByRole('button', { name: 'Export…' }).click();
    const [file] = await app.saving(() => page.getByRole('menuitem', { name: /JSON/ }).click());
    const report = JSON.parse(file.text()) as Report;
    expect(report.rows.some(({ verdict }) => verdict === 'met')).toBe(true);
    expect(report.findings.length).toBeGreaterThan(0);
  });
});

test('a cancelled experiment keeps what was done, and one that outlives the engine is told of', async ({ app }) => {
  const { page } = app;
  await page.goto(`${app.origin}/#experiments/sample-size`);
  await page.getByRole('radio', { name: 'Full' }).click();
  await page.getByRole('button', { name: /^Run \d+ seeds/ }).click();
  await expect(page.getByRole('button', { name: /Cancel, keep/ })).toBeVisible();
  await expect(page.getByRole('table').first()).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: /Cancel, keep/ }).click();
  await expect(page.getByText(/You stopped this after/)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('table').first()).toBeVisible();

  await page.getByRole('button', { name: /^Run \d+ seeds/ }).click();
  await expect(page.getByRole('button', { name: /Cancel, keep/ })).toBeVisible();
  await app.killCore();
  await expect(page.getByText(/engine stopped while this ran/i)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Run \d+ seeds/ })).toBeEnabled();
});
