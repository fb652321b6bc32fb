import { expect, test } from './fixtures';

test('the page opens and its engine answers', async ({ app }) => {
  await expect(app.page).toHaveTitle(/MoE Lab/);
  await expect(app.page.getByText('Auto MPG').first()).toBeVisible();
});

test('a script that is not of the application does not run', async ({ app }) => {
  await app.page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.injected = true';
    document.body.append(script);
  });
  expect(await app.page.evaluate(() => (window as unknown as { injected?: boolean }).injected)).toBeUndefined();
  await expect.poll(() => app.faults.join()).toContain('script-src');
  // The fault was the point of this test.
  app.faults.splice(0);
});

test('two windows work side by side', async ({ app }) => {
  const second = await app.newPage();
  await expect(second.getByText('Auto MPG').first()).toBeVisible();
  await expect(app.page.getByText('Auto MPG').first()).toBeVisible();
});
