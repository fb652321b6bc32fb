import { totalmem } from 'node:os';

/**
 * Bytes that fits may use where nobody says how many: half of the machine's memory, or of what this process is allowed where that is
 * less, as in a container.
 *
 * @param total    bytes of the machine
 * @param allowed  bytes of this process; 0, or more than there are, where nothing limits it
 */
export const usualLimit = (total = totalmem(), allowed = process.constrainedMemory()): number =>
  (allowed > 0 ? Math.min(total, allowed) : total) / 2;
