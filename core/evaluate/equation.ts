import type { Line } from './lines';

/**
 * An expert as text, columns by their labels: "Strength = 12.5 + 0.7312 × Age − 0.25 × [sex=F]". A name that could be misread stands in brackets; a
 * category's [column=level] is 1 for rows of that level, else 0.
 *
 * Every coefficient is rounded as far as the evaluated text stays within `tolerance` of the exact line at every training row:
 * each of the d + 1 roundings may cost tolerance / (d + 1).
 *
 * @param largest  d: largest absolute value of each encoded column over the training rows
 */
export function equationText(
  target: string,
  names: readonly string[],
  line: Line,
  largest: ArrayLike<number>,
  tolerance: number,
): string {
  const share = tolerance / (names.length + 1);
  let text = `${reference(target)} = ${signed(rounded(line.constant, share))}`;
  names.forEach((name, j) => {
    const slope = rounded(line.slopes[j], largest[j] > 0 ? share / largest[j] : Number.POSITIVE_INFINITY);
    if (Number(slope) === 0) return;
    text += slope.startsWith('-') ? ` − ${slope.slice(1)} × ${reference(name)}` : ` + ${slope} × ${reference(name)}`;
  });
  return text;
}

const reference = (name: string) => (/^[\p{L}_][\p{L}\p{N}_ ]*$/u.test(name) ? name : `[${name}]`);

/** With a true minus before it; one in an exponent stays, so that the number can be pasted. */
const signed = (number: string) => number.replace(/^-/, '−');

/** The shortest decimal within `error` of the value; exact (shortest round-trip form) where no error is allowed. */
export function rounded(value: number, error: number): string {
  if (value === 0 || Math.abs(value) <= error) return '0';
  for (let digits = 1; digits < 17; digits++) {
    const candidate = Number(value.toPrecision(digits));
    if (Math.abs(candidate - value) <= error) return String(candidate);
  }
  return String(value);
}
