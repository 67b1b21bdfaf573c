/** NumPy in a Python process that stays: evaluates an expression and answers with its seconds. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { plainEnvironment } from './numpy.ts';

const program = `
import json, sys, time
import numpy as np
names = {"np": np}
print(json.dumps({"version": np.__version__}), flush=True)
for line in sys.stdin:
    kind, _, text = line.rstrip("\\n").partition(" ")
    if kind == "set":
        exec(text, names)
        print("{}", flush=True)
    else:
        code = compile(text, "expression", "eval")
        began = time.perf_counter()
        result = eval(code, names)
        seconds = time.perf_counter() - began
        del result
        print(json.dumps({"seconds": seconds}), flush=True)
`;

export interface NumpySession {
  version: string;
  /** Runs statements, for what the expressions use. */
  set(statements: string): Promise<void>;
  seconds(expression: string): Promise<number>;
  close(): void;
}

/** Null where python3 has no NumPy. */
export async function startNumpySession(): Promise<NumpySession | null> {
  const child = spawn('python3', ['-c', program], { env: plainEnvironment(), stdio: ['pipe', 'pipe', 'ignore'] });
  const failed = new Promise<null>((done) => child.once('error', () => done(null)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<Record<string, unknown> | null> => {
    const line = await Promise.race([lines.next(), failed]);
    return line === null || line.done === true ? null : (JSON.parse(line.value) as Record<string, unknown>);
  };
  const ask = async (text: string): Promise<Record<string, unknown>> => {
    child.stdin.write(`${text}\n`);
    const found = await answer();
    if (found === null) throw new Error(`NumPy ended at: ${text}`);
    return found;
  };
  const first = await answer();
  if (first === null) return null;
  return {
    version: String(first['version']),
    set: async (statements) => void (await ask(`set ${statements}`)),
    seconds: async (expression) => Number((await ask(`time ${expression}`))['seconds']),
    close: () => child.stdin.end(),
  };
}
