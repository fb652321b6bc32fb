import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './build.mjs';
import { fetchElectron, findElectron } from './electron-binary.mjs';
import { ensureInstalled } from './install.mjs';
import { hasDisplay, launchBrowserHost, launchElectron } from './launch.mjs';
import { Failure } from './run.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
const USAGE = 'Usage: npm start -- [file] [--browser | --electron] [--no-open] [--port N].';
const HELP = `npm start -- [file] [--browser | --electron] [--no-open] [--port N]

Installs and builds what is missing, then opens MoE Lab: in a window of its own (Electron) or, where that is not possible, in the
browser, served to this computer only.

  file         a table or a project to open
  --browser    opens it in the browser, without trying Electron
  --electron   opens it in Electron or not at all (exit status 1), and fetches Electron again if that failed before
  --no-open    in the browser: prints the address and opens nothing
  --port N     in the browser: serves it on this port (otherwise on one that is free)
  --help       says this

Ctrl-C ends it.`;

/** Gives the exit status. */
export async function start(args) {
  const options = startOptions(args);
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  await ensureInstalled(root);
  await ensureBuilt(root);
  const { path, reason } = options.browser ? {} : await electron(options);
  const outcome = path ? await launchElectron(path, root, options.file) : { reason };
  if (outcome.status !== undefined) return outcome.status;
  if (options.electron) throw new Failure(`MoE Lab cannot start in Electron: ${outcome.reason}.`);
  if (outcome.reason) console.log(`Using the browser instead of a window: ${outcome.reason}.`);
  return launchBrowserHost(root, options.hostArgs);
}

/** The binary to start, or why there is none. */
async function electron({ electron: insisted }) {
  const { env, platform } = process;
  if (!hasDisplay(env, platform)) return { reason: 'there is no display' };
  const found = findElectron(root, env, platform);
  if (found.path || env.ELECTRON_EXEC_PATH || env.ELECTRON_OVERRIDE_DIST_PATH) return found;
  return fetchElectron(root, env, platform, { again: insisted });
}

/** @returns {{ help: boolean, browser: boolean, electron: boolean, file: string | null, hostArgs: string[] }} */
export function startOptions(args, cwd = process.env.INIT_CWD ?? process.cwd()) {
  let parsed;
  try {
    parsed = parseArgs({
      args,
      allowPositionals: true,
      options: {
        browser: { type: 'boolean', default: false },
        electron: { type: 'boolean', default: false },
        'no-open': { type: 'boolean', default: false },
        port: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new Failure(`${error.message.split('.')[0]}. ${USAGE}`, 2);
  }
  const { values, positionals } = parsed;
  if (values.help) return { help: true, browser: false, electron: false, file: null, hostArgs: [] };
  if (values.browser && values.electron) throw new Failure(`--browser and --electron exclude each other. ${USAGE}`, 2);
  if (values.port !== undefined && !isPort(values.port)) {
    throw new Failure(`"${values.port}" is no port: use a whole number from 1 to 65535. ${USAGE}`, 2);
  }
  if (positionals.length > 1)
    throw new Failure(`One file can be opened, and ${positionals.length} were named. ${USAGE}`, 2);
  const file = positionals.length ? resolve(cwd, positionals[0]) : null;
  if (file && !statSync(file, { throwIfNoEntry: false })?.isFile()) throw new Failure(`There is no file ${file}.`);
  const hostArgs = [
    ...(values.port === undefined ? [] : ['--port', values.port]),
    ...(values['no-open'] ? ['--no-open'] : []),
    ...(file ? [file] : []),
  ];
  return { help: false, browser: values.browser, electron: values.electron, file, hostArgs };
}

const isPort = (text) => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65535;
