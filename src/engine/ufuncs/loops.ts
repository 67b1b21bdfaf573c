/** The loops of elementwise functions, made of the texts of their definitions. */
import { type DType, dtypes } from '#shared/dtype.ts';
import { type Kind, kernel, kindOf, type Line, lineKernel, load, store, wrap } from '../compile.ts';
import type { Kernel } from '../strided.ts';
import type { Definition } from './definition.ts';
import { unsupported } from './resolution.ts';

/**
 * The text of a definition's loop for a dtype.
 * @throws AppError 'dtype' when there is none.
 */
export function bodyOf(definition: Definition, loop: DType): string {
  const body =
    loop === 'float32' && definition.float32 !== undefined
      ? definition.float32
      : (definition.own?.[loop] ?? definition[kindOf(loop)]);
  if (body === undefined) throw unsupported(definition.says ?? definition.name);
  return body;
}

/** The text that loads the inputs, computes and stores, operand k being `d${k}[i${k}]`. */
function workOf(
  inputs: readonly DType[],
  loops: readonly DType[],
  body: string,
  made: DType,
  target: DType,
  output: number,
): string {
  const names = ['a', 'b', 'c'];
  return [
    ...inputs.map((dtype, k) => load(names[k], k, dtype, loops[k])),
    kindOf(made) === 'complex' ? 'let rr, ri;' : 'let r;',
    body,
    made === target ? '' : settled(made),
    store('r', output, made, target),
  ].join(' ');
}

/** The compiled loop over one line of memory, as `loopOf` has it over rows. */
export function lineOf(
  name: string,
  kind: Kind,
  inputs: readonly DType[],
  loops: readonly DType[],
  body: string,
  made: DType,
): Line {
  const key = `${name} ${kind} ${inputs.map((dtype, k) => `${dtype}>${loops[k]}`).join(' ')} ${made}`;
  return lineKernel(key, inputs.length + 1, () => workOf(inputs, loops, body, made, made, inputs.length));
}

const dtypeCodes = Object.fromEntries(dtypes.map((dtype, code) => [dtype, code])) as Record<DType, number>;
const kindCodes: Readonly<Record<Kind, number>> = { bool: 0, int: 1, bigint: 2, float: 3, complex: 4 };

/** By names, then by the dtypes in one number: a text for each call would take longer than a few elements. */
const known = new Map<string, Map<number, Kernel>>();

/** The compiled loop of a body over inputs of their dtypes, each loaded as the dtype named for it. */
export function loopOf(
  name: string,
  kind: Kind,
  inputs: readonly { readonly dtype: DType }[],
  loops: readonly DType[],
  body: string,
  made: DType,
  target: DType,
  masked: boolean,
): Kernel {
  let of = known.get(name);
  if (of === undefined) known.set(name, (of = new Map<number, Kernel>()));
  let code = (kindCodes[kind] * 16 + dtypeCodes[made]) * 16 + dtypeCodes[target] + (masked ? 4096 : 0);
  for (let k = 0; k < inputs.length; k++) code = code * 256 + dtypeCodes[inputs[k].dtype] * 16 + dtypeCodes[loops[k]];
  let loop = of.get(code);
  if (loop === undefined) {
    const count = inputs.length + (masked ? 2 : 1);
    const dtypesOf = inputs.map(({ dtype }) => dtype);
    const key = `${name} ${kind} ${dtypesOf.map((dtype, k) => `${dtype}>${loops[k]}`).join(' ')} ${made} ${target} ${masked}`;
    loop = kernel(key, count, () => {
      const work = workOf(dtypesOf, loops, body, made, target, count - 1);
      return masked ? `if (d${dtypesOf.length}[i${dtypesOf.length}]) { ${work} }` : work;
    });
    of.set(code, loop);
  }
  return loop;
}

/** The statement that brings the result into the range of its own dtype before it is stored as another. */
export function settled(dtype: DType): string {
  if (dtype === 'float32') return 'r = Math.fround(r);';
  if (dtype === 'complex64') return 'rr = Math.fround(rr); ri = Math.fround(ri);';
  if (dtype === 'int64') return 'r = BigInt.asIntN(64, r);';
  if (dtype === 'uint64') return 'r = BigInt.asUintN(64, r);';
  return kindOf(dtype) === 'int' ? `r = ${wrap('r', dtype)};` : '';
}
