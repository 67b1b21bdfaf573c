/** A person's settings of threads and kernels would make the comparison unequal. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(OPENBLAS|OMP|MKL|GOTO|BLIS|VECLIB)_/.test(name)),
  );
}
