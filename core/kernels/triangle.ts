/** Numbers in the upper triangle of a q × q symmetric matrix. */
export const triangle = (q: number): number => (q * (q + 1)) / 2;

/** Where entry (a, b), a <= b, stands in the upper triangle kept row after row. */
export const triangleIndex = (q: number, a: number, b: number): number => a * q - (a * (a - 1)) / 2 + (b - a);
