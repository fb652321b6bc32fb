/* The passes as one writes them down: row by row, plain loops, vectors only where the compiler finds them. */
#include "em.h"
#include <math.h>
#include <stdlib.h>

enum { MOST_EXPERTS = 16, MOST_LINES = 512 };

static const double LOG_SQRT_2_PI = 0.918938533204672741780329736406;

static double affine(const double *c, const double *z, int p) {
  double sum = 0;
  for (int a = 0; a < p; a++) sum += c[a] * z[a];
  return sum;
}

/* Overwrites scores by their softmax; returns their log-sum-exp. */
static double softmax(double *score, int k) {
  double largest = score[0], sum = 0;
  for (int i = 1; i < k; i++) largest = score[i] > largest ? score[i] : largest;
  for (int i = 0; i < k; i++) sum += score[i] = exp(score[i] - largest);
  for (int i = 0; i < k; i++) score[i] /= sum;
  return largest + log(sum);
}

static void add_line(double v, const double *restrict z, int p, double *restrict out) {
  for (int a = 0; a < p; a++) out[a] += v * z[a];
}

static void add_gram(double v, const double *restrict z, int p, double *restrict out) {
  for (int a = 0; a < p; a++) {
    double t = v * z[a];
    for (int b = a; b < p; b++) *out++ += t * z[b];
  }
}

static void load(double *z, const double *x, int d) {
  z[0] = 1;
  for (int j = 0; j < d; j++) z[j + 1] = x[j];
}

void expectation(const problem *of, const parameters *at, sums *out) {
  int k = of->k, d = of->d, p = d + 1, triangle = p * (p + 1) / 2;
  double z[MOST_LINES], mean[MOST_EXPERTS], gate[MOST_EXPERTS], share[MOST_EXPERTS], normaliser[MOST_EXPERTS];
  for (int i = 0; i < k; i++) normaliser[i] = -log(at->sigma[i]) - LOG_SQRT_2_PI;
  for (long row = 0; row < of->n; row++) {
    double y = of->y[row], prediction = 0;
    load(z, of->x + row * d, d);
    for (int i = 0; i < k; i++) {
      mean[i] = affine(at->expert + i * p, z, p);
      gate[i] = affine(at->gate + i * p, z, p);
      double standardised = (y - mean[i]) / at->sigma[i];
      share[i] = gate[i] + normaliser[i] - 0.5 * standardised * standardised;
    }
    double total = softmax(gate, k);
    out->log_likelihood += softmax(share, k) - total;
    double *curvature = out->curvature;
    for (int i = 0; i < k; i++) {
      double residual = y - mean[i];
      prediction += gate[i] * mean[i];
      out->residuals[i] += share[i] * residual * residual;
      out->spreads[i] += residual * residual;
      add_line(share[i], z, p, out->responsibilities + i * p);
      add_line(share[i] * residual, z, p, out->slopes + i * p);
      add_line(gate[i], z, p, out->gates + i * p);
      add_gram(share[i], z, p, out->moments + i * triangle);
      for (int j = i; i < k - 1 && j < k - 1; j++, curvature += triangle)
        add_gram(gate[i] * ((i == j) - gate[j]), z, p, curvature);
    }
    out->squared_error += (y - prediction) * (y - prediction);
  }
}

double gate_cost(const problem *of, const double *from, const double *to, double *gates) {
  int k = of->k, d = of->d, p = d + 1;
  double z[MOST_LINES], old[MOST_EXPERTS], new[MOST_EXPERTS], moved[MOST_EXPERTS], cost = 0;
  for (long row = 0; row < of->n; row++) {
    load(z, of->x + row * d, d);
    for (int i = 0; i < k; i++) {
      old[i] = affine(from + i * p, z, p);
      new[i] = affine(to + i * p, z, p);
      moved[i] = new[i] - old[i];
    }
    double before = softmax(old, k), after = softmax(new, k), slope = 0;
    for (int i = 0; i < k; i++) slope += old[i] * moved[i];
    cost += after - before - slope;
    for (int i = 0; i < k; i++) add_line(new[i], z, p, gates + i * p);
  }
  return cost;
}
