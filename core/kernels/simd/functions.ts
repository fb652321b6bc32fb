/** Functions of two numbers at once. AssemblyScript, compiled into lines.ts. */

/** e^x: at most 1 unit in the last place from the true value; 0 and infinity beyond the range of a number, NaN of NaN. fdlibm's method. */
// @ts-ignore: a decorator of a function is AssemblyScript's own
@inline
export function exp(value: v128): v128 {
  const x = f64x2.pmin(f64x2.pmax(value, f64x2.splat(-746)), f64x2.splat(710));
  const n = f64x2.nearest(f64x2.mul(x, f64x2.splat(1.44269504088896338700)));
  const hi = f64x2.sub(x, f64x2.mul(n, f64x2.splat(6.93147180369123816490e-1)));
  const lo = f64x2.mul(n, f64x2.splat(1.90821492927058770002e-10));
  const r = f64x2.sub(hi, lo);
  const t = f64x2.mul(r, r);
  let c = f64x2.add(f64x2.mul(t, f64x2.splat(4.13813679705723846039e-8)), f64x2.splat(-1.6533902205465251539e-6));
  c = f64x2.add(f64x2.mul(t, c), f64x2.splat(6.61375632143793436117e-5));
  c = f64x2.add(f64x2.mul(t, c), f64x2.splat(-2.77777777770155933842e-3));
  c = f64x2.add(f64x2.mul(t, c), f64x2.splat(1.66666666666666019037e-1));
  c = f64x2.sub(r, f64x2.mul(t, c));
  const q = f64x2.div(f64x2.mul(r, c), f64x2.sub(f64x2.splat(2), c));
  const y = f64x2.sub(f64x2.splat(1), f64x2.sub(f64x2.sub(lo, q), hi));
  // 2^n as a product of two powers, each of which is a number where 2^n is not. Adding 1.5 · 2^52 leaves n in the lowest bits.
  const half = f64x2.floor(f64x2.mul(n, f64x2.splat(0.5)));
  const rest = f64x2.sub(n, half);
  return f64x2.mul(f64x2.mul(y, power(half)), power(rest));
}

/** 2^n of a whole n between −1022 and 1023. */
// @ts-ignore: a decorator of a function is AssemblyScript's own
@inline
function power(n: v128): v128 {
  const bits = f64x2.add(n, f64x2.splat(6755399441055744));
  return i64x2.shl(i64x2.add(bits, i64x2.splat(1023)), 52);
}

/** The natural logarithm of a positive, normal number; NaN stays NaN. fdlibm's method, at most 1 unit in the last place off. */
// @ts-ignore: a decorator of a function is AssemblyScript's own
@inline
export function log(x: v128): v128 {
  const shifted = i64x2.add(x, i64x2.splat(0x3ff0000000000000 - 0x3fe6a09e667f3bcd));
  const exponent = i64x2.shr_u(shifted, 52);
  const n = f64x2.sub(v128.or(exponent, i64x2.splat(0x4330000000000000)), f64x2.splat(4503599627370496 + 1023));
  const m = i64x2.add(v128.and(shifted, i64x2.splat(0x000fffffffffffff)), i64x2.splat(0x3fe6a09e667f3bcd));
  const f = f64x2.sub(m, f64x2.splat(1));
  const half = f64x2.mul(f64x2.splat(0.5), f64x2.mul(f, f));
  const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f));
  const t = f64x2.mul(s, s);
  let r = f64x2.add(f64x2.mul(t, f64x2.splat(1.479819860511658591e-1)), f64x2.splat(1.531383769920937332e-1));
  r = f64x2.add(f64x2.mul(t, r), f64x2.splat(1.818357216161805012e-1));
  r = f64x2.add(f64x2.mul(t, r), f64x2.splat(2.222219843214978396e-1));
  r = f64x2.add(f64x2.mul(t, r), f64x2.splat(2.857142874366239149e-1));
  r = f64x2.add(f64x2.mul(t, r), f64x2.splat(3.999999999940941908e-1));
  r = f64x2.add(f64x2.mul(t, r), f64x2.splat(6.666666666666735130e-1));
  r = f64x2.mul(t, r);
  const small = f64x2.add(f64x2.mul(s, f64x2.add(half, r)), f64x2.mul(n, f64x2.splat(1.90821492927058770002e-10)));
  const y = f64x2.sub(f64x2.mul(n, f64x2.splat(6.93147180369123816490e-1)), f64x2.sub(f64x2.sub(half, small), f));
  return v128.bitselect(y, x, f64x2.eq(x, x));
}

// @ts-ignore: a decorator of a function is AssemblyScript's own
@inline
export function logistic(x: v128): v128 {
  return f64x2.div(f64x2.splat(1), f64x2.add(f64x2.splat(1), exp(f64x2.neg(x))));
}

/** tanh: near 0 by Cephes' rational function, which keeps the digits that 1 − 2 / (e^2x + 1) loses there. */
// @ts-ignore: a decorator of a function is AssemblyScript's own
@inline
export function tanh(x: v128): v128 {
  const t = f64x2.mul(x, x);
  let p = f64x2.add(f64x2.mul(t, f64x2.splat(-9.64399179425052238628e-1)), f64x2.splat(-9.92877231001918586564e1));
  p = f64x2.add(f64x2.mul(t, p), f64x2.splat(-1.61468768441708447952e3));
  let q = f64x2.add(t, f64x2.splat(1.12811678491632931402e2));
  q = f64x2.add(f64x2.mul(t, q), f64x2.splat(2.2354883906010044858e3));
  q = f64x2.add(f64x2.mul(t, q), f64x2.splat(4.84406305325125486048e3));
  const near = f64x2.add(x, f64x2.mul(x, f64x2.mul(t, f64x2.div(p, q))));
  const e = exp(f64x2.add(x, x));
  const far = f64x2.sub(f64x2.splat(1), f64x2.div(f64x2.splat(2), f64x2.add(e, f64x2.splat(1))));
  return v128.bitselect(near, far, f64x2.lt(f64x2.abs(x), f64x2.splat(0.625)));
}
