import { homedir } from 'node:os';
import { expect, test, type App } from './fixtures';
import { openTable } from './steps';

async function diagnostics({ page }: App): Promise<string> {
  await page.getByRole('button', { name: 'Help' }).click();
  await page.getByRole('menuitem', { name: 'Copy diagnostics' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('region', { name: 'Diagnostics' })).toContainText('Engine');
  const text = await dialog.getByRole('region', { name: 'Diagnostics' }).innerText();
  await dialog.getByRole('button', { name: 'Close' }).click();
  return text;
}

test('an engine that hangs is given up, replaced, and named in the diagnostics with its cause', async ({ app }) => {
  test.skip(process.platform === 'win32', 'Windows cannot stop a process from outside.');
  const { page } = app;
  await expect(page.getByText('Engine ready')).toBeVisible();
  const [hung] = await app.cores();
  process.kill(hung, 'SIGSTOP');
  try {
    await expect(page.getByText(/engine stopped and was started again/i).first()).toBeVisible({ timeout: 60_000 });
    expect(await app.cores()).not.toEqual([hung]);
    const text = await diagnostics(app);
    expect(text).toMatch(/unresponsive: it no longer answered/);
    expect(text).toMatch(/warn engine ended: cause unresponsive, attempt 1/);
  } finally {
    // A process that is stopped hears nothing but this.
    try {
      process.kill(hung, 'SIGKILL');
    } catch {
      // Its host has ended it.
    }
  }
});

test('diagnostics tell of the program and this computer, and nothing of the table or its user', async ({ app }) => {
  const rows = Array.from({ length: 30 }, (_, i) => `Okonkwo${i},${1000 + 37 * i}`);
  await openTable(app, {
    name: 'patients-of-bellevue.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`surname,weight_secret\n${rows.join('\n')}\n`),
  });
  const text = await diagnostics(app);
  for (const told of [/MoE Lab \d+\.\d+\.\d+/, /Node \d+/, /processors/, /GB free/, /Now: ready/, /info engine ready/])
    expect(text).toMatch(told);
  expect(text).toContain(app.host === 'browser-host' ? 'browser host' : 'Crash dumps: ');
  for (const hidden of [/okonkwo/i, /bellevue/i, /weight_secret/, /surname/]) expect(text).not.toMatch(hidden);
  if (homedir().length > 1) expect(text).not.toContain(homedir());
});
