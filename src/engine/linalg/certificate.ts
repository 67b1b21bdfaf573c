import type { Certificate } from '#shared/contract.ts';
import { requireMemory, sizeInWords } from '../memory.ts';
import { type Floats, type LapackType, native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { commonType, copyMatrix, epsOf, type FloatDType, isComplexType, letterOf, scratch } from './matrices.ts';

/**
 * How far an SVD can be trusted, computed from the result itself: the residual ‖A − U·diag(S)·Vh‖ / ‖A‖, the
 * orthogonality ‖UᴴU − I‖ and ‖VhVhᴴ − I‖ (Frobenius), the backward error in units of max(m, n)·eps, the condition
 * number σ₁/σᵣ, and the digits a solve with this matrix keeps of those the dtype has.
 *
 * a (m, n), U (m, r) or wider, S (r), Vh (r, n) or taller; the first r columns and rows are used. Costs about
 * 2·m·n·r + (m + n)·r² multiplications. BLAS gemm.
 * @throws AppError 'memory'.
 * @example const a = array([[3, 0], [0, 4]]); svdCertificate(a, svd(a)).residual < 1e-15 // true
 */
export function svdCertificate(a: NDArray, { U, S, Vh }: { U: NDArray; S: NDArray; Vh: NDArray }): Certificate {
  const dtype = commonType(a, U);
  const letter = letterOf(dtype);
  const [m = 0, n = 0] = a.shape;
  const r = S.size;
  const eps = epsOf(dtype);
  const item = epsOf(dtype) === 2 ** -23 ? 4 : 8;
  const block = Math.max(1, Math.min(m, Math.ceil(2 ** 22 / Math.max(1, n))));
  const bytes = item * (isComplexType(dtype) ? 2 : 1) * ((m + n) * r + r * r + block * n);
  requireMemory(bytes, () => `Unable to allocate ${sizeInWords(bytes)} to check the SVD`);

  const s = Float64Array.from({ length: r }, (_, i) => Number(S.get([i])));
  const largest = s[0] ?? 0;
  const smallest = s[r - 1] ?? 0;
  // Scaled by the largest singular value, so that squares of huge or tiny numbers stay in range.
  const scale = largest > 0 ? largest : 1;

  const u = packed(U.view([m, r], U.strides), dtype);
  const vh = packed(Vh.view([r, n], Vh.strides), dtype);
  const orthogonality_u = distanceFromIdentity(letter, dtype, u, r, m, 'rows');
  const orthogonality_v = distanceFromIdentity(letter, dtype, vh, r, n, 'columns');
  const parts = isComplexType(dtype) ? 2 : 1;
  for (let i = 0, at = 0; i < m; i++) {
    for (let k = 0; k < r; k++) for (let p = 0; p < parts; p++) u[at++] *= s[k];
  }

  let missing = 0;
  let total = 0;
  const rows = scratch(dtype, block * n);
  for (let i0 = 0; i0 < m && n > 0; i0 += block) {
    const here = Math.min(block, m - i0);
    copyMatrix(a.view([here, n], a.strides, a.offset + i0 * a.strides[0]), rows, dtype, 'C');
    total = Math.hypot(total, frobenius(letter, rows, n, here));
    if (r > 0) {
      // Row after row, so transposed for BLAS: Eᵀ := Aᵀ − Vhᵀ · (U·S)ᵀ
      const us = u.subarray(i0 * r * parts, (i0 + here) * r * parts);
      native().gemm(letter, 'N', 'N', n, here, r, -1, vh, n, us, r, 1, rows, n);
    }
    missing = Math.hypot(missing, frobenius(letter, rows, n, here) / scale);
  }
  const residual = Math.max(total > 0 ? (missing * scale) / total : missing, disorder(s) / scale);
  return {
    residual,
    orthogonality_u,
    orthogonality_v,
    backward_error: m * n === 0 ? 0 : residual / (Math.max(m, n) * eps),
    ...trust(largest, smallest, dtype, residual, Math.max(m, n)),
  };
}

/** How far values are from being in descending order and not negative. */
function disorder(s: Float64Array): number {
  return s.reduce((worst, x, k) => Math.max(worst, -x, k === 0 ? 0 : x - s[k - 1]), 0);
}

/** Backward errors beyond which a result is not what its routine should have given. */
const suspicious = 100;

/**
 * Condition number, and how many decimal digits a solve of order n with this residual keeps.
 * @example trust(100, 1, 'float64') // { condition: 100, digits: 13, digits_total: 16 }
 */
export function trust(
  largest: number,
  smallest: number,
  dtype: FloatDType,
  residual = 0,
  n = 1,
): { condition: number; digits: number; digits_total: number } {
  const condition = largest === 0 && smallest === 0 ? Infinity : largest / smallest;
  const total = -Math.log10(epsOf(dtype));
  // A wrong result keeps what its own residual leaves, not what the arithmetic would have.
  const sound = residual <= suspicious * Math.max(1, n) * epsOf(dtype);
  const kept = (sound ? total : -Math.log10(residual)) - Math.log10(condition);
  const digits = Number.isFinite(kept) ? Math.max(0, Math.floor(kept + 1e-9)) : 0;
  return { condition, digits: Math.min(digits, Math.round(total)), digits_total: Math.round(total) };
}

function packed(a: NDArray, dtype: FloatDType): Floats {
  const out = scratch(dtype, a.size);
  copyMatrix(a, out, dtype, 'C');
  return out;
}

function frobenius(letter: LapackType, x: Floats, m: number, n: number): number {
  return m * n === 0 ? 0 : native().lange(letter, 'F', m, n, x, m);
}

/** ‖QᴴQ − I‖ of r vectors of length n that lie as columns (of U, row after row) or as rows (of Vh). */
function distanceFromIdentity(
  letter: LapackType,
  dtype: FloatDType,
  q: Floats,
  r: number,
  n: number,
  lying: 'rows' | 'columns',
): number {
  if (r === 0) return 0;
  const parts = isComplexType(dtype) ? 2 : 1;
  const gram = scratch(dtype, r * r);
  if (lying === 'rows') native().syrk(letter, 'U', 'N', r, n, 1, q, r, 0, gram, r);
  else native().syrk(letter, 'U', 'C', r, n, 1, q, n, 0, gram, r);
  let sum = 0;
  for (let j = 0; j < r; j++) {
    for (let i = 0; i <= j; i++) {
      const at = (j * r + i) * parts;
      const re = gram[at] - (i === j ? 1 : 0);
      const im = parts === 2 ? gram[at + 1] : 0;
      sum += (re * re + im * im) * (i === j ? 1 : 2);
    }
  }
  return Math.sqrt(sum);
}
