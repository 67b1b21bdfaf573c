import { AppError } from '#shared/errors.ts';
import { copyInto } from './cast.ts';
import { asarray, empty, zeros } from './create.ts';
import { type Labels, type Optimize, Summation } from './einsum-path.ts';
import { matmul } from './linalg/products.ts';
import { shapeCode } from './memory.ts';
import type { NDArray } from './ndarray.ts';
import { result_type } from './promotion.ts';
import { sum } from './reductions.ts';
import { expand_dims, reshape, transpose } from './shape.ts';
import { multiply } from './ufuncs/arithmetic.ts';
import type { Operand } from './ufuncs/definition.ts';

interface Term {
  labels: Labels;
  array: NDArray;
}

interface Plan {
  terms: Term[];
  output: Labels;
  sizes: ReadonlyMap<string, number>;
}

/**
 * Einstein's summation: products of elements, summed over the labels that the output does not have.
 *
 * Contractions of two operands become matrix products; more than two are contracted pair by pair in a greedy order, the
 * cheapest result first. 'ij,jk->ik' is (m, k), (k, n) → (m, n), and so on; of the dtype all operands promote to.
 *
 * @throws AppError 'value' in NumPy's words for what the subscripts do not fit.
 * @example einsum('ij,jk->ik', array([[1, 2]]), array([[3], [4]])).tolist() // [[11n]]
 */
export function einsum(subscripts: string, ...operands: readonly Operand[]): NDArray {
  const arrays = operands.map((a) => asarray(a));
  const quick = ofFew(subscripts, arrays);
  if (quick !== null) return quick;
  const { terms, output, sizes } = parse(subscripts, arrays);
  remember(subscripts, terms, output);
  const dtype = result_type(terms.map((term) => term.array.dtype));
  let left = terms.map((term) => withoutRepeats(term));
  const pair = left.length === 2 ? [[0, 1]] : [];
  for (const [i, j] of left.length > 2 ? summation(left, output, sizes).greedy() : pair) {
    const rest = left.filter((_, k) => k !== i && k !== j);
    left = [...rest, contract(left[i], left[j], kept(rest, output))];
  }
  const last = sumOut(left[0], new Set(output));
  const result = transpose(
    last.array,
    output.map((label) => last.labels.indexOf(label)),
  );
  if (terms.length > 1 && result.dtype === dtype) return result;
  const made = empty(result.shape, dtype);
  copyInto(made, result);
  return terms.length === 1 && last.array.base !== null && last.array.buffer === terms[0].array.buffer ? result : made;
}

/** Subscripts without an ellipsis that were read before: the labels of each operand and of the result. */
const read = new Map<string, { inputs: Labels[]; output: Labels }>();

/** Subscripts that are kept; a program has a few. */
const mostRead = 64;

function remember(subscripts: string, terms: readonly Term[], output: Labels): void {
  if (subscripts.includes('.') || read.size >= mostRead) return;
  read.set(subscripts, { inputs: terms.map((term) => term.labels), output });
}

/** Products that are added one by one sooner than contractions are planned. */
const fewProducts = 128;

