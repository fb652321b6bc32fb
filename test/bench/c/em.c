/*
 * EM of a mixture of linear experts, one Newton step of the gate an iteration, around the two passes of rows.c or vectors.c: what
 * core/fit/em does with linear experts, a sigma for each, no pseudo-rows and inputs of unit scale. Usage: <program> <data> <iterations>.
 * For each line on stdin it fits from the start once more, and answers with one line of JSON: milliseconds of each iteration, and the
 * log-likelihood at the start and after each.
 */
#include "em.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double *numbers(size_t count) {
  double *made = calloc(count, sizeof(double));
  if (!made) exit(3);
  return made;
}

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

static int triangle(int p) { return p * (p + 1) / 2; }
static int entry(int p, int a, int b) { return a * p - a * (a - 1) / 2 + (b - a); }

static double dot(const double *a, const double *b, int m) {
  double sum = 0;
  for (int j = 0; j < m; j++) sum += a[j] * b[j];
  return sum;
}

/* Overwrites b by the solution; a is a full symmetric matrix, overwritten by its factor. */
static void solve(double *a, double *b, int m) {
  for (int j = 0; j < m; j++) {
    double pivot = sqrt(a[j * m + j] - dot(a + j * m, a + j * m, j));
    a[j * m + j] = pivot;
    for (int i = j + 1; i < m; i++) a[i * m + j] = (a[i * m + j] - dot(a + i * m, a + j * m, j)) / pivot;
  }
  for (int i = 0; i < m; i++) b[i] = (b[i] - dot(a + i * m, b, i)) / a[i * m + i];
  for (int i = m - 1; i >= 0; i--) {
    for (int j = i + 1; j < m; j++) b[i] -= a[j * m + i] * b[j];
    b[i] /= a[i * m + i];
  }
}

static double mean_weight(const double *gate, int k, int p, int a) {
  double mean = 0;
  for (int i = 0; i < k; i++) mean += gate[i * p + a] / k;
  return mean;
}

static double penalty(const problem *of, const double *gate) {
  int p = of->d + 1;
  double sum = 0;
  for (int a = 1; a < p; a++) {
    double mean = mean_weight(gate, of->k, p, a);
    for (int i = 0; i < of->k; i++) sum += (gate[i * p + a] - mean) * (gate[i * p + a] - mean);
  }
  return of->gate_ridge / 2 * sum;
}

static void move_experts(const problem *of, const sums *s, parameters *at) {
  int p = of->d + 1;
  double *full = numbers((size_t)p * p), *delta = numbers(p);
  for (int i = 0; i < of->k; i++) {
    const double *gram = s->moments + i * triangle(p), *pull = s->slopes + i * p;
    for (int a = 0; a < p; a++)
      for (int b = a; b < p; b++) full[a * p + b] = full[b * p + a] = gram[entry(p, a, b)];
    memcpy(delta, pull, p * sizeof(double));
    solve(full, delta, p);
    for (int a = 0; a < p; a++) at->expert[i * p + a] += delta[a];
    double left = fmax(0, s->residuals[i] - dot(delta, pull, p));
    at->sigma[i] = fmax(of->sigma_floor, sqrt(left / s->responsibilities[i * p]));
  }
  free(full);
  free(delta);
}

