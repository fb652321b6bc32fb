/**
 * A whole end-to-end run where everything that would leave this machine can be counted: a network namespace whose only way out is an
 * interface that leads nowhere. Every address but this machine's own, names to look up included, goes there.
 */
import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createLab, freshClone, missingTools, plainEnvironment, root } from './lab';
import { startProgram } from './program';

/** Addresses for documentation (RFC 5737, RFC 3849): nobody's. */
const OURS = { v4: '198.51.100.2', v6: '2001:db8:1::2' };
const ELSEWHERE = { v4: '203.0.113.1', v6: '2001:db8:2::1', names: '203.0.113.53' };
const WAY_OUT = 'out';
/** The other end of the wire, where nobody listens and nothing is passed on. */
const NOWHERE = 'nowhere';
const SECONDS = 3600;

/** Gives whether nothing left. Prints the meter's own test, and the count. */
export function tryNetwork(parts: readonly string[]): boolean {
  const missing = missingTools();
  if (missing) {
    console.log(`NOT RUN: that nothing leaves this machine was not measured; it needs ${missing}.`);
    return false;
  }
  const program = [process.execPath, 'scripts/run-ts.mjs', 'test/conditions/index.ts', 'network-inside', ...parts];
  try {
    execFileSync('unshare', ['--net', '--mount', ...program], { cwd: root, stdio: 'inherit' });
    return true;
  } catch {
    return false;
  }
}

/** The same, inside the namespace. */
export async function countInside(parts: readonly string[]): Promise<boolean> {
  const lab = createLab();
  try {
    leadNowhere(lab.path);
    await proveMeter();
    const before = packetsOut();
    const cwd = freshClone(join(lab.path, 'moe-lab'), 'linked');
    // Without npm, which asks its registry for news of itself now and then.
    const command = [process.execPath, 'scripts/test.mjs', ...(parts.length > 0 ? parts : ['e2e'])];
    const env = { ...plainEnvironment(join(lab.path, 'home')), PATH: process.env.PATH };
    const program = startProgram(command, { cwd, env, temp: join(lab.path, 'temp') });
    const status = await program.ended(SECONDS);
    const out = packetsOut() - before;
    const log = join(root, 'node_modules/.cache/moe-lab/conditions/network.log');
    mkdirSync(join(log, '..'), { recursive: true });
    writeFileSync(log, program.output());
    const count = /^\d+ passed, \d+ failed.*$/m.exec(program.output())?.[0] ?? 'no count of tests';
    console.log(`${out} packets left this machine in a whole end-to-end run (${count}; what it printed: ${log})`);
    return out === 0 && status === 0;
  } finally {
    lab.remove();
  }
}

/** Loopback, and a default route through an interface that swallows everything. */
function leadNowhere(folder: string): void {
  const ip = (...args: string[]) => execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  ip('link', 'set', 'lo', 'up');
  ip('link', 'add', WAY_OUT, 'type', 'veth', 'peer', 'name', NOWHERE);
  // The kernel's own talk to find neighbours and routers is none of ours.
  for (const end of [WAY_OUT, NOWHERE]) {
    ip('link', 'set', end, 'arp', 'off', 'multicast', 'off', 'addrgenmode', 'none');
    ip('link', 'set', end, 'up');
  }
  ip('address', 'add', `${OURS.v4}/24`, 'dev', WAY_OUT);
  ip('-6', 'address', 'add', `${OURS.v6}/64`, 'dev', WAY_OUT, 'nodad');
  ip('route', 'add', 'default', 'dev', WAY_OUT);
  ip('-6', 'route', 'add', 'default', 'dev', WAY_OUT);
  // A server of names on this machine's own address would hide the questions.
  const names = join(folder, 'resolv.conf');
  writeFileSync(names, `nameserver ${ELSEWHERE.names}\noptions timeout:1 attempts:1\n`);
  execFileSync('mount', ['--bind', names, '/etc/resolv.conf']);
}

/** A deliberate packet of each kind must be counted, and nothing by itself. */
async function proveMeter(): Promise<void> {
  await sleep(3);
  const quiet = packetsOut();
  await sleep(3);
  if (packetsOut() !== quiet)
    throw new Error('The meter counts packets that nobody sent: the figure would mean nothing.');
  const kinds: [string, () => Promise<void>][] = [
    ['a datagram', () => datagram('udp4', ELSEWHERE.v4)],
    ['a datagram over IPv6', () => datagram('udp6', ELSEWHERE.v6)],
    ['a multicast, as for finding devices', () => datagram('udp4', '239.255.255.250')],
    ['a connection', () => attempt(ELSEWHERE.v4)],
    ['a name', () => lookup('moe-lab.test').then(undefined, () => undefined) as Promise<void>],
  ];
  const counted: string[] = [];
  for (const [name, send] of kinds) {
    const before = packetsOut();
    await send();
    const seen = packetsOut() - before;
    if (seen === 0) throw new Error(`The meter does not see ${name}: the figure would mean nothing.`);
    counted.push(`${name}: ${seen}`);
  }
  console.log(`The meter sees what is sent on purpose (${counted.join('; ')}) and nothing else.`);
}

function packetsOut(): number {
  const [{ stats64 }] = JSON.parse(
    execFileSync('ip', ['-statistics', '-json', 'link', 'show', WAY_OUT], { encoding: 'utf8' }),
  ) as [{ stats64: { tx: { packets: number } } }];
  return stats64.tx.packets;
}

function datagram(kind: 'udp4' | 'udp6', address: string): Promise<void> {
  const socket = createSocket(kind);
  return new Promise((resolve, reject) =>
    socket.send('moe-lab', 9, address, (error) => {
      socket.close();
      if (error) reject(error);
      else resolve();
    }),
  );
}

/** One attempt to connect; nobody will answer. */
async function attempt(address: string): Promise<void> {
  const socket = connect(9, address);
  socket.on('error', () => undefined);
  await sleep(0.5);
  socket.destroy();
}

const sleep = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
