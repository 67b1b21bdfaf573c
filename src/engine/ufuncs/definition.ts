/** What an elementwise function is: the bodies of its loops, and how its inputs choose one. */
import { type DType, itemsize } from '#shared/dtype.ts';
import { kindOf } from '../compile.ts';
import type { ArrayLike } from '../create.ts';
import { NDArray } from '../ndarray.ts';
import type { Weak } from '../promotion.ts';

/** What may be given to an elementwise function: an array, nested lists, or a Python scalar, which promotes weakly. */
export type Operand = ArrayLike;

/** How inputs of a common dtype choose the loop. */
export type TypeRule = (common: DType) => DType;

/**
 * An elementwise function. Per kind of number it has the text of its loop's body, in terms of `a`, `b` and `r`
 * (complex: `ar`, `ai`, `br`, `bi`, `rr`, `ri`); a kind that is absent is not supported.
 */
export interface Definition {
  name: string;
  /** NumPy's name in messages, where another function shares the loop. */
  says?: string;
  inputs: 1 | 2;
  rule: TypeRule;
  /** dtype of the result from that of the loop. */
  result?: 'loop' | 'bool' | 'real';
  bool?: string;
  int?: string;
  bigint?: string;
  float?: string;
  /** Where float32 needs another body than float64. */
  float32?: string;
  complex?: string;
  /** Where single dtypes need another body than their kind. */
  own?: Partial<Record<DType, string>>;
  /** NumPy's own words when booleans are refused. */
  refuseBool?: string;
  /** Comparisons never refuse a Python int that the array's dtype cannot hold. */
  comparison?: boolean;
}

/** The loop has the common dtype of the inputs. */
export const sameType: TypeRule = (common) => common;

/** As `sameType`, but booleans count as int8. */
export const numberType: TypeRule = (common) => (common === 'bool' ? 'int8' : common);

/** Integers are computed as floats: float64, or float32 when they have at most 16 bits. */
export const floatType: TypeRule = (common) => {
  const kind = kindOf(common);
  if (kind === 'float' || kind === 'complex') return common;
  return itemsize[common] <= 2 ? 'float32' : 'float64';
};

/** True division: every integer becomes float64. */
export const divisionType: TypeRule = (common) => {
  const kind = kindOf(common);
  return kind === 'float' || kind === 'complex' ? common : 'float64';
};

/** True for a Python scalar, which takes part in promotion by its kind only. */
export function isWeak(operand: Operand): operand is Weak {
  return !(operand instanceof NDArray) && !Array.isArray(operand);
}
