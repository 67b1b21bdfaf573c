import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { chooseBlasCore, coreFor } from '#engine/blas-core.ts';

const avx512 = 'avx2 fma avx512f avx512dq avx512bw avx512cd avx512vl';
const cpu = (vendor: string, flags: string) => `processor : 0\nvendor_id\t: ${vendor}\nflags\t\t: fpu ${flags}\n\n`;

describe('the core OpenBLAS is told', () => {
  test.each([
    ['GenuineIntel', avx512, 'SkylakeX'],
    ['AuthenticAMD', avx512, 'SkylakeX'],
    ['GenuineIntel', 'avx2 fma', 'Haswell'],
    ['GenuineIntel', 'avx2 fma avx512f', 'Haswell'],
    ['AuthenticAMD', 'avx2 fma', null],
    ['GenuineIntel', 'sse4_2 avx', null],
  ])('%s with %s: %s', (vendor, flags, core) => {
    expect(coreFor(cpu(vendor, flags))).toBe(core);
  });

  test('nothing is said without flags', () => {
    expect(coreFor('')).toBeNull();
  });

  const before = process.env['OPENBLAS_CORETYPE'];
  afterEach(() => {
    if (before === undefined) delete process.env['OPENBLAS_CORETYPE'];
    else process.env['OPENBLAS_CORETYPE'] = before;
  });

  test("a person's choice stands", () => {
    process.env['OPENBLAS_CORETYPE'] = 'Nehalem';
    chooseBlasCore();
    expect(process.env['OPENBLAS_CORETYPE']).toBe('Nehalem');
  });

  test('without one it is what the processor of this machine asks for', () => {
    delete process.env['OPENBLAS_CORETYPE'];
    chooseBlasCore();
    const asked =
      process.platform === 'linux' && process.arch === 'x64' ? coreFor(readFileSync('/proc/cpuinfo', 'latin1')) : null;
    expect(process.env['OPENBLAS_CORETYPE'] ?? null).toBe(asked);
  });
});
