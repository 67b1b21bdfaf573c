import { describe, expect, it } from 'vitest';
import { moved, stepOf } from '../../src/renderer/grid/value-steps.ts';

describe('a value that is dragged', () => {
  it('moves by a twentieth of its power of ten, and of the matrix where it is small', () => {
    expect(stepOf(4, 5, false)).toBeCloseTo(0.05, 15);
    expect(stepOf(-3200, 0, false)).toBe(50);
    expect(stepOf(0, 70, false)).toBeCloseTo(0.05, 15);
    expect(stepOf(0, 0, false)).toBeCloseTo(0.05, 15);
    expect(stepOf(4, 5, true)).toBe(1);
    expect(stepOf(12_000, 0, true)).toBe(500);
    expect(stepOf(Infinity, NaN, false)).toBeCloseTo(0.05, 15);
  });

  it('lands on round numbers, and comes back to where it began', () => {
    expect(moved(4, 3, 0.05)).toBe(4.15);
    expect(moved(0.1, 2, 0.1)).toBe(0.3);
    expect(moved(Math.PI, 0, 0.05)).toBe(Math.PI);
    expect(moved(Math.PI, 1, 0.05)).toBe(3.2);
    expect(moved(1, -20, 0.05)).toBe(0);
  });
});
