/** Elementwise functions and reductions beside NumPy, mathjs and ml-matrix, with the memory's own speed beside them. */
import { Matrix } from 'ml-matrix';
import * as mathjs from 'mathjs';
import { astype, copy } from '#engine/cast.ts';
import { full, zeros } from '#engine/create.ts';
import { clip, where } from '#engine/elementwise.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { default_rng } from '#engine/random/generator.ts';
import * as reductions from '#engine/reductions.ts';
import { argmax, argmin } from '#engine/searching.ts';
import { reshape, transpose } from '#engine/shape.ts';
import { median as middle } from '#engine/quantiles.ts';
import { mean, std, variance } from '#engine/statistics.ts';
import * as arithmetic from '#engine/ufuncs/arithmetic.ts';
import * as comparison from '#engine/ufuncs/comparison.ts';
import * as mathematics from '#engine/ufuncs/mathematics.ts';
import { pickingCases, pickingSetup } from './picking-rows.ts';
import { startStatements } from './numpy-statements.ts';
import { type Figure, median } from './report.ts';
import { inTurns, side } from './turns.ts';

interface Case {
  name: string;
  ours: () => unknown;
  numpy: string;
  target?: number;
  mathjs?: () => unknown;
  mlMatrix?: () => unknown;
  /** Calls per measurement, for what takes microseconds. */
  repeat?: number;
}

const rounds = 5;
const n = 4_000_000;

/** One array that both sides have: uniform in [0.1, 3.1), by a rule that needs no generator. */
function spread(count: number, from: number): NDArray {
  const a = zeros([count]);
  const data = a.data as Float64Array;
  for (let i = 0; i < count; i++) data[a.start + i] = 0.1 + 3 * ((from + i * 0.6180339887498949) % 1);
  return a;
}

function casesOf(): Case[] {
  const x = spread(n, 0);
  const y = spread(n, 0.5);
  const m = reshape(x, [4000, 1000]);
  const signed = default_rng(7).standard_normal(n);
  const whole = astype(arithmetic.multiply(x, 100), 'int32');
  const long = astype(whole, 'int64');
  const single = astype(x, 'float32');
  const complex = arithmetic.add(x, arithmetic.multiply(y, { re: 0, im: 1 }));
  const row = m.view([1000], [8]);
  const mask = comparison.greater(x, 1);
  const small = reshape(spread(9, 0), [3, 3]);
  const ten = spread(10, 0);
  const plain = Array.from(x.data.subarray(x.start, x.start + n) as Float64Array);
  const table = Matrix.from1DArray(4000, 1000, plain);
  const other = table.clone();
  const dense = mathjs.matrix(plain.slice(0, 9), 'dense');
  const f = mathematics;

  const unary = (['exp', 'log', 'tanh', 'sqrt', 'sin', 'cos'] as const).map((name): Case => ({
    name,
    ours: () => f[name](name === 'log' || name === 'sqrt' ? x : signed),
    numpy: `np.${name}(${name === 'log' || name === 'sqrt' ? 'x' : 'signed'})`,
    target: name === 'sin' || name === 'cos' ? 5 : 1.5,
    ...(name === 'exp' || name === 'sin' || name === 'sqrt'
      ? { mathjs: () => mathjs.map(plain, (v: number) => Math[name](v)), mlMatrix: () => Matrix[name](table) }
      : {}),
  }));
  const others = (
    ['tan', 'log2', 'log10', 'log1p', 'expm1', 'exp2', 'sinh', 'cosh', 'floor', 'rint', 'arctan', 'cbrt'] as const
  ).map((name): Case => ({ name, ours: () => f[name](x), numpy: `np.${name}(x)` }));

  const along = (name: string, call: (axis: number | null) => unknown, numpy: string, target?: number): Case[] =>
    [null, 0, 1].map((axis) => ({
      name: `${name} 4000 × 1000${axis === null ? '' : `, axis ${axis}`}`,
      ours: () => call(axis),
      numpy: `m.${numpy}(axis=${axis ?? 'None'})`,
      ...(target === undefined ? {} : { target }),
    }));

  return [
    {
      name: 'add',
      ours: () => arithmetic.add(x, y),
      numpy: 'x + y',
      target: 1.5,
      mathjs: () => mathjs.add(plain, plain),
      mlMatrix: () => Matrix.add(table, other),
    },
    {
      name: 'multiply',
      ours: () => arithmetic.multiply(x, y),
      numpy: 'x * y',
      target: 1.5,
      mathjs: () => mathjs.dotMultiply(plain, plain),
      mlMatrix: () => Matrix.mul(table, other),
    },
    {
      name: '(x − mean) / std',
      ours: () => arithmetic.divide(arithmetic.subtract(x, mean(x)), std(x)),
      numpy: '(x - x.mean()) / x.std()',
      target: 2,
    },
    ...unary,
    ...others,
    { name: 'x ** 2', ours: () => arithmetic.power(x, 2), numpy: 'x ** 2' },
    { name: 'x ** y', ours: () => arithmetic.power(x, y), numpy: 'x ** y' },
    { name: 'arctan2', ours: () => f.arctan2(x, y), numpy: 'np.arctan2(x, y)' },
    { name: 'float32 exp', ours: () => f.exp(single), numpy: 'np.exp(single)' },
    { name: 'int32 add', ours: () => arithmetic.add(whole, whole), numpy: 'whole + whole' },
    { name: 'int64 multiply', ours: () => arithmetic.multiply(long, long), numpy: 'long * long' },
    { name: 'int64 floor_divide', ours: () => arithmetic.floor_divide(long, 7), numpy: 'long // 7' },
    { name: 'complex128 multiply', ours: () => arithmetic.multiply(complex, complex), numpy: 'z * z' },
    { name: 'maximum', ours: () => arithmetic.maximum(x, y), numpy: 'np.maximum(x, y)' },
    { name: 'x > y', ours: () => comparison.greater(x, y), numpy: 'x > y' },
    { name: 'where', ours: () => where(mask, x, y), numpy: 'np.where(mask, x, y)' },
    { name: 'clip', ours: () => clip(x, 0.5, 2), numpy: 'np.clip(x, 0.5, 2)' },
    { name: 'astype float32', ours: () => astype(x, 'float32'), numpy: 'x.astype(np.float32)' },
    { name: 'astype int64', ours: () => astype(x, 'int64'), numpy: 'x.astype(np.int64)' },
    { name: 'copy', ours: () => copy(x), numpy: 'x.copy()' },
    { name: 'copy of a transpose', ours: () => copy(transpose(m)), numpy: 'm.T.copy()' },
    { name: 'full', ours: () => full(n, 1.5), numpy: `np.full(${n}, 1.5)` },
    { name: 'add a row to a matrix', ours: () => arithmetic.add(m, row), numpy: 'm + m[0]' },
    ...along('sum', (axis) => reductions.sum(m, { axis }), 'sum', 1.5),
    ...along('mean', (axis) => mean(m, { axis }), 'mean', 1.5),
    ...along('std', (axis) => std(m, { axis }), 'std', 1.5),
    ...along('var', (axis) => variance(m, { axis }), 'var', 1.5),
    ...along('max', (axis) => reductions.max(m, { axis }), 'max', 1.5),
    ...along('min', (axis) => reductions.min(m, { axis }), 'min', 1.5),
    ...along('argmax', (axis) => argmax(m, { axis }), 'argmax', 1.5),
    ...along('argmin', (axis) => argmin(m, { axis }), 'argmin', 1.5),
    ...along('prod', (axis) => reductions.prod(m, { axis }), 'prod', 1.5),
    ...along('any', (axis) => reductions.any(m, { axis }), 'any', 1.5),
    ...along('all', (axis) => reductions.all(m, { axis }), 'all', 1.5),
    ...along('cumsum', (axis) => reductions.cumsum(m, { axis }), 'cumsum', 1.5),
    ...along('cumprod', (axis) => reductions.cumprod(m, { axis }), 'cumprod', 1.5),
    { name: 'median', ours: () => middle(x), numpy: 'np.median(x)' },
    ...pickingCases(x, y, m),
    {
      name: 'add of 3 × 3',
      ours: () => arithmetic.add(small, small),
      numpy: 'small + small',
      repeat: 2000,
      mathjs: () => mathjs.add(dense, dense),
    },
    { name: 'exp of 10', ours: () => f.exp(ten), numpy: 'np.exp(ten)', repeat: 2000 },
    { name: 'sum of 10', ours: () => reductions.sum(ten), numpy: 'ten.sum()', repeat: 2000 },
  ];
}

