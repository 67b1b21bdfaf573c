/* OpenBLAS's routines with nothing around them, for the bench: each line "routine m n" is answered with the seconds of
   one call on normal numbers; copies of the matrix are outside of the time. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void dgemm_(const char*, const char*, const int*, const int*, const int*, const double*, const double*, const int*,
            const double*, const int*, const double*, double*, const int*);
void sgemm_(const char*, const char*, const int*, const int*, const int*, const float*, const float*, const int*,
            const float*, const int*, const float*, float*, const int*);
void zgemm_(const char*, const char*, const int*, const int*, const int*, const double*, const double*, const int*,
            const double*, const int*, const double*, double*, const int*);
void dgesdd_(const char*, const int*, const int*, double*, const int*, double*, double*, const int*, double*, const int*,
             double*, const int*, int*, int*);
void dsyevd_(const char*, const char*, const int*, double*, const int*, double*, double*, const int*, int*, const int*,
             int*);
void dgeev_(const char*, const char*, const int*, double*, const int*, double*, double*, double*, const int*, double*,
            const int*, double*, const int*, int*);
void dpotrf_(const char*, const int*, double*, const int*, int*);
void dgeqrf_(const int*, const int*, double*, const int*, double*, double*, const int*, int*);
void dorgqr_(const int*, const int*, const int*, double*, const int*, const double*, double*, const int*, int*);
void dgetrf_(const int*, const int*, double*, const int*, int*, int*);
void dgetri_(const int*, double*, const int*, const int*, double*, const int*, int*);
void dgelsd_(const int*, const int*, const int*, double*, const int*, double*, const int*, double*, const double*, int*,
             double*, const int*, int*, int*);

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double* room(double count) {
  double* x = malloc((size_t)(count * 8) + 64);
  if (x == NULL) exit(1);
  memset(x, 0, (size_t)(count * 8));
  return x;
}

static double normal(void) {
  const double u = (rand() + 1.0) / (RAND_MAX + 2.0), v = rand() / (RAND_MAX + 1.0);
  return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

int main(void) {
  char what[32];
  int m, n, calls;
  puts("ready");
  fflush(stdout);
  while (scanf("%31s %d %d %d", what, &m, &n, &calls) == 4) {
    const int k = m < n ? m : n, big = m > n ? m : n, one = 1;
    const double area = (double)m * n, square = (double)n * n;
    const int lwork = (int)(4 * (double)k * k + 200.0 * big + 3 * square + 1000), liwork = 30 * big + 100;
    double *from = room(2 * area), *a = room(2 * area), *s = room(2 * big), *s2 = room(big), *tau = room(big);
    double *u = room((double)m * k), *vt = room((double)k * n), *work = room(lwork), *b = room(2 * (double)big * big);
    int *iwork = malloc(sizeof(int) * (size_t)liwork), *pivots = malloc(sizeof(int) * (size_t)big), info = 0, rank = 0;
    const double alpha[2] = {1, 0}, beta[2] = {0, 0}, rcond = 1e-15;
    const float f1 = 1, f0 = 0;
    for (double* x = from; x < from + (size_t)(2 * area); x++) *x = normal();
    if (strcmp(what, "dsyevd") == 0) {
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < j; i++) from[i + (size_t)j * n] = from[j + (size_t)i * n];
      }
    }
    if (strcmp(what, "dpotrf") == 0) {
      for (int i = 0; i < n; i++) from[(size_t)i * (n + 1)] += 4 * n;
    }
    if (strcmp(what, "sgemm") == 0) {
      for (size_t i = 0; i < (size_t)area; i++) ((float*)from)[i] = (float)normal();
    }
    for (int call = 0; call < calls; call++) {
      if (strcmp(what, "dgelsd") == 0) memcpy(b, from, (size_t)m * 8);
      memcpy(a, from, (size_t)(2 * area) * 8);
      const double began = now();
      if (strcmp(what, "dgemm") == 0) dgemm_("N", "N", &m, &n, &n, alpha, a, &m, from, &n, beta, b, &m);
      else if (strcmp(what, "sgemm") == 0)
        sgemm_("N", "N", &m, &n, &n, &f1, (float*)a, &m, (float*)from, &n, &f0, (float*)b, &m);
      else if (strcmp(what, "zgemm") == 0) zgemm_("N", "N", &m, &n, &n, alpha, a, &m, from, &n, beta, b, &m);
      else if (strcmp(what, "dgesdd") == 0)
        dgesdd_("S", &m, &n, a, &m, s, u, &m, vt, &k, work, &lwork, iwork, &info);
      else if (strcmp(what, "dgesdd-values") == 0)
        dgesdd_("N", &m, &n, a, &m, s, u, &m, vt, &k, work, &lwork, iwork, &info);
      else if (strcmp(what, "dsyevd") == 0) dsyevd_("V", "L", &n, a, &n, s, work, &lwork, iwork, &liwork, &info);
      else if (strcmp(what, "dgeev") == 0) dgeev_("N", "V", &n, a, &n, s, s2, u, &one, b, &n, work, &lwork, &info);
      else if (strcmp(what, "dpotrf") == 0) dpotrf_("L", &n, a, &n, &info);
      else if (strcmp(what, "dgeqrf") == 0) {
        dgeqrf_(&m, &n, a, &m, tau, work, &lwork, &info);
        dorgqr_(&m, &k, &k, a, &m, tau, work, &lwork, &info);
      } else if (strcmp(what, "dgetrf") == 0) dgetrf_(&n, &n, a, &n, pivots, &info);
      else if (strcmp(what, "dgetri") == 0) {
        dgetrf_(&n, &n, a, &n, pivots, &info);
        dgetri_(&n, a, &n, pivots, work, &lwork, &info);
      } else if (strcmp(what, "dgelsd") == 0)
        dgelsd_(&m, &n, &one, a, &m, b, &m, s, &rcond, &rank, work, &lwork, iwork, &info);
      else info = -1;
      const double took = now() - began;
      printf("%.9f%s", info == 0 ? took : -1.0, call + 1 < calls ? " " : "\n");
    }
    fflush(stdout);
    free(from), free(a), free(s), free(s2), free(tau), free(u), free(vt), free(work), free(b), free(iwork), free(pivots);
  }
  return 0;
}
