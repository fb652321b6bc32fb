/**
 * npm run dev: the page with hot reload over the real engine. Vite serves the page's sources and passes the channel and uploads on
 * to a browser host; when a source of core or electron changes, the host is built again and restarted.
 *
 *   npm run dev [-- file]
 */
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer, runnerImport } from 'vite';
import { run, runMain } from './lib/run.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Editors save in several steps. */
const SETTLE_MS = 300;

async function build() {
  const { status, output } = await run(
    process.execPath,
    [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build'],
    { cwd: root },
  );
  if (status !== 0) console.error(output);
  return status === 0;
}

/** Starts a browser host and lets itself in: where it is, and the cookie that opens it. */
async function startHost(args) {
  const host = spawn(process.execPath, [join(root, 'out/main/browser-host.js'), '--no-open', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise((resolve) => host.stdout.once('data', (data) => resolve(data.toString())));
  const address = new URL(/http:\S+/.exec(line)[0]);
  const entered = await fetch(address, { redirect: 'manual' });
  return { host, origin: address.origin, cookie: entered.headers.get('set-cookie').split(';')[0] };
}

function stopHost(host) {
  return new Promise((resolve) => {
    host.once('exit', resolve);
    host.kill('SIGINT');
  });
}

/** Vite passes a request on as if the host's own page had made it. */
function passOn(current) {
  const enter = (request) => {
    request.setHeader('origin', current.origin);
    request.setHeader('cookie', current.cookie);
  };
  return {
    target: current.origin,
    changeOrigin: true,
    ws: true,
    configure: (proxy) => void proxy.on('proxyReq', enter).on('proxyReqWs', enter),
  };
}

async function main() {
  if (!(await build())) return 1;
  const args = process.argv.slice(2);
  const current = await startHost(args);
  const { module } = await runnerImport(join(root, 'electron.vite.config.ts'), {
    configFile: false,
    logLevel: 'error',
  });
  const { plugins } = module.default.renderer;
  const server = await createServer({
    plugins,
    configFile: false,
    root: join(root, 'renderer'),
    server: { host: '127.0.0.1', proxy: { '/channel': passOn(current), '/upload': passOn(current) } },
  });
  await server.listen();
  server.printUrls();

  let timer;
  const rebuild = async () => {
    console.log('Building the engine again …');
    if (!(await build())) return;
    await stopHost(current.host);
    // On the same port, because that is where Vite passes requests on to.
    Object.assign(current, await startHost(['--port', new URL(current.origin).port, ...args]));
    server.ws.send({ type: 'full-reload' });
  };
  for (const folder of ['core', 'electron']) {
    watch(join(root, folder), { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(rebuild, SETTLE_MS);
    });
  }
  await new Promise((resolve) => process.once('SIGINT', resolve));
  await Promise.all([server.close(), stopHost(current.host)]);
  process.exit(0);
}

await runMain(main);
