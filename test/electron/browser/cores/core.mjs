// A core that does what it is told by the first message, once it has said that it is ready: how it ends is tested, not its work.

const acts = {
  exit: () => process.exit(7),
  throw: () => {
    throw new Error('broken on purpose');
  },
  hungry: () => {
    for (const kept = []; ;) kept.push(new Array(1000).fill(Math.random()));
  },
  SIGSEGV: () => process.kill(process.pid, 'SIGSEGV'),
  SIGKILL: () => process.kill(process.pid, 'SIGKILL'),
  SIGTERM: () => process.kill(process.pid, 'SIGTERM'),
  hang: () => {
    for (;;);
  },
};

process.on('message', ({ id, type }) => {
  if (type === 'ping') process.send({ type: 'alive' });
  else acts[id]?.();
});
process.on('disconnect', () => process.exit(0));
process.send({ type: 'ready' });
