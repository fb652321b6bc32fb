/**
 * Moves labels apart: given wanted positions in any order, the nearest positions at least `gap` apart within [low, high]
 * (least squares, by pooling neighbours that would overlap). If they cannot all fit, the gap shrinks until they do.
 *
 * @returns positions in the order of `wanted`
 */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const n = wanted.length;
  const step = n > 1 ? Math.min(gap, (high - low) / (n - 1)) : 0;
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b] || a - b);
  // In shifted coordinates u_i = y_i - i * step the positions need only be non-decreasing: isotonic regression.
  const blocks: { sum: number; count: number }[] = [];
  order.forEach((index, i) => {
    blocks.push({ sum: wanted[index] - i * step, count: 1 });
    while (blocks.length > 1 && mean(blocks.at(-2)) > mean(blocks.at(-1))) {
      const last = blocks.pop()!;
      const held = blocks.at(-1)!;
      held.sum += last.sum;
      held.count += last.count;
    }
  });
  const placed = new Array<number>(n);
  const top = high - (n - 1) * step;
  let i = 0;
  for (const block of blocks) {
    const u = Math.min(Math.max(block.sum / block.count, low), top);
    for (let j = 0; j < block.count; j++, i++) placed[order[i]] = u + i * step;
  }
  return placed;
}

const mean = (block: { sum: number; count: number } | undefined): number => (block ? block.sum / block.count : 0);