static void move_gate(const problem *of, const sums *s, parameters *at) {
  int k = of->k, p = of->d + 1, m = (k - 1) * p;
  double *hessian = numbers((size_t)m * m), *linear = numbers(m), *pull = numbers(m), *direction = numbers(m);
  double *to = numbers((size_t)k * p), *gates = numbers((size_t)k * p);
  for (int i = 0, pair = 0; i < k - 1; i++)
    for (int j = i; j < k - 1; j++, pair++)
      for (int a = 0; a < p; a++)
        for (int b = 0; b < p; b++) {
          double value = s->curvature[pair * triangle(p) + (a < b ? entry(p, a, b) : entry(p, b, a))];
          if (a == b && a > 0) value += of->gate_ridge * ((i == j) - 1.0 / k);
          hessian[(i * p + a) * m + j * p + b] = hessian[(j * p + b) * m + i * p + a] = value;
        }
  for (int a = 0; a < p; a++) {
    double mean = mean_weight(at->gate, k, p, a);
    for (int i = 0; i < k - 1; i++) {
      linear[i * p + a] = s->responsibilities[i * p + a] - s->gates[i * p + a];
      pull[i * p + a] = linear[i * p + a] - (a == 0 ? 0 : of->gate_ridge * (at->gate[i * p + a] - mean));
    }
  }
  memcpy(direction, pull, m * sizeof(double));
  solve(hessian, direction, m);
  double slope = dot(direction, pull, m), before = penalty(of, at->gate), size = 1;
  for (int halvings = 0; slope > 0 && halvings < 30; halvings++, size /= 2) {
    memcpy(to, at->gate, k * p * sizeof(double));
    for (int j = 0; j < m; j++) to[j] += size * direction[j];
    memset(gates, 0, k * p * sizeof(double));
    double cost = gate_cost(of, at->gate, to, gates);
    double gain = size * dot(linear, direction, m) - cost - (penalty(of, to) - before);
    if (gain < 1e-4 * size * slope - 1e-14 * (double)of->n) continue;
    memcpy(at->gate, to, k * p * sizeof(double));
    break;
  }
  free(hessian), free(linear), free(pull), free(direction), free(to), free(gates);
}

int main(int count, char **words) {
  if (count < 3) return 2;
  FILE *file = fopen(words[1], "rb");
  double head[5];
  if (!file || fread(head, sizeof(double), 5, file) != 5) return 2;
  problem of = {.n = (long)head[0], .d = (int)head[1], .k = (int)head[2], .gate_ridge = head[3], .sigma_floor = head[4]};
  int k = of.k, p = of.d + 1, t = triangle(p), pairs = triangle(k - 1), iterations = atoi(words[2]);
  size_t affine = (size_t)k * p, sizes = 2 * affine + k, rows = (size_t)of.n * p;
  double *start = numbers(sizes), *data = numbers(rows), *now = numbers(sizes);
  if (fread(start, sizeof(double), sizes, file) != sizes || fread(data, sizeof(double), rows, file) != rows) return 2;
  fclose(file);
  of.x = data;
  of.y = data + (size_t)of.n * of.d;
  size_t length = 3 * affine + 2 * k + (size_t)(k + pairs) * t;
  double *all = numbers(length), *ms = numbers(iterations), *found = numbers(iterations + 1);
  parameters at = {.expert = now, .gate = now + affine, .sigma = now + 2 * affine};
  sums s = {.responsibilities = all, .gates = all + affine, .slopes = all + 2 * affine, .residuals = all + 3 * affine};
  s.spreads = s.residuals + k;
  s.moments = s.spreads + k;
  s.curvature = s.moments + k * t;
  char line[64];
  while (fgets(line, sizeof line, stdin)) {
    memcpy(now, start, sizes * sizeof(double));
    double begun = now_ms();
    for (int i = 0; i <= iterations; i++) {
      if (i > 0) move_experts(&of, &s, &at);
      if (i > 0) move_gate(&of, &s, &at);
      memset(all, 0, length * sizeof(double));
      s.log_likelihood = s.squared_error = 0;
      expectation(&of, &at, &s);
      found[i] = s.log_likelihood;
      double ended = now_ms();
      if (i > 0) ms[i - 1] = ended - begun;
      begun = ended;
    }
    printf("{\"ms\":[");
    for (int i = 0; i < iterations; i++) printf("%s%.4f", i ? "," : "", ms[i]);
    printf("],\"logLikelihood\":[");
    for (int i = 0; i <= iterations; i++) printf("%s%.17g", i ? "," : "", found[i]);
    printf("]}\n");
    fflush(stdout);
  }
  return 0;
}
