import { decode } from '../../../core/codec';
import type { EventData, Reply } from '../../../core/protocol';
import { expect, test } from '../fixtures';
import { busyTable, chooseMethods, openTable, runsTable } from '../steps';

const ROWS = 100_000;
/** What a page takes in without holding up keys and clicks. */
const LARGEST_MESSAGE = 1_000_000;

test('of a large table the page is sent what it draws, never the rows', async ({ app }) => {
  const { page } = app;
  const messages: { bytes: number; message: { type: string; event?: string; data?: unknown; result?: unknown } }[] = [];
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      if (typeof payload === 'string') return;
      const message = decode(payload);
      if (message.ok) messages.push({ bytes: payload.length, message: message.value as never });
    }),
  );
  await page.reload();
  await page.getByRole('main').waitFor();

  await openTable(app, busyTable(ROWS, 5));
  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+End');
  await expect(page.getByRole('rowheader', { name: '100,000' })).toBeVisible();

  await page.getByRole('banner').getByText('Explore').click();
  await expect(page.getByRole('img', { name: /Click a cell/ })).toBeVisible();
  const drawn = () =>
    messages.flatMap(({ message }) => {
      const value = (message.result as { value?: Partial<Reply<'data/points'>> } | undefined)?.value;
      return value?.columns && value.levels ? [value.columns] : [];
    });
  await expect.poll(() => drawn().length).toBeGreaterThan(0);
  for (const columns of drawn()) for (const values of columns) expect(values.length).toBeLessThanOrEqual(5000);

  await page.getByRole('button', { name: /Continue to Model/ }).click();
  await chooseMethods(page, [/Least squares/]);
  await page.getByRole('button', { name: /^Run / }).click();
  await expect(runsTable(page).getByText('Converged')).toHaveCount(1);
  await page.getByRole('button', { name: 'Show result' }).click();
  await page.getByRole('banner').getByText('Rows').click();
  await expect(page.getByRole('gridcell').first()).toBeVisible();

  const ended = messages.find(({ message }) => message.event === 'run/finished')!.message.data;
  const finished = ended as Extract<EventData<'run/finished'>, { state: 'done' }>;
  const { train } = finished.result.points;
  expect(train.of).toBeGreaterThan(ROWS / 2);
  expect(train.row.length).toBeLessThanOrEqual(5000);
  expect(Math.max(...messages.map(({ bytes }) => bytes))).toBeLessThan(LARGEST_MESSAGE);
});
