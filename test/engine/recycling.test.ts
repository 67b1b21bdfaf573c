import { expect, test } from 'vitest';
import { full } from '#engine/create.ts';
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