/** The sums of few products of doubles, by known subscripts; null for everything else. */
function ofFew(subscripts: string, arrays: readonly NDArray[]): NDArray | null {
  const known = read.get(subscripts);
  if (known === undefined || known.inputs.length !== arrays.length) return null;
  const { inputs, output } = known;
  const labels = [...output];
  for (const term of inputs) for (const label of term) if (!labels.includes(label)) labels.push(label);
  // A single operand of which nothing is summed is looked at, not copied.
  if (arrays.length === 1 && labels.length === output.length) return null;
  const lengths = new Array<number>(labels.length).fill(-1);
  const steps = arrays.map(() => new Array<number>(labels.length).fill(0));
  for (let k = 0; k < arrays.length; k++) {
    const { dtype, shape, strides } = arrays[k];
    if (dtype !== 'float64' || shape.length !== inputs[k].length) return null;
    for (let axis = 0; axis < shape.length; axis++) {
      const at = labels.indexOf(inputs[k][axis]);
      if (lengths[at] >= 0 && lengths[at] !== shape[axis]) return null;
      lengths[at] = shape[axis];
      steps[k][at] += strides[axis] / 8;
    }
  }
  let products = 1;
  for (const n of lengths) products *= n;
  if (products === 0 || products > fewProducts) return null;
  const made = zeros(lengths.slice(0, output.length), 'float64');
  const perResult = products / made.size;
  const place = new Array<number>(labels.length).fill(0);
  const at = arrays.map((a) => a.start);
  for (let p = 0; p < products; p++) {
    let product = 1;
    for (let k = 0; k < at.length; k++) product *= arrays[k].data[at[k]] as number;
    const to = made.start + Math.floor(p / perResult);
    made.data[to] = (made.data[to] as number) + product;
    for (let d = labels.length - 1; d >= 0; d--) {
      const wrapped = ++place[d] === lengths[d];
      for (let k = 0; k < at.length; k++) at[k] += wrapped ? steps[k][d] * (1 - lengths[d]) : steps[k][d];
      if (!wrapped) break;
      place[d] = 0;
    }
  }
  return made;
}

/**
 * In which order a summation had best take its operands, as NumPy says it: 'einsum_path' and the positions that each
 * step contracts, and a table of the steps. `optimize` is 'greedy', 'optimal', one of them with the largest number of
 * elements that an intermediate result may have, false for a single step, or a path, whose table is wanted.
 *
 * Operands (m, n) for two labels and so on; their dtypes do not matter.
 *
 * @throws AppError 'value' in NumPy's words for what the subscripts do not fit, and for ways of other names.
 * @example einsum_path('ij,jk,k->i', [ones([2, 3]), ones([3, 4]), ones(4)])[0] // ['einsum_path', [1, 2], [0, 1]]
 */
export function einsum_path(
  subscripts: string,
  operands: readonly Operand[],
  optimize: Optimize = 'greedy',
): [['einsum_path', ...number[][]], string] {
  const { terms, output, sizes } = parse(
    subscripts,
    operands.map((a) => asarray(a)),
  );
  const found = summation(terms, output, sizes);
  const path = found.path(optimize);
  return [['einsum_path', ...path.map((step) => [...step])], found.report(path)];
}

const summation = (
  terms: readonly { labels: Labels }[],
  output: Labels,
  sizes: ReadonlyMap<string, number>,
): Summation =>
  new Summation(
    terms.map(({ labels }) => labels),
    output,
    sizes,
  );

function parse(subscripts: string, arrays: readonly NDArray[]): Plan {
  const text = subscripts.replaceAll(/\s/g, '');
  const arrow = text.indexOf('-');
  const inputs = arrow < 0 ? text : text.slice(0, arrow);
  const explicit = arrow < 0 ? undefined : text.slice(arrow + 2);
  const told = text[arrow + 1] === '>' ? (explicit ?? '') : '';
  const strange = /[^A-Za-z,.]/.exec(inputs) ?? /[^A-Za-z.]/.exec(told);
  if (strange !== null) {
    throw new AppError(
      'value',
      `invalid subscript '${strange[0]}' in einstein sum subscripts string, subscripts must be letters`,
      { argument: 'subscripts' },
    );
  }
  const parts = inputs.split(',');
  if (parts.length !== arrays.length) {
    // NumPy's words, which count from the side of the operands.
    const which = parts.length < arrays.length ? 'fewer' : 'more';
    throw new AppError(
      'value',
      `${which} operands provided to einstein sum function than specified in the subscripts string`,
    );
  }
  if (arrow >= 0 && text[arrow + 1] !== '>')
    throw new AppError('value', "einstein sum subscript string does not contain proper '->' output specified", {
      argument: 'subscripts',
    });
  const widest = Math.max(
    0,
    ...parts.map((part, k) => (part.includes('...') ? arrays[k].ndim - (part.length - 3) : 0)),
  );
  const dots = Array.from({ length: widest }, (_, k) => String.fromCodePoint(0xe000 + k));
  const sizes = new Map<string, number>();
  let uneven = false;
  const terms = parts.map((part, k): Term => {
    const labels = labelsOf(part, arrays[k].ndim, dots, k);
    labels.forEach((label, axis) => {
      const n = arrays[k].shape[axis];
      const known = sizes.get(label);
      if (known !== undefined && known !== n && known !== 1 && n !== 1) uneven = true;
      if (known === undefined || known === 1) sizes.set(label, n);
    });
    return { labels, array: arrays[k] };
  });
  const output = outputLabels(explicit, terms, dots);
  terms.forEach((term, k) => {
    requireEvenDiagonals(term, terms.length === 1 && term.labels.every((label) => output.includes(label)) ? null : k);
  });
  if (uneven) throw mismatch(terms, output);
  return { terms, output, sizes };
}

