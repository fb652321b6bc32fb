/** Utility processes and the module itself. What holds here must hold in Electron, too, but for what the title says. */
import { writeFileSync } from 'node:fs';
import { expect, test } from './bare';

const ENDS: readonly (readonly [string, string, string])[] = [
  ['of its own choice', 'process.exit(3)', 'abnormal-exit'],
  ['by another program', "process.kill(process.pid, 'SIGKILL')", 'killed'],
  ['by a crash', 'process.abort()', 'crashed'],
];

for (const [name, code, reason] of ENDS) {
  test(`a utility process that ends ${name} is told of by its reason`, async ({ bare }, info) => {
    const path = info.outputPath('child.cjs');
    writeFileSync(path, `process.parentPort.on('message', () => { ${code} }); process.parentPort.postMessage('here');`);
    const told = await bare.evaluate(
      ({ app, utilityProcess }, file) =>
        new Promise((resolve) => {
          app.once('child-process-gone', (_, { type, reason: why, name: whose }) => resolve({ type, why, whose }));
          const child = utilityProcess.fork(file, [], { serviceName: 'a helper' });
          child.on('message', () => child.postMessage('end'));
        }),
      path,
    );
    expect(told).toEqual({ type: 'Utility', why: reason, whose: 'a helper' });
  });
}

test('a utility process holds what is said to it until it listens, and has no channel of Node', async ({
  bare,
}, info) => {
  const path = info.outputPath('child.cjs');
  writeFileSync(
    path,
    `setTimeout(() => process.parentPort.on('message', ({ data, ports: [port] }) => {
       port.on('message', (event) => port.postMessage(event.data + ', heard'));
       port.start();
       process.parentPort.postMessage({ data, send: typeof process.send });
     }), 200)`,
  );
  const said = await bare.evaluate(
    ({ utilityProcess, MessageChannelMain }, file) =>
      new Promise((resolve) => {
        const { port1, port2 } = new MessageChannelMain();
        const child = utilityProcess.fork(file);
        const got: unknown[] = [];
        const add = (what: unknown) => void (got.push(what) === 2 && resolve(got));
        child.on('message', add);
        port1.on('message', ({ data }) => add(data));
        port1.start();
        child.postMessage('early', [port2]);
        port1.postMessage('by port');
      }),
    path,
  );
  expect(said).toEqual(expect.arrayContaining([{ data: 'early', send: 'undefined' }, 'by port, heard']));
});

test('what the stand-in does not have is an error, and never silently undefined', async ({ bare, host }) => {
  test.skip(host !== 'stand-in', 'Electron has it.');
  const attempt = (code: string) =>
    bare.evaluate((electron, source) => {
      try {
        return String(new Function('electron', `return ${source}`)(electron));
      } catch (error) {
        return String(error);
      }
    }, code);
  expect(await attempt('electron.Tray.name')).toBe('Error: the stand-in has no electron.Tray');
  expect(await attempt('electron.app.setUserTasks')).toBe('Error: the stand-in has no electron.app.setUserTasks');
  expect(await attempt('electron.BrowserWindow.getAllWindows()[0].setOpacity(1)')).toBe(
    'Error: the stand-in has no electron.BrowserWindow.setOpacity',
  );
});
