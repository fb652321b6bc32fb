/** Numbers as they stand in a sentence: a few significant digits, a typographic minus, thousands in groups. */
export function plainNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return String(value);
  const rounded = Number(value.toPrecision(digits));
  const magnitude = Math.abs(rounded);
  if (magnitude !== 0 && (magnitude >= 1e9 || magnitude < 1e-4)) {
    const [mantissa, exponent] = rounded.toExponential().split('e');
    return `${mantissa} × 10^${Number(exponent)}`.replaceAll('-', '−');
  }
  const [whole, fraction] = String(magnitude).split('.');
  const grouped = whole.length > 3 ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole;
  return `${rounded < 0 ? '−' : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

export function percent(share: number): string {
  const points = share * 100;
  if (points > 0 && points < 1) return 'less than 1%';
  if (points > 99 && points < 100) return 'more than 99%';
  return `${Math.round(points)}%`;
}

/** "1 row", "2 rows". */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${plainNumber(n, 15)} ${n === 1 ? one : many}`;
}
