import { expect, test, vi } from 'vitest';
import { full, zeros } from '#engine/create.ts';
import { type NDArray } from '#engine/ndarray.ts';
import { add } from '#engine/ufuncs/arithmetic.ts';

const n = 1 << 20;

test('arrays that were dropped do not fill the machine, also without a return to the event loop', () => {
  const one = full(n, 1, 'float64');
  const before = process.memoryUsage.rss();
  let most = 0;
  for (let i = 0; i < 250; i++) {
    add(one, one);
    most = Math.max(most, process.memoryUsage.rss() - before);
  }
  // Two gigabytes went by.
  expect(most).toBeLessThan(800 * 2 ** 20);
});

test('what is still seen keeps its numbers: arrays, views, and memory given to another thread', () => {
  const one = full(n, 1, 'float64');
  const kept: { seen: NDArray; value: number }[] = [];
  const given: { buffer: SharedArrayBuffer; offset: number; value: number }[] = [];
  for (let i = 0; i < 200; i++) {
    const made = add(one, i);
    if (i % 20 === 0) kept.push({ seen: made, value: i + 1 });
    if (i % 20 === 7) kept.push({ seen: made.view([3], [-8], made.offset + 5000 * 8), value: i + 1 });
    if (i % 20 === 13) {
      // As a message does: the other thread's object is another one over the same memory.
      const { buffer, offset } = structuredClone(made.descriptor());
      given.push({ buffer, offset, value: i + 1 });
    }
  }
  for (const { seen, value } of kept) {
    expect(seen.read(seen.start)).toBe(value);
    expect(seen.read(seen.start - (seen.size === 3 ? 2 : 0))).toBe(value);
  }
  for (const { buffer, offset, value } of given) {
    const data = new Float64Array(buffer, offset, n);
    for (let i = 0; i < n; i += 4096) if (data[i] !== value) throw new Error(`${data[i]} for ${value}`);
  }
});

test('memory that must be zero is zero', () => {
  const one = full(n, 1, 'float64');
  for (let i = 0; i < 60; i++) {
    add(one, one);
    const masked = add(one, one, { where: full(n, false) });
    for (let k = 0; k < n; k += 1024) if (masked.data[masked.start + k] !== 0) throw new Error(`element ${k}`);
  }
});

test('arrays of every size that are still seen keep their numbers, whole, in part or in another thread', () => {
  // On both sides of what lies together in slabs, is cut from arenas, and has a buffer of its own.
  const sizes = [3, 900, 1024, 1025, 5000, 20_000, 32_768, 32_769, 100_000, 262_144, 262_145];
  const seen = new Map<number, Float64Array>();
  const kept: { hold: NDArray | null; numbers: Float64Array; value: number }[] = [];
  let turn = 12345;
  const any = (most: number): number => (turn = (turn * 48271) % 2147483647) % most;
  for (let i = 1; i <= 800; i++) {
    const n = sizes[any(sizes.length)];
    const made = full(n, i, 'float64');
    const numbers = new Float64Array(made.buffer, made.offset, n);
    const fate = any(16);
    if (fate === 0) kept.push({ hold: made, numbers, value: i });
    else if (fate === 1) kept.push({ hold: made.view([1], [8], made.offset + 8 * (n - 1)), numbers, value: i });
    else if (fate === 2) kept.push({ hold: null, numbers, value: i });
    else if (fate === 3) {
      const { buffer, offset } = structuredClone(made.descriptor());
      kept.push({ hold: null, numbers: new Float64Array(buffer, offset, n), value: i });
    }
    if (kept.length > 40) kept.splice(any(20), 20);
    if (i % 50 === 0) {
      for (const { numbers: all, value } of kept) {
        for (let k = 0; k < all.length; k += 97) if (all[k] !== value) throw new Error(`${all[k]} for ${value}`);
        if (all[all.length - 1] !== value) throw new Error(`${all[all.length - 1]} for ${value} at the end`);
      }
    }
    seen.set(n, numbers.subarray(0, 0));
  }
  expect(seen.size).toBe(sizes.length);
});

test('medium arrays that must be zero are zero, and that were dropped are used again', () => {
  const places = new Set<string>();
  const before = process.memoryUsage.rss();
  for (let i = 0; i < 1500; i++) {
    full(20_000, i + 1, 'float64');
    const made = zeros([20_000]);
    for (let k = 0; k < made.size; k += 61) if (made.data[made.start + k] !== 0) throw new Error(`element ${k}`);
    places.add(String(made.offset));
  }
  // Half a gigabyte went by.
  expect(process.memoryUsage.rss() - before).toBeLessThan(200 * 2 ** 20);
  expect(places.size).toBeLessThan(1000);
});

test('many arrays that would fill the machine together are refused with numbers, as one is', () => {
  // Memory that goes back to the system meanwhile must not count as free.
  const used = process.memoryUsage.rss();
  const spies = [
    vi.spyOn(process, 'constrainedMemory').mockReturnValue(used + 3e6),
    vi.spyOn(process.memoryUsage, 'rss').mockReturnValue(used),
  ];
  try {
    const fill = () => {
      for (let i = 0; i < 600; i++) zeros([65_000]);
    };
    expect(fill).toThrow(
      expect.objectContaining({
        code: 'memory',
        message: 'Unable to allocate 508. KiB for an array with shape (65000,) and data type float64',
        hint: expect.stringMatching(/have filled the memory; [\d.]+ MiB can be used now/) as string,
      }),
    );
    for (const spy of spies) spy.mockRestore();
    fill();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
});
