/*
 * The passes in blocks of 128 rows, transposed, so that every inner loop runs along rows in 128-bit vectors of two rows: what
 * core/kernels does, with what a C compiler has besides (fused multiply-add, 32 registers). To be compiled for vectors of 128 bits.
 */
#include "em.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef double v2 __attribute__((vector_size(16)));
typedef long long i2 __attribute__((vector_size(16)));

enum { ROWS = 128, PAIRS = ROWS / 2, MOST_EXPERTS = 16, MOST_LINES = 512 };

/* A line is a quantity of all rows of the block. */
typedef v2 line[PAIRS];

static const double LOG_SQRT_2_PI = 0.918938533204672741780329736406;

static line z[MOST_LINES + 1], mean[MOST_EXPERTS], gate[MOST_EXPERTS], share[MOST_EXPERTS], moved[MOST_EXPERTS];
static line weight, residual, work[2];

/* 1 for the rows of the block, 0 for the padding. */
static line real;

static inline v2 both(double x) { return (v2){x, x}; }
static inline double total(v2 x) { return x[0] + x[1]; }
static inline v2 larger(v2 a, v2 b) {
  i2 is = a > b;
  return (v2)(((i2)a & is) | ((i2)b & ~is));
}

/* e^x of x <= 0, by fdlibm's method: at most 1 unit in the last place off down to -708, 0 below. */
static inline v2 exp_v(v2 x) {
  i2 gone = x < both(-708.0);
  v2 whole = x * 1.44269504088896338700 + 6755399441055744.0;
  v2 n = whole - 6755399441055744.0;
  v2 hi = x - n * 6.93147180369123816490e-1, lo = n * 1.90821492927058770002e-10;
  v2 r = hi - lo, t = r * r;
  v2 c = t * 4.13813679705723846039e-8 - 1.65339022054652515390e-6;
  c = t * c + 6.61375632143793436117e-5;
  c = t * c - 2.77777777770155933842e-3;
  c = t * c + 1.66666666666666019037e-1;
  c = r - t * c;
  v2 y = 1.0 - ((lo - r * c / (2.0 - c)) - hi);
  i2 power = ((i2)whole + 1023) << 52;
  return (v2)((i2)(y * (v2)power) & ~gone);
}

static inline v2 log_v(v2 x) { return (v2){log(x[0]), log(x[1])}; }

/* Overwrites one pair of rows of k lines by their softmax; gives the largest score and the sum of exp(score - largest). */
static inline v2 softmax(line *score, int k, int r, v2 *largest) {
  v2 top = score[0][r], sum = both(0);
  for (int i = 1; i < k; i++) top = larger(score[i][r], top);
  for (int i = 0; i < k; i++) sum += score[i][r] = exp_v(score[i][r] - top);
  v2 scale = 1.0 / sum;
  for (int i = 0; i < k; i++) score[i][r] *= scale;
  *largest = top;
  return sum;
}

/* Loads the rows of a block, the target after the features; returns the number of pairs, padding included. */
static int load(const problem *of, long from) {
  int d = of->d, count = of->n - from < ROWS ? (int)(of->n - from) : ROWS, pairs = (count + 1) / 2;
  const double *x = of->x + from * d;
  for (int r = 0; r < pairs; r++) {
    int second = 2 * r + 1 < count;
    const double *a = x + 2 * r * d, *b = a + (second ? d : 0);
    z[0][r] = real[r] = (v2){1, second};
    for (int j = 0; j < d; j++) z[j + 1][r] = (v2){a[j], b[j]} * real[r];
    z[d + 1][r] = (v2){of->y[from + 2 * r], second ? of->y[from + 2 * r + 1] : 0};
  }
  return pairs;
}

/* Four functions at a time: a pair of rows is read once for all four. */
static void affine(const double *c, int k, int p, int pairs, line *out) {
  int i = 0;
  for (; i + 3 < k; i += 4)
    for (int r = 0; r < pairs; r++) {
      const double *c0 = c + i * p, *c1 = c0 + p, *c2 = c1 + p, *c3 = c2 + p;
      v2 s0 = both(0), s1 = s0, s2 = s0, s3 = s0;
      for (int a = 0; a < p; a++) {
        v2 v = z[a][r];
        s0 += v * c0[a], s1 += v * c1[a], s2 += v * c2[a], s3 += v * c3[a];
      }
      out[i][r] = s0, out[i + 1][r] = s1, out[i + 2][r] = s2, out[i + 3][r] = s3;
    }
  for (; i < k; i++)
    for (int r = 0; r < pairs; r++) {
      v2 s = both(0);
      for (int a = 0; a < p; a++) s += z[a][r] * c[i * p + a];
      out[i][r] = s;
    }
}

static void add_lines(const v2 *v, int p, int pairs, double *out) {
  int a = 0;
  for (; a + 3 < p; a += 4) {
    v2 s0 = both(0), s1 = s0, s2 = s0, s3 = s0;
    for (int r = 0; r < pairs; r++) {
      v2 t = v[r];
      s0 += t * z[a][r], s1 += t * z[a + 1][r], s2 += t * z[a + 2][r], s3 += t * z[a + 3][r];
    }
    out[a] += total(s0), out[a + 1] += total(s1), out[a + 2] += total(s2), out[a + 3] += total(s3);
  }
  for (; a < p; a++) {
    v2 s = both(0);
    for (int r = 0; r < pairs; r++) s += v[r] * z[a][r];
    out[a] += total(s);
  }
}

