/** Python statements timed beside us, in a process that stays. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { plainEnvironment } from './environment.ts';
import type { Side } from './turns.ts';

const program = `
import json, sys, time
import numpy as np
import scipy, scipy.linalg, scipy.sparse, scipy.sparse.linalg
print(json.dumps({"version": np.__version__, "scipy": scipy.__version__}), flush=True)
scope = {}
codes = {}
for line in sys.stdin:
    job = json.loads(line)
    if "setup" in job:
        scope = {"np": np, "scipy": scipy}
        exec(job["setup"], scope)
        print("{}", flush=True)
        continue
    text, calls, loops = job["run"], job["calls"], job["loops"]
    if text not in codes:
        codes[text] = {}
        exec("def timed(loops):\\n  began = clock()\\n  for _ in range(loops):\\n    " + text + "\\n  return clock() - began", scope | {"clock": time.perf_counter}, codes[text])
    # The function sees the names of this set-up.
    timed = type(codes[text]["timed"])(codes[text]["timed"].__code__, scope | {"clock": time.perf_counter})
    print(json.dumps({"seconds": [timed(loops) / loops for _ in range(calls)]}), flush=True)
`;

export interface Statements {
  numpy: string;
  scipy: string;
  /** Runs definitions; those of the set-up before are forgotten. */
  setUp(code: string): Promise<void>;
  /** A statement as a side of a comparison. */
  side(statement: string): Side;
  close(): void;
}

/** Null where python3 has no NumPy and SciPy. */
export async function startStatements(): Promise<Statements | null> {
  let child: ChildProcessWithoutNullStreams;
  try {
    child = spawn('python3', ['-c', program], { env: plainEnvironment() });
  } catch {
    return null;
  }
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const failed = new Promise<{ done: true; value: string }>((done) =>
    child.once('error', () => {
      done({ done: true, value: '' });
    }),
  );
  let complaint = '';
  child.stderr.on('data', (text: Buffer) => (complaint += text.toString()));
  const answer = async (): Promise<Record<string, unknown> | null> => {
    const line = await Promise.race([lines.next(), failed]);
    return line.done === true ? null : (JSON.parse(line.value) as Record<string, unknown>);
  };
  const ask = async (job: object): Promise<Record<string, unknown>> => {
    child.stdin.write(`${JSON.stringify(job)}\n`);
    const found = await answer();
    if (found === null) throw new Error(`Python ended: ${complaint}`);
    return found;
  };
  const first = await answer();
  if (first === null) return null;
  return {
    numpy: String(first['version']),
    scipy: String(first['scipy']),
    async setUp(code) {
      await ask({ setup: code });
    },
    side: (statement) => async (calls, loops) => (await ask({ run: statement, calls, loops }))['seconds'] as number[],
    close: () => child.stdin.end(),
  };
}
