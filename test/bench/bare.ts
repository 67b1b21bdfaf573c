/**
 * OpenBLAS's own routines, called by a C program that is compiled here: what the installed library takes with nothing
 * around it. Told the same core as ours.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { plainEnvironment } from './environment.ts';
import type { Side } from './turns.ts';

export type Routine =
  | 'dgemm'
  | 'sgemm'
  | 'zgemm'
  | 'dgesdd'
  | 'dgesdd-values'
  | 'dsyevd'
  | 'dgeev'
  | 'dpotrf'
  | 'dgeqrf'
  | 'dgetrf'
  | 'dgetri'
  | 'dgelsd';

export interface Bare {
  side(routine: Routine, m: number, n: number): Side;
  close(): void;
}

/** Null, with the reason, where there is no C compiler or no OpenBLAS to link. */
export async function startBare(root: string): Promise<Bare | string> {
  const folder = join(root, 'build/bench');
  const program = join(folder, 'bare');
  mkdirSync(folder, { recursive: true });
  try {
    let libraries = ['-lopenblas'];
    try {
      libraries = execFileSync('pkg-config', ['--libs', 'openblas'], { encoding: 'utf8', stdio: 'pipe' })
        .trim()
        .split(/\s+/);
    } catch {
      // Without pkg-config the linker knows where to look.
    }
    const compiler = process.env['CC'] ?? 'cc';
    const source = join(root, 'test/bench/bare.c');
    execFileSync(compiler, ['-O2', '-o', program, source, ...libraries, '-lm'], { stdio: 'pipe' });
  } catch (error) {
    return `not measured: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`;
  }
  const core = process.env['OPENBLAS_CORETYPE'];
  const child = spawn(program, {
    env: { ...plainEnvironment(), ...(core === undefined ? {} : { OPENBLAS_CORETYPE: core }) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const line = await lines.next();
    if (line.done === true) throw new Error('the bare routines ended');
    return line.value;
  };
  await next();
  return {
    side: (routine, m, n) => async (calls) => {
      child.stdin.write(`${routine} ${m} ${n} ${calls}\n`);
      const took = (await next()).split(' ').map(Number);
      if (!took.every((seconds) => seconds >= 0)) throw new Error(`${routine} failed bare`);
      return took;
    },
    close: () => child.stdin.end(),
  };
}
