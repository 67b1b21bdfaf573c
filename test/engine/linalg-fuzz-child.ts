/** Calls every function of linear algebra with what nobody should give it; run in a process of its own, which must live. */
import { dtypes, type DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { astype } from '#engine/cast.ts';
import { zeros } from '#engine/create.ts';
import { named, knownNames } from '#engine/names/call.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { slice, sliced } from '#engine/slicing.ts';

const rounds = Number(process.argv[2] ?? 6);
let state = Number(process.argv[3] ?? 1);
const uniform = (): number => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
const pick = <T>(list: readonly T[]): T => list[Math.floor(uniform() * list.length)];

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
const fills = [
  () => uniform() - 0.5,
  () => 0,
  () => NaN,
  () => (uniform() < 0.2 ? Infinity : uniform()),
  () => (uniform() < 0.1 ? NaN : uniform()),
  () => (uniform() - 0.5) * 1e308,
  () => (uniform() - 0.5) * 1e-308,
  () => Math.floor(uniform() * 3),
  () => 10 ** (600 * (uniform() - 0.5)),
];

function hostile(): NDArray {
  const a = zeros(pick(shapes));
  const fill = pick(fills);
  for (let i = 0; i < a.size; i++) a.data[a.start + i] = fill();
  const typed = astype(a, pick<DType>(dtypes));
  const turned = uniform() < 0.3 ? typed.T : typed;
  return turned.ndim > 0 && uniform() < 0.3 ? sliced(turned, slice(null, null, pick([-1, 2]))) : turned;
}

const others = [null, true, false, 0, 1, -1, 2, 1e300, NaN, Infinity, 'L', 'fro', 'nuc', 'real', 'x', [0, 1], [1]];

for (const name of knownNames().filter((one) => /^(scipy\.)?linalg\./.test(one))) {
  const entry = named(name);
  if (entry === null) throw new Error(`${name} is not known`);
  const counted = /^scipy\.linalg\.(hilbert|invhilbert|pascal|invpascal|hadamard|helmert|dft)$/.test(name);
  for (let round = 0; round < rounds; round++) {
    const values: unknown[] = entry.parameters.map((parameter, k) => {
      if (counted && k === 0) return pick([0, 1, 5]);
      if (k < entry.required) return parameter === 'n' ? pick([-2, 0, 3]) : hostile();
      return uniform() < 0.8 ? undefined : uniform() < 0.3 ? hostile() : pick(others);
    });
    if (name === 'linalg.multi_dot') values[0] = [hostile(), hostile()];
    if (/lu_solve/.test(name)) values[0] = [hostile(), hostile()];
    if (/cho_solve/.test(name)) values[0] = [hostile(), uniform() < 0.5];
    if (entry.rest) values[entry.parameters.length - 1] = [hostile(), hostile()];
    console.log(`${name} ${round}`);
    const began = performance.now();
    try {
      entry.call(values);
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'bug') {
        console.log(
          `FAULT ${name} ${round}: ${error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 5).join(' | ') : String(error)}`,
        );
      }
    }
    if (performance.now() - began > 5000) console.log(`FAULT ${name} ${round}: took ${performance.now() - began} ms`);
  }
}
console.log('done');
