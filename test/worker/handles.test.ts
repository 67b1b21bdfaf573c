import { describe, expect, it } from 'vitest';
import { full, unset, zeros } from '#engine/create.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { clearShelf, shelvedBytes } from '#engine/shelf.ts';
import { getArray, lookAt, putArray, putMade, release } from '#worker/python/handles.ts';

const n = shelvedBytes / 8;
const made = (): NDArray => unset([n], 'float64');
const isAgain = (before: NDArray): boolean => {
  const next = made();
  return next.buffer === before.buffer && next.offset === before.offset;
};

describe('memory of arrays that Python dropped', () => {
  it('is used again at once when nobody else can see it', () => {
    clearShelf();
    const a = made();
    const handle = putMade(a, [], 0);
    expect(lookAt(handle)).toBe(a);
    expect(isAgain(a)).toBe(false);
    release(handle);
    expect(isAgain(a)).toBe(true);
    expect(isAgain(a)).toBe(false);
  });

  it('waits for the last view, in whatever order they go', () => {
    clearShelf();
    const a = made();
    const whole = putMade(a, [], 0);
    const part = putMade(a.view([2], [8], a.offset + 8), [whole], 1);
    const partOfPart = putMade(lookAt(part).view([1], [8]), [part], 1);
    release(whole);
    expect(isAgain(a)).toBe(false);
    release(partOfPart);
    expect(isAgain(a)).toBe(false);
    release(part);
    expect(isAgain(a)).toBe(true);
  });

  it('waits for the second handle of the same array', () => {
    clearShelf();
    const a = made();
    const first = putMade(a, [], 0);
    const second = putMade(a, [first], 1);
    release(first);
    expect(isAgain(a)).toBe(false);
    release(second);
    expect(isAgain(a)).toBe(true);
  });

  it('is left to the collector when somebody may have kept the array or a view of it', () => {
    clearShelf();
    const kept = made();
    const handle = putMade(kept, [], 0);
    const view = putMade(kept.view([1], [8]), [handle], 1);
    getArray(view);
    release(view, handle);
    expect(isAgain(kept)).toBe(false);

    const bound = made();
    release(putArray(bound));
    expect(isAgain(bound)).toBe(false);

    // A result that shows the memory of an argument of which others know.
    const shown = made();
    const outer = putArray(shown);
    release(putMade(shown, [outer], 1), outer);
    expect(isAgain(shown)).toBe(false);
  });

  it('is left to the collector when two arrays own it', () => {
    clearShelf();
    const a = made();
    const handle = putMade(a, [], 0);
    const { dtype, shape, strides, offset, buffer, data } = a;
    const twin = new (a.constructor as typeof NDArray)(dtype, shape, strides, offset, buffer, data);
    const other = putMade(twin, [handle], 1);
    release(handle);
    expect(isAgain(a)).toBe(false);
    release(other);
    expect(isAgain(a)).toBe(false);
  });

  it('is zero where zeros were asked for, whatever its size', () => {
    clearShelf();
    const a = full([shelvedBytes + 5], 7, 'uint8');
    release(putMade(a, [], 0));
    const none = zeros([shelvedBytes + 5], 'uint8');
    expect(none.offset).toBe(a.offset);
    expect(none.data.subarray(none.start, none.start + none.size).every((x) => x === 0)).toBe(true);
    const b = full([shelvedBytes + 5], 7, 'uint8');
    release(putMade(b, [], 0));
    const empty = unset([shelvedBytes + 5], 'bool');
    expect(empty.offset).toBe(b.offset);
  });
});
