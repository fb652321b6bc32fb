/**
 * The permutation with the smallest sum of costs (the assignment problem), by shortest augmenting paths
 * (Kuhn 1955; potentials as in Jonker & Volgenant 1987), O(k³).
 *
 * @param cost  k × k row-major, finite
 * @returns column of each row
 */
export function assignment(cost: Float64Array, k: number): number[] {
  const rowPotential = new Float64Array(k + 1);
  const columnPotential = new Float64Array(k + 1);
  // Row matched to each column; columns and rows count from 1, 0 is the start of every path.
  const rowOf = new Int32Array(k + 1);
  for (let row = 1; row <= k; row++) {
    const cheapest = new Float64Array(k + 1).fill(Infinity);
    const visited = new Uint8Array(k + 1);
    const from = new Int32Array(k + 1);
    rowOf[0] = row;
    let column = 0;
    while (rowOf[column] !== 0) {
      visited[column] = 1;
      const i = rowOf[column];
      let nearest = Infinity;
      let next = 0;
      for (let j = 1; j <= k; j++) {
        if (visited[j]) continue;
        const reduced = cost[(i - 1) * k + j - 1] - rowPotential[i] - columnPotential[j];
        if (reduced < cheapest[j]) {
          cheapest[j] = reduced;
          from[j] = column;
        }
        if (cheapest[j] < nearest) {
          nearest = cheapest[j];
          next = j;
        }
      }
      for (let j = 0; j <= k; j++) {
        if (visited[j]) {
          rowPotential[rowOf[j]] += nearest;
          columnPotential[j] -= nearest;
        } else {
          cheapest[j] -= nearest;
        }
      }
      column = next;
    }
    while (column !== 0) {
      rowOf[column] = rowOf[from[column]];
      column = from[column];
    }
  }
  const columnOf = new Array<number>(k).fill(0);
  for (let j = 1; j <= k; j++) columnOf[rowOf[j] - 1] = j - 1;
  return columnOf;
}
