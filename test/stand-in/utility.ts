import { fork as forkNode, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { constants } from 'node:os';
import { pathToFileURL } from 'node:url';
import { portTable, type MessagePortMain } from './ports';

export interface ForkOptions {
  serviceName?: string;
  env?: NodeJS.ProcessEnv;
  execArgv?: string[];
  cwd?: string;
  stdio?: 'pipe' | 'ignore' | 'inherit' | ('pipe' | 'ignore' | 'inherit')[];
}

/** What travels between us and the shim in the child, which gives it a parentPort. */
export type UtilityMessage =
  | { readonly kind: 'message'; readonly data: unknown; readonly ports: readonly number[] }
  | { readonly kind: 'port'; readonly port: number; readonly data: unknown }
  | { readonly kind: 'port-closed'; readonly port: number };

export interface ProcessGone {
  readonly type: 'Utility';
  readonly reason: string;
  readonly exitCode: number;
  readonly serviceName: string;
  readonly name: string;
}

/** Processes of Node as Electron's utility processes. `gone` hears of each that ends without being asked to. */
export function createUtilityProcess(shim: string, gone: (details: ProcessGone) => void) {
  const running = new Set<UtilityProcess>();
  return {
    running,
    fork(modulePath: string, args: string[] = [], options: ForkOptions = {}): UtilityProcess {
      const child = new UtilityProcess(modulePath, args, options, shim);
      running.add(child);
      child.once('exit', () => running.delete(child));
      child.onGone(gone);
      return child;
    },
  };
}

export class UtilityProcess extends EventEmitter {
  readonly name: string;
  private readonly child: ChildProcess;
  private readonly ports;
  private asked = false;

  constructor(modulePath: string, args: string[], options: ForkOptions, shim: string) {
    super();
    const { stdio = 'inherit' } = options;
    const [stdin, stdout, stderr] = Array.isArray(stdio) ? stdio : ['ignore' as const, stdio, stdio];
    this.name = options.serviceName ?? 'Node Utility Process';
    this.child = forkNode(modulePath, args, {
      execArgv: [...(options.execArgv ?? []), '--import', pathToFileURL(shim).href],
      serialization: 'advanced',
      env: options.env ?? process.env,
      cwd: options.cwd ?? process.cwd(),
      stdio: [stdin, stdout, stderr, 'ipc'],
    });
    this.ports = portTable(
      (port, data) => this.say({ kind: 'port', port, data }),
      (port) => this.say({ kind: 'port-closed', port }),
    );
    this.child.once('spawn', () => this.emit('spawn'));
    this.child.on('message', (message: UtilityMessage) => this.receive(message));
    this.child.on('error', (error) => console.error(`the utility process: ${error.message}`));
  }

  get pid(): number | undefined {
    return this.child.exitCode === null && this.child.signalCode === null ? this.child.pid : undefined;
  }

  get stdout() {
    return this.child.stdout;
  }

  get stderr() {
    return this.child.stderr;
  }

  postMessage(data: unknown, transfer: readonly MessagePortMain[] = []): void {
    const ports = transfer.map((port) => this.ports.add(port.handOver()));
    this.say({ kind: 'message', data, ports });
    ports.forEach((port) => this.ports.open(port));
  }

  kill(): boolean {
    this.asked = true;
    return this.child.kill();
  }

  onGone(listener: (details: ProcessGone) => void): void {
    // Not `exit`: what it wrote last is read by then.
    this.child.once('close', (status, signal) => {
      const exitCode = signal ? constants.signals[signal] : (status ?? 0);
      this.ports.closeAll();
      if (!this.asked && (exitCode !== 0 || signal)) {
        const reason = signal === 'SIGKILL' || signal === 'SIGTERM' ? 'killed' : signal ? 'crashed' : 'abnormal-exit';
        listener({ type: 'Utility', reason, exitCode, serviceName: 'node.mojom.NodeService', name: this.name });
      }
      this.emit('exit', exitCode);
    });
  }

  private say(message: UtilityMessage): void {
    if (this.child.connected) this.child.send(message, () => undefined);
  }

  private receive(message: UtilityMessage): void {
    if (message.kind === 'message') this.emit('message', message.data);
    else if (message.kind === 'port') this.ports.post(message.port, message.data);
    else this.ports.close(message.port);
  }
}
