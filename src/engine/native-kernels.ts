import type { DType } from '#shared/dtype.ts';
import type { Data } from './ndarray.ts';

/**
 * Array kernels over strided memory, on several threads when that pays. A layout is a list of integers:
 * [axes, operands, shape…, then per operand dtype, byte offset, byte strides…]; the typed arrays that follow cover the
 * operands' whole buffers.
 */
export interface KernelAddon {
  /** The number of the loop of an elementwise function over a dtype, or −1. */
  ufuncLoop(name: string, dtype: DType): number;
  /** Operands: the loop's inputs, a boolean mask if `masked`, the output. */
  ufunc(loop: number, masked: boolean, layout: Float64Array, ...arrays: Data[]): void;
}
