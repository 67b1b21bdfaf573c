import type { DType } from '#shared/dtype.ts';

/** What the addon does about order. Lists are contiguous: `n` elements of a dtype from a byte offset of a buffer. */
export interface SortingAddon {
  /** (outer, n, inner) elements of `from`, sorted along the middle axis (NaN last), into `to`, which may be the same. */
  sortAxis(
    dtype: DType,
    from: Uint8Array,
    fromOffset: number,
    to: Uint8Array,
    toOffset: number,
    outer: number,
    n: number,
    inner: number,
  ): void;
  /** The indices that sort along the middle axis; equal elements keep their order. */
  argsortAxis(
    dtype: DType,
    bytes: Uint8Array,
    offset: number,
    outer: number,
    n: number,
    inner: number,
    out: BigInt64Array,
  ): void;
  /** The elements that sorting would put at places k and k + 1 (if there is one), into two elements of `out`. */
  selectPair(dtype: DType, bytes: Uint8Array, offset: number, n: number, k: number, out: Uint8Array): void;
  /** Rows of n, the element at place k where sorting would put it, smaller ones before it; real dtypes of 4 or 8 bytes. */
  partitionRows(
    dtype: DType,
    from: Uint8Array,
    fromOffset: number,
    to: Uint8Array,
    toOffset: number,
    rows: number,
    n: number,
    k: number,
  ): void;
  /** The indices of such rows. */
  argpartitionRows(
    dtype: DType,
    bytes: Uint8Array,
    offset: number,
    rows: number,
    n: number,
    k: number,
    out: BigInt64Array,
  ): void;
  /** Where each value belongs in a sorted list; `right`: behind its equals. */
  searchSorted(
    dtype: DType,
    list: Uint8Array,
    listOffset: number,
    n: number,
    values: Uint8Array,
    valuesOffset: number,
    count: number,
    right: boolean,
    out: BigInt64Array,
  ): void;
  /** Where each run of equal elements of a sorted list begins; returns their number. */
  runs(dtype: DType, bytes: Uint8Array, offset: number, n: number, starts: BigInt64Array): number;
  /** out[order[i]] := the run in which place i lies. */
  runOfEach(order: BigInt64Array, starts: BigInt64Array, runs: number, out: BigInt64Array): void;
}