/** @throws AppError 'value' where a label stands for two lengths of one operand; `k` is null for one that is only looked at. */
function requireEvenDiagonals({ labels, array }: Term, k: number | null): void {
  const lengths = new Map<string, number>();
  labels.forEach((label, axis) => {
    const n = array.shape[axis];
    const known = lengths.get(label) ?? 1;
    if (known !== n && known !== 1 && n !== 1) {
      throw new AppError(
        'value',
        `dimensions in ${k === null ? 'single operand' : `operand ${k}`} for collapsing index '${label}' don't match (${known} != ${n})`,
        { argument: 'operands' },
      );
    }
    lengths.set(label, Math.max(known, n));
  });
}

/**
 * Looks through the subscripts without computing anything.
 *
 * Operands of any dtype, (m, n) for two labels and so on.
 *
 * @throws AppError 'value' and 'shape' as `einsum`.
 * @example requireSubscripts('ij,jk', zeros([2, 3]), zeros([3, 4])) // undefined
 */
export function requireSubscripts(subscripts: string, ...operands: readonly Operand[]): void {
  parse(
    subscripts,
    operands.map((a) => asarray(a)),
  );
}

/** NumPy's message for labels that stand for different lengths: each operand's shape over all labels. */
function mismatch(terms: readonly Term[], output: Labels): AppError {
  const rest = [...new Set(terms.flatMap((term) => term.labels))].filter((label) => !output.includes(label)).sort();
  const all = [...output, ...rest];
  const parts = terms.map(({ labels, array }) => {
    const last = all.findLastIndex((label) => labels.includes(label));
    const mapped = all
      .slice(0, last + 1)
      .map((label) => (labels.includes(label) ? array.shape[labels.indexOf(label)] : 'newaxis'));
    return `${shapeCode(array.shape)}->(${mapped.join(',')})`;
  });
  return new AppError(
    'shape',
    `operands could not be broadcast together with remapped shapes [original->remapped]: ${parts.join(' ')}`,
  );
}

function labelsOf(part: string, ndim: number, dots: readonly string[], k: number): string[] {
  const at = part.indexOf('...');
  const letters = part.replace('...', '');
  if (letters.includes('.'))
    throw new AppError(
      'value',
      `einstein sum subscripts string contains a '.' that is not part of an ellipsis ('...') in operand ${k}`,
    );
  if (at < 0) {
    if (letters.length < ndim)
      throw new AppError(
        'value',
        `operand has more dimensions than subscripts given in einstein sum, but no '...' ellipsis provided to broadcast the extra dimensions.`,
      );
    if (letters.length > ndim)
      throw new AppError('value', `einstein sum subscripts string contains too many subscripts for operand ${k}`);
    return [...letters];
  }
  const extra = ndim - letters.length;
  if (extra < 0)
    throw new AppError('value', `einstein sum subscripts string contains too many subscripts for operand ${k}`);
  return [...letters.slice(0, at), ...dots.slice(dots.length - extra), ...letters.slice(at)];
}

