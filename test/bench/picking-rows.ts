/** Picking, joining and counting beside NumPy: the rows of the engine's elementwise part that are no arithmetic. */
import { astype, copy } from '#engine/cast.ts';
import { where } from '#engine/elementwise.ts';
import { histogram } from '#engine/histogram.ts';
import { nonzero } from '#engine/index-plan.ts';
import { getitem, setitem } from '#engine/indexing.ts';
import { concatenate, repeat, roll, stack, tile } from '#engine/joining.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { percentile } from '#engine/quantiles.ts';
import { arange, linspace } from '#engine/ranges.ts';
import { flip } from '#engine/shape.ts';
import { diff } from '#engine/differences.ts';
import { bincount } from '#engine/sets.ts';
import { take } from '#engine/taking.ts';
import { multiply, remainder } from '#engine/ufuncs/arithmetic.ts';
import { greater } from '#engine/ufuncs/comparison.ts';

interface PickingCase {
  name: string;
  ours: () => unknown;
  numpy: string;
}

/** Of x and y with 4 million elements and m, which is x as 4000 × 1000; on the other side these names are the same. */
export function pickingCases(x: NDArray, y: NDArray, m: NDArray): PickingCase[] {
  const n = x.size;
  const mask = greater(x, 1);
  // Places all over the array, by a rule that needs no generator.
  const places = remainder(multiply(arange(n), 1_000_003), n);
  const columns = remainder(multiply(arange(1000), 397), 1000);
  const whole = astype(multiply(x, 300), 'int64');
  const row = m.view([1000], [8]);
  const target = copy(x);
  return [
    { name: 'a[mask]', ours: () => getitem(x, [mask]), numpy: 'x[mask]' },
    { name: 'a[places]', ours: () => getitem(x, [places]), numpy: 'x[places]' },
    { name: 'a[mask] = 0', ours: () => setitem(target, [mask], 0), numpy: 'target.__setitem__(mask, 0)' },
    { name: 'a[places] = b', ours: () => setitem(target, [places], y), numpy: 'target.__setitem__(places, y)' },
    { name: 'take columns', ours: () => take(m, columns, 1), numpy: 'm.take(columns, 1)' },
    { name: 'nonzero', ours: () => nonzero(mask), numpy: 'np.nonzero(mask)' },
    { name: 'where(mask)', ours: () => where(mask), numpy: 'np.where(mask)' },
    { name: 'concatenate', ours: () => concatenate([x, y]), numpy: 'np.concatenate([x, y])' },
    { name: 'stack', ours: () => stack([x, y]), numpy: 'np.stack([x, y])' },
    { name: 'repeat', ours: () => repeat(row, 4000), numpy: 'np.repeat(row, 4000)' },
    { name: 'tile', ours: () => tile(row, 4000), numpy: 'np.tile(row, 4000)' },
    { name: 'roll', ours: () => roll(x, 1000), numpy: 'np.roll(x, 1000)' },
    { name: 'copy of a flip', ours: () => copy(flip(x)), numpy: 'np.flip(x).copy()' },
    { name: 'diff', ours: () => diff(x), numpy: 'np.diff(x)' },
    { name: 'bincount', ours: () => bincount(whole), numpy: 'np.bincount(whole3)' },
    { name: 'histogram', ours: () => histogram(x, { bins: 100 }), numpy: 'np.histogram(x, 100)' },
    { name: 'percentile', ours: () => percentile(x, 5), numpy: 'np.percentile(x, 5)' },
    { name: 'arange', ours: () => arange(n), numpy: 'np.arange(4000000)' },
    { name: 'linspace', ours: () => linspace(0, 1, n), numpy: 'np.linspace(0, 1, 4000000)' },
  ];
}

/** The names that the expressions need besides x, y, m and mask. */
export const pickingSetup =
  'places = np.arange(4000000) * 1000003 % 4000000; columns = np.arange(1000) * 397 % 1000; ' +
  'whole3 = (x * 300).astype(np.int64); row = x[:1000]; target = x.copy()';
