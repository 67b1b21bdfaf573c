import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import { native } from '#engine/native.ts';
import { refuseUnknown } from '#engine/native-exports.ts';

describe('an addon built from other sources', () => {
  const caught = (f: () => unknown): AppError => {
    try {
      f();
    } catch (error) {
      if (error instanceof AppError) return error;
      throw error;
    }
    throw new Error('nothing was thrown');
  };

  test('says which name it lacks and how to build it anew', () => {
    const older = refuseUnknown({ gemm: () => 1 }) as { gemm(): number; svd(): number };
    expect(older.gemm()).toBe(1);
    const error = caught(() => older.svd());
    expect(error.code).toBe('io');
    expect(error.message).toBe('The native addon was built from other sources: it has no "svd"');
    expect(error.hint).toContain('npm start');
  });

  test('the addon itself refuses what it does not have, and nothing else', async () => {
    const addon = native() as unknown as Record<string, () => unknown>;
    expect(caught(() => addon.routineOfTomorrow()).hint).toContain('node scripts/build-native.mjs');
    expect(native().blas().threads).toBeGreaterThan(0);
    // What the language and the console ask of any object.
    expect(await Promise.resolve(addon)).toBe(addon);
    expect(inspect(addon)).toContain('gemm');
    expect(JSON.stringify(addon)).toBe('{}');
    expect('routineOfTomorrow' in addon).toBe(false);
  });
});