/* Two rows of the triangle at a time, four columns of each: eight sums for six reads. */
static void add_gram(const v2 *v, int p, int pairs, double *out) {
  int a = 0;
  for (; a + 1 < p; a += 2) {
    double *first = out, *second = out + p - a;
    v2 c0 = both(0), c1 = c0, c2 = c0;
    for (int r = 0; r < pairs; r++) {
      v2 t = work[0][r] = v[r] * z[a][r], u = work[1][r] = v[r] * z[a + 1][r];
      c0 += t * z[a][r], c1 += t * z[a + 1][r], c2 += u * z[a + 1][r];
    }
    *first++ += total(c0), *first++ += total(c1), *second++ += total(c2);
    int b = a + 2;
    for (; b + 3 < p; b += 4) {
      v2 p0 = both(0), p1 = p0, p2 = p0, p3 = p0, q0 = p0, q1 = p0, q2 = p0, q3 = p0;
      for (int r = 0; r < pairs; r++) {
        v2 t = work[0][r], u = work[1][r];
        v2 z0 = z[b][r], z1 = z[b + 1][r], z2 = z[b + 2][r], z3 = z[b + 3][r];
        p0 += t * z0, p1 += t * z1, p2 += t * z2, p3 += t * z3;
        q0 += u * z0, q1 += u * z1, q2 += u * z2, q3 += u * z3;
      }
      *first++ += total(p0), *first++ += total(p1), *first++ += total(p2), *first++ += total(p3);
      *second++ += total(q0), *second++ += total(q1), *second++ += total(q2), *second++ += total(q3);
    }
    for (; b < p; b++) {
      v2 p0 = both(0), q0 = p0;
      for (int r = 0; r < pairs; r++) p0 += work[0][r] * z[b][r], q0 += work[1][r] * z[b][r];
      *first++ += total(p0), *second++ += total(q0);
    }
    out = second;
  }
  if (a < p) {
    v2 s = both(0);
    for (int r = 0; r < pairs; r++) s += v[r] * z[a][r] * z[a][r];
    *out += total(s);
  }
}

void expectation(const problem *of, const parameters *at, sums *out) {
  int k = of->k, p = of->d + 1, triangle = p * (p + 1) / 2;
  double normaliser[MOST_EXPERTS], precision[MOST_EXPERTS];
  for (int i = 0; i < k; i++) {
    normaliser[i] = -log(at->sigma[i]) - LOG_SQRT_2_PI;
    precision[i] = 1 / at->sigma[i];
  }
  for (long from = 0; from < of->n; from += ROWS) {
    int pairs = load(of, from);
    const v2 *y = z[p];
    v2 likelihood = both(0), squares = both(0);
    affine(at->expert, k, p, pairs, mean);
    affine(at->gate, k, p, pairs, gate);
    for (int r = 0; r < pairs; r++) {
      for (int i = 0; i < k; i++) {
        v2 standardised = (y[r] - mean[i][r]) * precision[i];
        share[i][r] = gate[i][r] + normaliser[i] - 0.5 * standardised * standardised;
      }
      v2 top, shareTop, prediction = both(0);
      v2 sum = softmax(gate, k, r, &top);
      for (int i = 0; i < k; i++) prediction += gate[i][r] * mean[i][r];
      v2 shareSum = softmax(share, k, r, &shareTop);
      likelihood += real[r] * ((shareTop - top) + log_v(shareSum / sum));
      squares += real[r] * (y[r] - prediction) * (y[r] - prediction);
      for (int i = 0; i < k; i++) gate[i][r] *= real[r], share[i][r] *= real[r];
    }
    out->log_likelihood += total(likelihood);
    out->squared_error += total(squares);
    for (int i = 0; i < k; i++) {
      v2 own = both(0), spread = both(0);
      for (int r = 0; r < pairs; r++) {
        v2 e = y[r] - mean[i][r];
        residual[r] = share[i][r] * e;
        own += residual[r] * e;
        spread += real[r] * e * e;
      }
      out->residuals[i] += total(own);
      out->spreads[i] += total(spread);
      add_lines(share[i], p, pairs, out->responsibilities + i * p);
      add_lines(residual, p, pairs, out->slopes + i * p);
      add_lines(gate[i], p, pairs, out->gates + i * p);
      add_gram(share[i], p, pairs, out->moments + i * triangle);
    }
    double *curvature = out->curvature;
    for (int i = 0; i < k - 1; i++)
      for (int j = i; j < k - 1; j++, curvature += triangle) {
        for (int r = 0; r < pairs; r++) weight[r] = gate[i][r] * ((double)(i == j) - gate[j][r]);
        add_gram(weight, p, pairs, curvature);
      }
  }
}

double gate_cost(const problem *of, const double *from, const double *to, double *gates) {
  int k = of->k, p = of->d + 1;
  v2 cost = both(0);
  for (long row = 0; row < of->n; row += ROWS) {
    int pairs = load(of, row);
    affine(from, k, p, pairs, share);
    affine(to, k, p, pairs, gate);
    for (int r = 0; r < pairs; r++) {
      for (int i = 0; i < k; i++) moved[i][r] = gate[i][r] - share[i][r];
      v2 before, after, slope = both(0);
      v2 old = softmax(share, k, r, &before), new = softmax(gate, k, r, &after);
      for (int i = 0; i < k; i++) slope += share[i][r] * moved[i][r], gate[i][r] *= real[r];
      cost += real[r] * ((after - before) + log_v(new / old) - slope);
    }
    for (int i = 0; i < k; i++) add_lines(gate[i], p, pairs, gates + i * p);
  }
  return total(cost);
}
