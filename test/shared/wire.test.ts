import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, encode, encodeLent } from '#shared/wire.ts';

describe('wire', () => {
  it('carries plain messages whole', () => {
    const message = { kind: 'request', id: 7, name: 'linalg.svd', args: { a: 'a1', full_matrices: false } };
    expect(decode(encode(message))).toEqual(message);
  });

  it('leaves undefined fields out', () => {
    expect(decode(encode({ a: 1, b: undefined }))).toEqual({ a: 1 });
  });

  it('keeps NaN, the infinities and integers past 2^32', () => {
    const values = [NaN, Infinity, -Infinity, 2 ** 53 - 1, -(2 ** 40), 5e-324, 1.7976931348623157e308];
    const back = decode(encode(values)) as number[];
    back.forEach((value, i) => expect(Object.is(value, values[i]), `${value} at ${i}`).toBe(true));
  });

  it.each([
    ['Int8Array', new Int8Array([-128, 0, 127])],
    ['Uint8Array', new Uint8Array([0, 1, 255])],
    ['Uint8ClampedArray', new Uint8ClampedArray([0, 1, 255])],
    ['Int16Array', new Int16Array([-32768, 32767])],
    ['Uint16Array', new Uint16Array([0, 65535])],
    ['Int32Array', new Int32Array([-(2 ** 31), 2 ** 31 - 1])],
    ['Uint32Array', new Uint32Array([0, 2 ** 32 - 1])],
    ['Float32Array', new Float32Array([1.5, NaN, -0])],
    ['Float64Array', new Float64Array([Math.PI, Infinity, -0])],
    ['BigInt64Array', new BigInt64Array([-(2n ** 63n), 2n ** 63n - 1n])],
    ['BigUint64Array', new BigUint64Array([0n, 2n ** 64n - 1n])],
  ])('carries a %s by its own type', (_name, array) => {
    const back = decode(encode({ at: 'odd offset', array })) as { array: typeof array };
    expect(back.array.constructor).toBe(array.constructor);
    array.forEach((value: number | bigint, i: number) => {
      expect(Object.is(back.array[i], value)).toBe(true);
    });
    expect(back.array).toHaveLength(array.length);
    expect(back.array.byteOffset % array.BYTES_PER_ELEMENT).toBe(0);
  });

  it('carries a view, not the buffer behind it', () => {
    const view = new Float64Array([1, 2, 3, 4, 5]).subarray(1, 3);
    expect(decode(encode(view))).toEqual(new Float64Array([2, 3]));
  });

  it('lends bytes that stay until they are released, and uses them again', () => {
    const one = encodeLent({ values: new Float32Array([1, 2]) });
    const two = encodeLent({ values: new Float32Array([3, 4]) });
    expect(decode(one.bytes.slice())).toEqual({ values: new Float32Array([1, 2]) });
    expect(decode(two.bytes.slice())).toEqual({ values: new Float32Array([3, 4]) });
    one.release();
    expect(encodeLent('three').bytes.buffer).toBe(one.bytes.buffer);
    expect(decode(two.bytes.slice())).toEqual({ values: new Float32Array([3, 4]) });
  });

  it('is the inverse of itself for any message', () => {
    const leaf = fc.oneof(
      fc.double().map((value) => value + 0),
      fc.string(),
      fc.boolean(),
      fc.constant(null),
      fc.float64Array({ maxLength: 20 }),
      fc.int32Array({ maxLength: 20 }),
    );
    const message = fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      fc.oneof(leaf, fc.array(leaf)),
    );
    fc.assert(
      fc.property(message, (value) => {
        expect(decode(encode(value))).toEqual({ ...value });
      }),
    );
  });

  it('refuses truncated and mutated bytes with an Error, never anything else', () => {
    const whole = encode({ kind: 'reply', id: 1, ok: true, value: { s: new Float64Array([1, 2, 3]), text: 'σ' } });
    for (let length = 0; length < whole.length; length += 1) {
      expect(() => decode(whole.slice(0, length)), `first ${length} bytes`).toThrow(Error);
    }
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const bytes = whole.slice();
        bytes[at] = byte;
        try {
          decode(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
    );
  });
});