function outputLabels(explicit: string | undefined, terms: readonly Term[], dots: readonly string[]): string[] {
  const all = terms.flatMap((term) => term.labels);
  if (explicit === undefined) {
    const once = [...new Set(all)].filter(
      (label) => !dots.includes(label) && all.filter((other) => other === label).length === 1,
    );
    return [...dots, ...once.sort()];
  }
  const at = explicit.indexOf('...');
  const letters = [...explicit.replace('...', '')];
  const repeated = letters.find((label, k) => letters.indexOf(label) !== k);
  if (repeated !== undefined)
    throw new AppError(
      'value',
      `einstein sum subscripts string includes output subscript '${repeated}' multiple times`,
    );
  const unknown = letters.find((label) => !all.includes(label));
  if (unknown !== undefined)
    throw new AppError(
      'value',
      `einstein sum subscripts string included output subscript '${unknown}' which never appeared in an input`,
    );
  if (at < 0) {
    if (dots.length > 0)
      throw new AppError('value', "output had too few broadcast dimensions: add '...' to the output subscripts");
    return letters;
  }
  return [...letters.slice(0, at), ...dots, ...letters.slice(at)];
}

/** Labels that occur twice in one operand: their diagonal, as a view. */
function withoutRepeats({ labels, array }: Term): Term {
  const unique = [...new Set(labels)];
  if (unique.length === labels.length) return { labels, array };
  const shape = unique.map((label) => array.shape[labels.indexOf(label)]);
  const strides = unique.map((label) =>
    labels.reduce((sumOf, other, axis) => (other === label ? sumOf + array.strides[axis] : sumOf), 0),
  );
  return { labels: unique, array: array.view(shape, strides) };
}

function kept(rest: readonly { labels: Labels }[], output: Labels): Set<string> {
  return new Set([...output, ...rest.flatMap((term) => term.labels)]);
}

/** Sums an operand over the labels nobody wants any more. */
function sumOut({ labels, array }: Term, wanted: ReadonlySet<string>): Term {
  const axes = labels.flatMap((label, axis) => (wanted.has(label) ? [] : [axis]));
  if (axes.length === 0) return { labels, array };
  return { labels: labels.filter((label) => wanted.has(label)), array: sum(array, { axis: axes, dtype: array.dtype }) };
}

/** Two operands into one, by a (stacked) matrix product where labels are summed, else by multiplication. */
function contract(a: Term, b: Term, wanted: ReadonlySet<string>): Term {
  const inA = new Set(a.labels);
  const inB = new Set(b.labels);
  const x = sumOut(a, new Set([...wanted, ...inB]));
  const y = sumOut(b, new Set([...wanted, ...inA]));
  const shared = x.labels.filter((label) => y.labels.includes(label));
  const length = (term: Term, label: string): number => term.array.shape[term.labels.indexOf(label)];
  const uneven = shared.some((label) => length(x, label) !== length(y, label));
  const summed = shared.filter((label) => !wanted.has(label));
  if (summed.length === 0 || uneven || x.array.dtype === 'bool' || y.array.dtype === 'bool') {
    const labels = [...new Set([...x.labels, ...y.labels])];
    const product = multiply(aligned(x, labels), aligned(y, labels));
    return sumOut({ labels, array: product }, wanted);
  }
  const batch = shared.filter((label) => wanted.has(label));
  const rows = x.labels.filter((label) => !shared.includes(label));
  const cols = y.labels.filter((label) => !shared.includes(label));
  const count = (term: Term, list: Labels): number => list.reduce((product, label) => product * length(term, label), 1);
  const outer = batch.map((label) => length(x, label));
  const left = reshape(arranged(x, [...batch, ...rows, ...summed]), [...outer, count(x, rows), count(x, summed)]);
  const right = reshape(arranged(y, [...batch, ...summed, ...cols]), [...outer, count(y, summed), count(y, cols)]);
  const array = reshape(matmul(left, right), [
    ...outer,
    ...rows.map((label) => length(x, label)),
    ...cols.map((label) => length(y, label)),
  ]);
  return { labels: [...batch, ...rows, ...cols], array };
}

function arranged({ labels, array }: Term, wanted: Labels): NDArray {
  return transpose(
    array,
    wanted.map((label) => labels.indexOf(label)),
  );
}

/** The operand with its axes in the order of `labels`, length 1 where it has none. */
function aligned(term: Term, labels: Labels): NDArray {
  const own = labels.filter((label) => term.labels.includes(label));
  const axes = labels.flatMap((label, axis) => (term.labels.includes(label) ? [] : [axis]));
  return expand_dims(arranged(term, own), axes);
}
