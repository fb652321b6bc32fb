import { readdirSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { expect, test, type Program } from './program';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  test(`${signal} ends the program and leaves no process and no file`, async ({ start }) => {
    const program = await start();
    const [core] = await started(program);
    program.child.kill(signal);
    expect(await program.ended()).toBe(0);
    expect(isAlive(core)).toBe(false);
    expect(readdirSync(program.temp)).toEqual([]);
  });
}

test('the engine of a program that was killed ends and takes its files along', async ({ start }) => {
  const program = await start();
  const [core] = await started(program);
  program.child.kill('SIGKILL');
  await program.ended();
  await expect.poll(() => isAlive(core)).toBe(false);
  expect(readdirSync(program.temp).filter((name) => name.startsWith('moe-lab-core'))).toEqual([]);
});

test('an engine that ends is started again, three times, and the pages hear why', async ({ start }) => {
  const program = await start();
  const { heard } = await program.connect();
  const states = () =>
    (heard as { type: string; status: { state: string } }[])
      .filter(({ type }) => type === 'host')
      .map(({ status }) => status);
  await started(program);
  for (let attempt = 1; attempt <= 3; attempt++) {
    program.cores().forEach((pid) => process.kill(pid, 'SIGKILL'));
    await expect.poll(() => states().at(-1)).toEqual({ state: 'ready', restarts: attempt });
    expect(states().at(-2)).toMatchObject({ state: 'restarting', cause: 'killed', attempt });
  }
  program.cores().forEach((pid) => process.kill(pid, 'SIGKILL'));
  await expect.poll(() => states().at(-1)).toMatchObject({ state: 'gone', cause: 'killed' });

  await test.step('and once more for a page that opens then', async () => {
    const page = await program.connect();
    await expect.poll(() => page.heard.at(-1)).toMatchObject({ status: { state: 'ready' } });
    page.socket.close();
  });
});

test('an engine with nothing to do is not taken for one that hangs', async ({ start }) => {
  const program = await start();
  const before = await started(program);
  // Longer than any silence is borne; the patience grows with the load.
  const overload = Math.min(10, Math.max(1, loadavg()[0] / availableParallelism()));
  await new Promise((resolve) => setTimeout(resolve, 2500 * overload + 2000));
  expect(program.cores()).toEqual(before);
});

test('an engine that hangs is ended, not only replaced', async ({ start }) => {
  const program = await start();
  const [hung] = await started(program);
  // It hears nothing any more, not even a request to end.
  process.kill(hung, 'SIGSTOP');
  await expect.poll(() => program.cores(), { timeout: 60_000 }).not.toContain(hung);
  await started(program);
});

test('the page says when the program in the terminal has ended', async ({ chromium, start }) => {
  const program = await start();
  const browser = await chromium();
  const page = await browser.newPage();
  await page.goto(program.address);
  await expect(page.getByText('Auto MPG').first()).toBeVisible();
  program.child.kill('SIGINT');
  await expect(page.getByText(/program in the terminal has ended/i).first()).toBeVisible();
  await page.close();
});

/** Waits until its core answers. */
async function started(program: Program): Promise<number[]> {
  const { socket, heard } = await program.connect();
  await expect
    .poll(() => (heard as { status?: { state: string } }[]).some(({ status }) => status?.state === 'ready'))
    .toBe(true);
  socket.close();
  return program.cores();
}
