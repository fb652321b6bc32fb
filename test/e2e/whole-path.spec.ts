import { expect, test } from './fixtures';
import { autoMpg, chooseMethods, openTable, runsTable } from './steps';

interface Model {
  columns: { name: string; center: number }[];
  experts: { intercept: number; weights: number[]; sigma: number }[];
  gates: { intercept: number; weights: number[] }[];
}

test('from a real file to exported parameters', async ({ app }) => {
  const { page } = app;
  await openTable(app, autoMpg);

  await test.step('the file is described before anything is asked', async () => {
    await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', /40\d/);
    await expect(page.getByText('comma').first()).toBeVisible();
    await expect(page.getByRole('columnheader', { name: /Fuel economy/ })).toBeVisible();
  });

  await test.step('the target is chosen on its column', async () => {
    await page.getByRole('button', { name: /^Role of Fuel economy/ }).click();
    await page.getByRole('menuitemradio', { name: /Target/ }).click();
    await expect(page.getByRole('button', { name: 'Role of Fuel economy: Target' })).toBeVisible();
  });

  await test.step('several methods run with one button', async () => {
    await page.getByRole('button', { name: /Continue to Model/ }).click();
    await chooseMethods(page, [/Least squares/, /random starts/, /moments/]);
    await page.getByRole('button', { name: /^Run / }).click();
    await expect(runsTable(page).getByText('Converged')).toHaveCount(3);
  });

  await test.step('the chart overlays them and can be read as a table', async () => {
    await expect(page.getByRole('img', { name: /EM from random starts/ }).first()).toBeVisible();
  });

  await test.step('the result says how good it is, against what', async () => {
    await page.getByRole('row', { name: /EM from random starts/ }).click();
    await page.getByRole('button', { name: 'Show result' }).click();
    await expect(page.getByText(/experts predict Fuel economy/)).toBeVisible();
    for (const name of ['Held out', 'Train', 'Straight line', 'Mean only'])
      await expect(page.getByRole('row', { name: new RegExp(`^${name}`) }).first()).toBeVisible();
  });

  const model = await test.step('the parameters are saved', async () => {
    await page.getByRole('button', { name: 'Export…' }).click();
    const parameters = page.getByRole('menuitem', { name: /model\.json|Model/ }).first();
    const [file] = await app.saving(() => parameters.click());
    return JSON.parse(file.text()) as Model;
  });

  await test.step('and are numbers that predict', async () => {
    expect(model.experts.length).toBeGreaterThan(1);
    const numbers = [...model.experts, ...model.gates].flatMap(({ intercept, weights }) => [intercept, ...weights]);
    expect(numbers.every(Number.isFinite)).toBe(true);
    model.experts.forEach(({ weights }) => expect(weights).toHaveLength(model.columns.length));
  });

  await test.step('every row can be looked at with its gate probabilities', async () => {
    await page.getByRole('banner').getByText('Rows').click();
    await expect(page.getByRole('columnheader', { name: /Gate A/ })).toBeVisible();
    await expect(page.getByRole('gridcell').first()).toBeVisible();
  });
});

test('the recommendation with bending experts ends with an equation and where every start ended', async ({ app }) => {
  const { page } = app;
  await openTable(app, autoMpg);
  await page.getByRole('button', { name: /Continue to Model/ }).click();
  await chooseMethods(page, [/^Best/]);
  await page.getByRole('button', { name: 'Fewer', exact: true }).click();
  await page.getByRole('radio', { name: 'Tanh' }).click();
  await page.getByRole('button', { name: /^Run \d+ starts/ }).click();
  await page.getByRole('button', { name: 'Show result' }).waitFor({ timeout: 60_000 });
  const inspector = page.getByRole('complementary', { name: 'Run' });
  await expect(inspector.getByRole('row', { name: /^random 1 / })).toBeVisible();
  await page.getByRole('button', { name: 'Show result' }).click();
  await page.getByRole('banner').getByText('Experts').click();
  await expect(page.getByText(/tanh\(/).first()).toBeVisible();
});

test('the whole path works with the keyboard alone', async ({ app }) => {
  const { page } = app;
  await expect(page.getByText('Auto MPG').first()).toBeVisible();
  await app.openFile(autoMpg, () => page.keyboard.press('Control+o'));
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  await page.getByRole('button', { name: /Continue to Model/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Run / })).toBeEnabled();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: 'Show result' }).waitFor();
  await page.getByRole('button', { name: 'Show result' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/experts predict Model year/)).toBeVisible();
});
