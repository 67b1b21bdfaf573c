/** What nobody should give a function: arrays of every shape, dtype, layout and content, and scalars of every kind. */
import { dtypes, type DType } from '#shared/dtype.ts';
import { astype } from '#engine/cast.ts';
import { zeros } from '#engine/create.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { slice, sliced } from '#engine/slicing.ts';

const shapes = [
  [],
  [0],
  [1],
  [3],
  [0, 0],
  [0, 3],
  [3, 0],
  [1, 1],
  [2, 2],
  [3, 3],
  [4, 2],
  [2, 5],
  [33, 33],
  [2, 3, 3],
  [0, 2, 2],
  [2, 0, 0],
  [1, 40],
];

const numbers = [0, 1, -1, 2, 5, 2.5, 1e300, -1e300, NaN, Infinity, 2n ** 62n, -3n];
const words = ['L', 'fro', 'nuc', 'real', 'x', '', 'C', 'same', 'full', 'ij,jk->ik', 'linear', 'right'];
const sizes = [3, [2, 3], [], [0], 0, -1, [-2, 3], 1e18, [1e6, 1e6, 1e6], 2n ** 62n, 2.5, NaN, 'x', null];
const axes = [0, 1, -1, 2, -7, 9, [0, 1], [0, 0], [-1], [], 1.5, NaN, 'x', null];

/** Draws of one seed. */
export class Hostile {
  #state: number;
  #last: NDArray | null = null;

  constructor(seed: number) {
    this.#state = seed;
  }

  uniform(): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return this.#state / 2 ** 32;
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.uniform() * list.length)];
  }

  array(): NDArray {
    this.#last = this.#drawn();
    return this.#last;
  }

  #drawn(): NDArray {
    const a = zeros(this.pick(shapes));
    const fill = this.pick([
      () => this.uniform() - 0.5,
      () => 0,
      () => NaN,
      () => (this.uniform() < 0.2 ? Infinity : this.uniform()),
      () => (this.uniform() < 0.1 ? NaN : this.uniform()),
      () => (this.uniform() - 0.5) * 1e308,
      () => (this.uniform() - 0.5) * 1e-308,
      () => Math.floor(this.uniform() * 3),
      () => 10 ** (600 * (this.uniform() - 0.5)),
    ]);
    for (let i = 0; i < a.size; i++) a.data[a.start + i] = fill();
    const typed = astype(a, this.pick<DType>(dtypes));
    if (this.uniform() < 0.15 && typed.size > 0) return this.#overlapping(typed);
    const turned = this.uniform() < 0.3 ? typed.T : typed;
    return turned.ndim > 0 && this.uniform() < 0.3 ? sliced(turned, slice(null, null, this.pick([-1, 2]))) : turned;
  }

  /** A view in which elements share memory, as `as_strided` and `sliding_window_view` make it; it can be written. */
  #overlapping(a: NDArray): NDArray {
    const step = a.itemsize;
    const window = 1 + Math.floor(this.uniform() * Math.min(a.size, 6));
    return this.pick([
      () => a.view([a.size - window + 1, window], [step, step]),
      () => a.view([window, a.size - window + 1], [step, -step], a.offset + (a.size - window) * step),
      () => a.view([3, a.size], [0, step]),
      () => a.view([3, 3], [0, 0]),
      () => a.view([2, window, window], [0, 0, step]),
      () => a.view([0, 2, 2], [-step, 0, step]),
    ])();
  }

  /** An option of linear algebra. */
  option(): unknown {
    return this.pick([
      null,
      true,
      false,
      0,
      1,
      -1,
      2,
      1e300,
      NaN,
      Infinity,
      'L',
      'fro',
      'nuc',
      'real',
      'x',
      [0, 1],
      [1],
    ]);
  }

  /** Something for a parameter of this name: often of a sensible kind, often not. */
  argument(parameter: string): unknown {
    const name = parameter.toLowerCase();
    if (this.uniform() < 0.8) {
      if (/^(shape|newshape|size|reps|repeats|n|m|k|num|high|low)$/.test(name)) return this.pick(sizes);
      if (/^(axis|axes|axis1|axis2|source|destination|shift)$/.test(name)) return this.pick(axes);
      // The memory that the function reads is also what it writes, in another order.
      if (name === 'out' && this.#last !== null && this.uniform() < 0.6) {
        const all = this.#last;
        return this.pick([() => all, () => all.T, () => (all.ndim > 0 ? sliced(all, slice(null, null, -1)) : all)])();
      }
      if (/dtype/.test(name)) return this.pick([...dtypes, 'x', null, 3]);
    }
    const kind = this.uniform();
    if (kind < 0.55) return this.array();
    if (kind < 0.75) return this.pick(numbers);
    if (kind < 0.83)
      return this.pick([
        [this.array(), this.array()],
        [[1, 2], [3]],
        [
          [1, 2],
          [3, 4],
        ],
        [],
        [[]],
        [null],
      ]);
    if (kind < 0.9) return this.pick(words);
    return this.option();
  }
}
