import type { ComplexPart, Region } from '#shared/contract.ts';
import { realType } from '../linalg/matrices.ts';
import { allocate } from '../memory.ts';
import { NDArray } from '../ndarray.ts';
import { imag, real } from '../elementwise.ts';
import { copyInto } from './copy.ts';
import { FactorPreview, type PreviewFactor } from './factor-preview.ts';

/** Magnitudes are taken of at most about this many values before they are averaged to pixels. */
const finest = 1_000_000;

/**
 * Rank-k pictures of a factored complex matrix: of its real part, of its imaginary part, or of its magnitude.
 *
 * The parts are real matrices of twice the rank: with u = uᵣ + i·uᵢ and v = vᵣ + i·vᵢ, the layer u·v has the real part
 * uᵣ·vᵣ − uᵢ·vᵢ and the imaginary part uᵣ·vᵢ + uᵢ·vᵣ, so both are previews of real factors, as quick as any. The
 * magnitude is not linear: it is taken cell by cell and averaged to pixels as `tile` does, up to a million cells; of
 * larger matrices, blocks of cells are averaged first, as complex numbers.
 */
export class ComplexPreview {
  readonly rank: number;
  readonly #parts: FactorPreview;

  /** @throws AppError 'shape' when the factors do not fit together. */
  constructor({ u, s, vh, a }: PreviewFactor) {
    const [m = 0, r = 0] = u.shape;
    this.rank = r;
    const floats = realType(u.dtype === 'complex64' ? 'complex64' : 'complex128');
    const size = u.itemsize / 2;
    const side = u.strides[1] === u.itemsize ? u : packed(u);
    const left = new NDArray({
      dtype: floats,
      shape: [m, 2 * r],
      strides: [side.strides[0] ?? 0, size],
      offset: side.offset,
      buffer: side.buffer,
    });
    const values = interleaved([s, s], s.dtype, 1);
    const right = { real: real(vh), imaginary: imag(vh) };
    const [re, im] = [
      interleaved([right.real, right.imaginary], floats, -1),
      interleaved([right.imaginary, right.real], floats, 1),
    ];
    const original = (part: (of: NDArray) => NDArray) => (a === null ? null : part(a));
    this.#parts = new FactorPreview(
      [
        { u: left, s: values, vh: re, a: original(real) },
        { u: left, s: values, vh: im, a: original(imag) },
      ],
      { sampling: 'cells' },
    );
  }

  /**
   * A part of A_k (or of A − A_k with `residual`), row-major height × width, and its largest magnitude.
   * @throws AppError 'index', 'value' (a residual without the original).
   * @example const a = array([[{ re: 3, im: 4 }]]); const { U: u, S: s, Vh: vh } = svd(a); (await new ComplexPreview({ u, s, vh, a }).values(wholeRegion(a), 1, 1, 1, false)).absmax.toFixed(3) // '5.000'
   */
  async values(
    region: Region,
    width: number,
    height: number,
    k: number,
    residual: boolean,
    part: ComplexPart = 'magnitude',
  ): Promise<{ values: Float32Array; absmax: number }> {
    if (part !== 'magnitude') {
      return this.#parts.values(region, width, height, 2 * k, residual, part === 'real' ? 0 : 1);
    }
    const rows = region.row1 - region.row0;
    const columns = region.col1 - region.col0;
    const more = Math.max(1, Math.sqrt(finest / (width * height)));
    const fine = {
      width: Math.max(width, Math.min(columns, Math.floor(width * more))),
      height: Math.max(height, Math.min(rows, Math.floor(height * more))),
    };
    const [re, im] = await Promise.all(
      [0, 1].map((channel) => this.#parts.values(region, fine.width, fine.height, 2 * k, residual, channel)),
    );
    return averagedMagnitude(re.values, im.values, fine, width, height);
  }

  /**
   * Frees the native memory once what was asked is done.
   * @example const a = array([[{ re: 3, im: 4 }]]); const { U: u, S: s, Vh: vh } = svd(a); new ComplexPreview({ u, s, vh, a }).close() // undefined
   */
  close(): void {
    this.#parts.close();
  }
}

function packed(a: NDArray): NDArray {
  const copy = new NDArray({ dtype: a.dtype, shape: a.shape, ...allocate(a.shape, a.dtype) });
  if (a.size > 0) copyInto(a, copy);
  return copy;
}

/** Row 2j is row j of the first, row 2j + 1 that of the second times `sign`. */
function interleaved([even, odd]: readonly [NDArray, NDArray], dtype: NDArray['dtype'], sign: 1 | -1): NDArray {
  const [r = 0, ...rest] = even.shape;
  const shape = [2 * r, ...rest];
  const out = new NDArray({ dtype, shape, ...allocate(shape, dtype) });
  const step = out.strides[0] ?? 0;
  const strides = [2 * step, ...out.strides.slice(1)];
  if (even.size === 0) return out;
  copyInto(even, out.view(even.shape, strides));
  copyInto(odd, out.view(odd.shape, strides, out.offset + step));
  if (sign < 0) {
    const values = out.data as Float64Array | Float32Array;
    const n = odd.size / r;
    for (let row = 1; row < 2 * r; row += 2) {
      const from = out.start + row * n;
      for (let at = from; at < from + n; at++) values[at] = -values[at];
    }
  }
  return out;
}

function averagedMagnitude(
  re: Float32Array,
  im: Float32Array,
  fine: { width: number; height: number },
  width: number,
  height: number,
): { values: Float32Array; absmax: number } {
  const values = new Float32Array(width * height);
  let absmax = 0;
  for (let i = 0; i < height; i++) {
    const [row0, row1] = cellsOf(i, fine.height, height);
    for (let j = 0; j < width; j++) {
      const [column0, column1] = cellsOf(j, fine.width, width);
      let sum = 0;
      for (let row = row0; row < row1; row++) {
        const from = row * fine.width;
        for (let at = from + column0; at < from + column1; at++) sum += Math.sqrt(re[at] * re[at] + im[at] * im[at]);
      }
      const mean = sum / ((row1 - row0) * (column1 - column0));
      values[i * width + j] = mean;
      if (mean > absmax) absmax = mean;
    }
  }
  return { values, absmax };
}

/** The cells under a pixel, at least one, as `tile` has them. */
function cellsOf(pixel: number, cells: number, pixels: number): [from: number, to: number] {
  const from = Math.floor((pixel * cells) / pixels);
  return [from, Math.max(from + 1, Math.floor(((pixel + 1) * cells) / pixels))];
}
