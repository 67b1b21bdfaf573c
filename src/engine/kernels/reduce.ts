import type { DType } from '#shared/dtype.ts';
import { native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { dtypeCode } from './layout.ts';
import { crossover, reductionFactor } from './crossover.ts';

/** The axes of a reduction in the order they are walked; strides in entries, 0 where the output does not move. */
export interface WalkedAxes {
  lengths: readonly number[];
  input: readonly number[];
  output: readonly number[];
}

const known = new Map<string, boolean>();

function hasReduction(name: string, dtype: DType): boolean {
  const key = `${name} ${dtype}`;
  let found = known.get(key);
  if (found === undefined) {
    found = native().hasReduction(name, dtype);
    known.set(key, found);
  }
  return found;
}

/** The dtype in which the addon leaves a reduction. */
function reducedDtype(name: string, dtype: DType): DType {
  if (name === 'logical_or' || name === 'logical_and') return 'bool';
  if (name !== 'add' || dtype.startsWith('float') || dtype.startsWith('complex')) return dtype;
  return dtype.startsWith('uint') ? 'uint64' : 'int64';
}

/** True when the addon's reduction of this array gains and gives this dtype. */
export function reducesNatively(name: string, a: NDArray, made: DType): boolean {
  const costly = a.dtype === 'int64' || a.dtype === 'uint64' || made === 'int64' || made === 'uint64';
  if (a.size < reductionFactor * (costly ? crossover.costly : crossover.plain)) return false;
  return reducedDtype(name, a.dtype) === made && hasReduction(name, a.dtype);
}

/**
 * whole ∘= a along the axes where `axes.output` is 0; with a centre (of `whole`'s strides) its squared distances.
 * Where the last axis is reduced, the input has no gaps along it.
 */
export function reduceInto(name: string, a: NDArray, whole: NDArray, axes: WalkedAxes, centre?: NDArray): void {
  const { lengths } = axes;
  const operands = centre === undefined ? [a, whole] : [a, centre, whole];
  const layout = new Float64Array(2 + lengths.length + operands.length * (2 + lengths.length));
  layout.set([lengths.length, operands.length, ...lengths]);
  let at = 2 + lengths.length;
  operands.forEach((operand, k) => {
    layout[at++] = dtypeCode(operand.dtype);
    layout[at++] = operand.offset;
    const bytes = operand.data.BYTES_PER_ELEMENT;
    for (const stride of k === 0 ? axes.input : axes.output) layout[at++] = stride * bytes;
  });
  native().reduce(name, layout, ...operands.map((operand) => operand.data));
}

/** Running sums or products along an axis of C-contiguous arrays of one dtype; false when JavaScript is as quick. */
export function accumulateInto(name: string, a: NDArray, made: NDArray, along: number): boolean {
  const costly = a.dtype === 'int64' || a.dtype === 'uint64';
  if (a.size < (costly ? crossover.costly : crossover.plain) || (name !== 'add' && name !== 'multiply')) return false;
  if (a.dtype !== made.dtype || a.dtype === 'bool' || !a.cContiguous || !made.cContiguous) return false;
  const product = (shape: readonly number[]): number => shape.reduce((n, m) => n * m, 1);
  native().accumulate(
    name === 'multiply',
    a.dtype,
    product(a.shape.slice(0, along)),
    a.shape[along],
    product(a.shape.slice(along + 1)),
    new Uint8Array(a.buffer, a.offset, a.nbytes),
    new Uint8Array(made.buffer, made.offset, made.nbytes),
  );
  return true;
}

/**
 * Positions of extremes of real numbers along an axis of a C-contiguous array; false when JavaScript is as quick or the
 * addon wants the axis last.
 */
export function argExtremeInto(sign: 1 | -1, a: NDArray, along: number, places: BigInt64Array): boolean {
  if (a.size < crossover.plain || a.entries === 2 || !a.cContiguous) return false;
  if (along !== a.ndim - 1 && a.dtype !== 'float64' && a.dtype !== 'int64') return false;
  const product = (shape: readonly number[]): number => shape.reduce((n, m) => n * m, 1);
  native().argExtreme(
    sign,
    a.dtype,
    product(a.shape.slice(0, along)),
    a.shape[along],
    product(a.shape.slice(along + 1)),
    new Uint8Array(a.buffer, a.offset, a.nbytes),
    places,
  );
  return true;
}
