/**
 * Sorting, searching, random draws and stacks of small products beside NumPy, interleaved in one run.
 * `npm run bench -- engine-sorting`.
 */
import { argpartition, argsort, partition, sort } from '#engine/sorting.ts';
import { searchsorted } from '#engine/searching.ts';
import { unique } from '#engine/sets.ts';
import { astype } from '#engine/cast.ts';
import { matmul } from '#engine/linalg/products.ts';
import { det, inv, solve } from '#engine/linalg/systems.ts';
import { default_rng } from '#engine/random/generator.ts';
import { RandomState } from '#engine/random/random-state.ts';
import { median as medianOf } from '#engine/quantiles.ts';
import { type Row, sideBySide } from './side-by-side.ts';

const n = 4_000_000;
const rng = default_rng(7);
const x = rng.standard_normal(n);
const sorted = sort(x);
const part = rng.standard_normal(100_000);
const whole = rng.integers(0, 1_000_000, n);
const floats = astype(x, 'float32');
const table = rng.standard_normal([4000, 1000]);
const stack = rng.standard_normal([10000, 8, 8]);
const sides = rng.standard_normal([10000, 8, 1]);
const modern = default_rng(1);
const legacy = new RandomState(1);

const rows: Row[] = [
  { name: 'sort, 4 million float64', run: () => sort(x), python: 'np.sort(x)', target: 1.3 },
  { name: 'sort, 4 million float32', run: () => sort(floats), python: 'np.sort(floats)' },
  { name: 'sort, 4 million int64', run: () => sort(whole), python: 'np.sort(whole)' },
  { name: 'sort along axis 0, 4000 × 1000', run: () => sort(table, 0), python: 'np.sort(table, 0)' },
  { name: 'sort along axis 1, 4000 × 1000', run: () => sort(table, 1), python: 'np.sort(table, 1)' },
  { name: 'argsort, 4 million float64', run: () => argsort(x), python: 'np.argsort(x)', target: 1.5 },
  { name: 'argsort stable, 4 million', run: () => argsort(x, -1, 'stable'), python: "np.argsort(x, kind='stable')" },
  { name: 'partition, 4 million', run: () => partition(x, n / 2), python: 'np.partition(x, x.size // 2)' },
  { name: 'argpartition, 4 million', run: () => argpartition(x, n / 2), python: 'np.argpartition(x, x.size // 2)' },
  { name: 'median, 4 million', run: () => medianOf(x), python: 'np.median(x)' },
  { name: 'unique, 4 million int64', run: () => unique(whole), python: 'np.unique(whole)' },
  {
    name: 'searchsorted, 100,000 in 4 million',
    run: () => searchsorted(sorted, part),
    python: 'np.searchsorted(s, part)',
  },
  { name: 'randn, 4 million', run: () => legacy.randn(n), python: 'legacy.randn(x.size)', target: 1 },
  {
    name: 'standard_normal, 4 million',
    run: () => modern.standard_normal(n),
    python: 'rng.standard_normal(x.size)',
    target: 1,
  },
  { name: 'rand, 4 million', run: () => legacy.rand(n), python: 'legacy.rand(x.size)' },
  { name: 'random, 4 million', run: () => modern.random(n), python: 'rng.random(x.size)' },
  { name: 'integers, 4 million', run: () => modern.integers(0, 1000, n), python: 'rng.integers(0, 1000, x.size)' },
  { name: 'randint, 4 million', run: () => legacy.randint(0, 1000, n), python: 'legacy.randint(0, 1000, x.size)' },
  { name: 'permutation of a million', run: () => modern.permutation(1e6), python: 'rng.permutation(1000000)' },
  { name: 'matmul, 10,000 × (8 × 8)', run: () => matmul(stack, stack), python: 'stack @ stack', target: 2 },
  { name: 'inv, 10,000 × (8 × 8)', run: () => inv(stack), python: 'np.linalg.inv(stack)' },
  { name: 'solve, 10,000 × (8 × 8)', run: () => solve(stack, sides), python: 'np.linalg.solve(stack, sides)' },
  { name: 'det, 10,000 × (8 × 8)', run: () => det(stack), python: 'np.linalg.det(stack)' },
];

await sideBySide(
  'engine-sorting',
  rows,
  `
n = 4_000_000
rng = np.random.default_rng(7)
x = rng.standard_normal(n)
s = np.sort(x)
part = rng.standard_normal(100_000)
whole = rng.integers(0, 1_000_000, n)
floats = x.astype(np.float32)
table = rng.standard_normal((4000, 1000))
stack = rng.standard_normal((10000, 8, 8))
sides = rng.standard_normal((10000, 8, 1))
legacy = np.random.RandomState(1)
`,
);
