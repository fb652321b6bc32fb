/**
 * A whole end-to-end run where everything that would leave this machine can be counted: a network namespace whose only way out is an
 * interface that leads nowhere, and whose only server of names is ours, which knows none and notes what it is asked.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createLab, freshClone, missingTools, plainEnvironment, root } from './lab';
import { startProgram } from './program';

/** Addresses for documentation (RFC 5737, RFC 3849): nobody's. */
const OURS = { v4: '198.51.100.2', v6: '2001:db8:1::2' };
const ELSEWHERE = { v4: '203.0.113.1', v6: '2001:db8:2::1' };
const NAMES = '203.0.113.53';
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
    const names = await serveNames();
    await proveMeter(names.asked);
    const seen = watchWayOut();
    const before = packetsOut();
    const known = names.asked.length;
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
    names.server.close();
    const where = await seen();
    const asked = names.asked.slice(known);
    console.log(`${out} packets left this machine in a whole end-to-end run (${count}; what it printed: ${log})`);
    if (out > 0)
      console.log(where.length > 0 ? `They were:\n${where.join('\n')}` : 'Where tcpdump is installed it says which.');
    console.log(`${asked.length} names were looked up${asked.length > 0 ? `: ${[...new Set(asked)].join(', ')}` : ''}`);
    return out === 0 && asked.length === 0 && status === 0;
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
  ip('address', 'add', `${NAMES}/32`, 'dev', 'lo');
  const names = join(folder, 'resolv.conf');
  writeFileSync(names, `nameserver ${NAMES}\noptions timeout:1 attempts:1\n`);
  execFileSync('mount', ['--bind', names, '/etc/resolv.conf']);
}

/** Answers that there is no such name (RFC 1035, section 4.1), and keeps the names it was asked for. */
async function serveNames(): Promise<{ server: Socket; asked: string[] }> {
  const asked: string[] = [];
  const server = createSocket('udp4');
  server.on('message', (question, { port, address }) => {
    asked.push(nameIn(question));
    const answer = Buffer.from(question);
    // A response, recursion as it was wanted; no such name.
    answer[2] = 0x80 | (question[2] & 0x01);
    answer[3] = 0x80 | 3;
    server.send(answer, port, address);
  });
  await new Promise<void>((listening) => server.bind(53, NAMES, listening));
  return { server, asked };
}

/** The first name of a question: labels, each after its length, from the twelfth byte on. */
function nameIn(question: Buffer): string {
  const labels: string[] = [];
  for (let at = 12; question[at] > 0; at += 1 + question[at])
    labels.push(question.toString('latin1', at + 1, at + 1 + question[at]));
  return labels.join('.');
}

/** What goes out, as far as tcpdump is there to see it: gives the first lines when asked for them. */
function watchWayOut(): () => Promise<string[]> {
  let text = '';
  const tcpdump = spawn('tcpdump', ['-i', WAY_OUT, '-nn', '-l', '-t'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise<void>((resolve) => {
    tcpdump.on('error', () => resolve());
    tcpdump.on('exit', () => resolve());
  });
  tcpdump.stdout?.setEncoding('utf8').on('data', (line: string) => (text += line));
  return async () => {
    tcpdump.kill('SIGINT');
    await ended;
    return [...new Set(text.split('\n').filter(Boolean))].slice(0, 20);
  };
}

/** A deliberate packet of each kind must be counted, and nothing by itself. */
async function proveMeter(asked: readonly string[]): Promise<void> {
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
  ];
  const counted: string[] = [];
  for (const [name, send] of kinds) {
    const before = packetsOut();
    await send();
    const seen = packetsOut() - before;
    if (seen === 0) throw new Error(`The meter does not see ${name}: the figure would mean nothing.`);
    counted.push(`${name}: ${seen}`);
  }
  await lookup('moe-lab.test').catch(() => undefined);
  if (!asked.includes('moe-lab.test')) throw new Error('The meter does not see a name: the figure would mean nothing.');
  counted.push('a name');
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
