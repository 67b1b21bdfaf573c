import type { ColourMode, Region } from '#shared/contract.ts';
import { AppError } from '#shared/errors.ts';
import { native, type NativePreview } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { checkedRegion, checkedSize, matrixView } from './matrix-view.ts';

/** One matrix A ≈ U · diag(s) · Vh: U (m, r), s (r), Vh (r, n), each float32 or float64, any strides. */
export interface PreviewFactor {
  u: NDArray;
  s: NDArray;
  vh: NDArray;
  /**
   * The matrix itself (m, n), any real dtype: needed for residuals and differences. For mode `ycbcr` each channel's
   * `a` is its plane of Y, Cb, Cr (see `previewValues`); the picture's differences are computed after conversion.
   */
  a: NDArray | null;
  /** Which plane of a 3-d `a`. */
  plane?: number;
}

export interface PreviewOptions {
  /**
   * How cells become pixels: `cells` as `tile` with `mean` does (so that A_k at full rank equals the tile of A),
   * `area` as `pictureView` does.
   */
  sampling: 'cells' | 'area';
}

/**
 * Rank-k pictures of factored matrices at screen size, fast enough for a slider: the down-sampling D_h · A_k · D_w is
 * linear, so it is applied once to the rows of U and the columns of Vh, and a new k costs only the ranks between it and
 * the nearest k that is still remembered.
 *
 * Calls run in order on the libuv pool, one thread, without BLAS: a running LAPACK job never delays them. A call that
 * repeats the last region and size reuses what it prepared; others prepare anew (tens of milliseconds for a large
 * picture). The factors must not change while the preview lives; `close` frees the native memory at once, otherwise
 * the garbage collector does.
 */
export class FactorPreview {
  readonly rank: number;
  readonly #native: NativePreview;
  readonly #channels: readonly PreviewFactor[];
  readonly #shape: { rows: number; cols: number };
  readonly #hasOriginals: boolean;
  #last: Promise<unknown> = Promise.resolve();

  /** @throws AppError 'shape' when the factors do not fit together, 'dtype' when they are not float32 or float64. */
  constructor(channels: readonly PreviewFactor[], options: PreviewOptions) {
    const first = channels[0];
    if (first === undefined) throw new AppError('value', 'Expected at least one factored matrix');
    const [m = 0, r = 0] = first.u.shape;
    const n = first.vh.shape[1] ?? 0;
    for (const { u, s, vh, a } of channels) {
      for (const factor of [u, s, vh]) {
        if (factor.dtype !== 'float32' && factor.dtype !== 'float64') {
          throw new AppError('dtype', `array type ${factor.dtype} is unsupported in a preview`);
        }
      }
      const fits =
        u.ndim === 2 &&
        vh.ndim === 2 &&
        s.ndim === 1 &&
        u.shape[0] === m &&
        u.shape[1] === r &&
        s.shape[0] === r &&
        vh.shape[0] === r &&
        vh.shape[1] === n &&
        (a === null || (a.shape[0] === m && (a.shape[1] ?? 1) === n));
      if (!fits) {
        throw new AppError('shape', `factors do not fit: (${u.shape}), (${s.shape}) and (${vh.shape})`);
      }
    }
    this.rank = r;
    this.#channels = channels;
    this.#shape = { rows: m, cols: n };
    this.#hasOriginals = channels.every(({ a }) => a !== null);
    this.#native = new (native().Preview)(
      channels.map(({ u, s, vh, a, plane }) => ({
        u: matrixView(u),
        s: matrixView(s),
        vh: matrixView(vh),
        a: a === null ? null : matrixView(a, plane),
      })),
      options.sampling === 'area',
    );
  }

  /**
   * A_k of one channel (or A − A_k with `residual`), row-major height × width, and its largest magnitude. `k` is held
   * within 0 … rank. `into` may give the values to write to.
   *
   * @throws AppError 'index', 'value' (a residual without the original).
   * @example const a = array([[3, 0], [0, 4]], 'float64'); const { U: u, S: s, Vh: vh } = svd(a); [...(await new FactorPreview([{ u, s, vh, a }], { sampling: 'cells' }).values(wholeRegion(a), 2, 2, 1, false)).values] // [0, 0, 0, 4]
   */
  async values(
    region: Region,
    width: number,
    height: number,
    k: number,
    residual: boolean,
    channel = 0,
    into?: Float32Array,
  ): Promise<{ values: Float32Array; absmax: number }> {
    this.#check(region, width, height, residual);
    if (!Number.isInteger(channel) || channel < 0 || channel >= this.#channels.length) {
      throw new AppError('index', `index ${channel} is out of bounds for axis 0 with size ${this.#channels.length}`);
    }
    const values = into ?? new Float32Array(width * height);
    const absmax = await this.#inOrder(() =>
      this.#native.values(region, width, height, this.#ranks(k), residual, channel, values),
    );
    return { values, absmax };
  }

  /**
   * The rank-k picture as width × height RGBA bytes, each channel clamped to 0 … 255 and rounded; with `difference` 128
   * + 8 · (original − rank-k) per colour. Modes: `rgb` three channels; `ycbcr` three, converted back by JFIF's
   * full-range BT.601 (Cb, Cr around 128); `grey` one. `into` may give the bytes to write to.
   *
   * @throws AppError 'index', 'value' (a difference without the originals).
   * @example const a = array([[200]], 'float64'); const { U: u, S: s, Vh: vh } = svd(a); [...await new FactorPreview([{ u, s, vh, a }], { sampling: 'area' }).rgba(wholeRegion(a), 1, 1, 1, 'grey', false)] // [200, 200, 200, 255]
   */
  async rgba(
    region: Region,
    width: number,
    height: number,
    k: number,
    mode: ColourMode,
    difference: boolean,
    into?: Uint8Array,
  ): Promise<Uint8Array> {
    this.#check(region, width, height, difference);
    const needed = mode === 'grey' ? 1 : 3;
    if (this.#channels.length !== needed) {
      throw new AppError('value', `Expected ${needed} channels for mode ${mode} but received ${this.#channels.length}`);
    }
    const rgba = into ?? new Uint8Array(width * height * 4);
    await this.#inOrder(() => this.#native.rgba(region, width, height, this.#ranks(k), mode, difference, rgba));
    return rgba;
  }

  /**
   * Frees the native memory once what was asked is done.
   * @example const a = array([[200]], 'float64'); const { U: u, S: s, Vh: vh } = svd(a); new FactorPreview([{ u, s, vh, a }], { sampling: 'area' }).close() // undefined
   */
  close(): void {
    void this.#inOrder(() => {
      this.#native.close();
      return Promise.resolve();
    });
  }

  #check(region: Region, width: number, height: number, original: boolean): void {
    checkedRegion(this.#shape, region);
    checkedSize(width, height);
    if (original && !this.#hasOriginals) throw new AppError('value', 'The original is needed for a difference');
  }

  #ranks(k: number): number {
    return Math.max(0, Math.min(this.rank, Math.round(Number.isFinite(k) ? k : 0)));
  }

  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
