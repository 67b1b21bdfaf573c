/** NumPy beside us, in a Python process that stays: each question is answered with seconds. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const program = `
import json, sys, time
import numpy as np
print(json.dumps({"version": np.__version__}), flush=True)
kept = {}
for line in sys.stdin:
    what, m, n, loops = line.split()
    m, n, loops = int(m), int(n), int(loops)
    if (m, n) not in kept:
        rng = np.random.default_rng(7)
        kept[m, n] = (rng.standard_normal((m, n)), rng.standard_normal((n, m)))
    a, b = kept[m, n]
    began = time.perf_counter()
    for _ in range(loops):
        if what == "matmul":
            a @ b
        elif what == "svd":
            np.linalg.svd(a, full_matrices=False)
        elif what == "svdvals":
            np.linalg.svd(a, compute_uv=False)
    print(json.dumps({"seconds": (time.perf_counter() - began) / loops}), flush=True)
`;

export interface Numpy {
  version: string;
  /** Seconds of one call, the mean of `loops`. */
  seconds(what: 'matmul' | 'svd' | 'svdvals', m: number, n: number, loops?: number): Promise<number>;
  close(): void;
}

/** A person's settings of threads and kernels would make the comparison unequal. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(OPENBLAS|OMP|MKL|GOTO|BLIS|VECLIB)_/.test(name)),
  );
}

/** Null where python3 has no NumPy. */
export async function startNumpy(): Promise<Numpy | null> {
  let child: ChildProcessWithoutNullStreams;
  try {
    child = spawn('python3', ['-c', program], { env: plainEnvironment() });
  } catch {
    return null;
  }
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const failed = new Promise<{ done: true; value: string }>((done) =>
    child.once('error', () => done({ done: true, value: '' })),
  );
  const answer = async (): Promise<Record<string, unknown> | null> => {
    const line = await Promise.race([lines.next(), failed]);
    return line.done === true ? null : (JSON.parse(line.value) as Record<string, unknown>);
  };
  child.stderr.resume();
  const first = await answer();
  if (first === null) return null;
  return {
    version: String(first['version']),
    async seconds(what, m, n, loops = 1) {
      child.stdin.write(`${what} ${m} ${n} ${loops}\n`);
      const found = await answer();
      if (found === null) throw new Error('NumPy ended');
      return Number(found['seconds']);
    },
    close: () => child.stdin.end(),
  };
}

/** One square size of SVD, for the request path's comparison. */
export async function svdInNumpy(
  n: number,
): Promise<{ version: string; seconds: () => Promise<number>; close: () => void } | null> {
  const numpy = await startNumpy();
  if (numpy === null) return null;
  await numpy.seconds('svd', n, n);
  return { version: numpy.version, seconds: () => numpy.seconds('svd', n, n), close: numpy.close };
}
