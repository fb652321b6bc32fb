/* What a C program of the benchmark has to bring: the two passes over the rows. em.c does the rest. */
#ifndef EM_H
#define EM_H

/* Rows n x d, row after row. */
typedef struct {
  long n;
  int d, k;
  double gate_ridge, sigma_floor;
  const double *x, *y;
} problem;

/* Affine functions as k x (d + 1), the intercept first. */
typedef struct {
  double *expert, *sigma, *gate;
} parameters;

/*
 * With z = (1, x), p the gate's probabilities, r the responsibilities and e = y - mean of an expert.
 * Triangles are upper, row after row; the curvature is kept for pairs i <= j of the gates before the last.
 */
typedef struct {
  double log_likelihood, squared_error;
  double *responsibilities; /* k x (d + 1): sum of r z */
  double *gates;            /* k x (d + 1): sum of p z */
  double *slopes;           /* k x (d + 1): sum of r e z */
  double *residuals;        /* k: sum of r e e */
  double *spreads;          /* k: sum of e e */
  double *moments;          /* k triangles: sum of r z z' */
  double *curvature;        /* triangles: sum of p_i (1{i = j} - p_j) z z' */
} sums;

/* Adds all rows to sums that are zero. */
void expectation(const problem *of, const parameters *at, sums *out);

/*
 * sum of log sum_i exp s_i(to) - log sum_i exp s_i(from) - sum_i p_i (s_i(to) - s_i(from)), and in `gates` (zero) the sum of p z at
 * the new gate.
 */
double gate_cost(const problem *of, const double *from, const double *to, double *gates);

#endif
