import { expect, test } from '../fixtures';

test('the address of the page holds no token', async ({ app }) => {
  expect(new URL(app.page.url()).search).toBe('');
});