const setup =
  'i = np.arange(4000000); x = 0.1 + 3 * ((i * 0.6180339887498949) % 1); y = 0.1 + 3 * ((0.5 + i * 0.6180339887498949) % 1); ' +
  'm = x.reshape(4000, 1000); signed = np.random.default_rng(7).standard_normal(4000000); ' +
  'whole = (x * 100).astype(np.int32); long = whole.astype(np.int64); single = x.astype(np.float32); z = x + 1j * y; ' +
  'mask = x > 1; ' +
  pickingSetup +
  '; small = x[:9].reshape(3, 3); ten = x[:10]; del i';

/** Bytes per second that a = b + c moves when the memory is already there: 24 bytes per element. */
async function triad(): Promise<number> {
  const [b, c, out] = [spread(n, 0), spread(n, 0.5), zeros([n])];
  const times = await side(() => arithmetic.add(b, c, { out }))(15, 1);
  return (24 * n) / Math.min(...times);
}

/** Every case interleaved with NumPy, round by round. */
export async function measureElementwise(chosen: readonly string[]): Promise<Figure[]> {
  const numpy = await startStatements();
  await numpy?.setUp(setup);
  const figures: Figure[] = [
    {
      part: 'engine',
      name: 'memory: what adding arrays in place moves',
      value: (await triad()) / 1e9,
      unit: 'GB/s',
      note: 'three streams of 32 MB',
    },
  ];
  for (const { name, ours, numpy: expression, target, repeat = 1, ...peers } of casesOf()) {
    if (chosen.length > 0 && !chosen.some((word) => name.startsWith(word))) continue;
    const sides = [side(ours), ...(numpy === null ? [] : [numpy.side(expression)])];
    const [taken, theirs = []] = await inTurns(sides, rounds, { loops: repeat, pause: 20 });
    const own = median(taken);
    const shown = (time: number): string =>
      time < 1e-4 ? `${(time * 1e6).toPrecision(3)} µs` : `${(time * 1e3).toPrecision(3)} ms`;
    const note = [shown(own)];
    if (numpy !== null) note.push(`NumPy ${shown(median(theirs))}`);
    for (const [peer, label] of [
      [peers.mathjs, 'mathjs'],
      [peers.mlMatrix, 'ml-matrix'],
    ] as const) {
      if (peer !== undefined) note.push(`${label} ${shown(median(await side(peer)(3, repeat)))}`);
    }
    figures.push({
      part: 'engine',
      name: `${name}, speed against NumPy`,
      value: numpy === null ? NaN : median(theirs) / own,
      unit: '×',
      note: note.join('; '),
      ...(target === undefined ? {} : { target: { at: 'least', value: target } }),
    });
  }
  numpy?.close();
  return figures;
}
