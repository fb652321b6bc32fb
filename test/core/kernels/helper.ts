/** A thread that helps with passes and tells in the end with how many it did. */
import { parentPort, workerData } from 'node:worker_threads';
import { kernelNamed } from '../../../core/fit/kernels';
import { help, type SharedRows } from '../../../core/kernels/shared-pass';
import { boardOn } from '../../../core/threads/board';

const { memory, shared, asked } = workerData as { memory: SharedArrayBuffer; shared: SharedRows; asked: Int32Array };
parentPort?.postMessage('ready');
parentPort?.postMessage(help(boardOn(memory), shared, kernelNamed, () => Atomics.load(asked, 0) !== 0));
