/** What the inspector shows of an inspection: which lines, in which words, with which definition. */
import type { ComplexNumber, Inspection, Variable } from '#shared/contract.ts';
import { formatBrief, formatBytes, formatCount, formatFull, isComplex, repr } from '../number-format.ts';

export interface Row {
  label: string;
  /** Null while it is not known yet. */
  text: string | null;
  /** What a click copies: the number in full. */
  copy: string;
  /** What the word means, in one sentence. */
  about: string;
  /** The value is the reason it does not apply ("not square"): shown quietly. */
  quiet?: boolean;
}

export interface Section {
  title: string;
  rows: Row[];
}

const about = {
  shape: 'Rows × columns. A vector of n numbers is shown as one column.',
  size: 'Width × height in pixels; as an array the rows come first.',
  dtype: 'The type of every element, and the memory all of them take.',
  range: 'The smallest and the largest element; NaN is left out.',
  mean: 'The sum of all elements divided by their number; NaN is left out.',
  nan: 'Elements that are not a number, such as missing values. Factorisations refuse them.',
  inf: 'Elements that overflowed or were divided by zero. Factorisations refuse them.',
  rank: 'How many rows (or columns) are independent of each other: the singular values above rounding error.',
  numericalRank: 'The smallest rank whose best approximation misses at most 1 % of the matrix.',
  condition: 'Largest singular value over the smallest: how much solving with this matrix can amplify an error.',
  digits: 'Decimal digits of a solution of Ax = b that survive rounding: about 16 less log₁₀ of the condition number.',
  fro: 'The square root of the sum of all squared elements.',
  spectral: 'The largest singular value: the most a vector of length 1 can be stretched.',
  nuclear: 'The sum of the singular values.',
  oneInf: 'The largest sum of magnitudes down a column (1), and along a row (∞).',
  euclidean: 'The length of the vector: the square root of the sum of its squared elements.',
  vectorOneInf: 'The sum of the magnitudes (1), and the largest of them (∞).',
  hermitian: 'Equal to its own conjugate transpose: its eigenvalues are real and its eigenvectors perpendicular.',
  symmetric: 'Equal to its own transpose: its eigenvalues are real and its eigenvectors perpendicular.',
  definite: 'Symmetric with only positive eigenvalues: a bowl without flat directions. Cholesky exists.',
  orthogonal: 'Its columns are perpendicular and of length 1: it turns or mirrors, and keeps every length.',
  unitary: 'Its columns are perpendicular and of length 1, as complex vectors: it keeps every length.',
  triangular: 'Zero on one side of the diagonal: solving takes one sweep, the eigenvalues stand on the diagonal.',
  nonzero: 'The share of elements that are not zero.',
  trace: 'The sum of the diagonal, and of the eigenvalues.',
  determinant: 'The factor by which volumes grow; zero when something collapses, negative when mirrored.',
  contiguous: 'C order: the elements of a row lie next to each other in memory.',
} as const;

const row = (label: string, text: string | null, copy: string | number | null, words: string, quiet = false): Row => ({
  label,
  text,
  copy: copy === null ? (text ?? '') : typeof copy === 'number' ? repr(copy) : copy,
  about: words,
  ...(quiet ? { quiet } : {}),
});

type Known = number | null | undefined;
type KnownScalar = ComplexNumber | Known;

/** A number, or why there is none; undefined is on its way, unless nothing more will come. */
function number(label: string, value: KnownScalar, words: string, missing: string, complete: boolean): Row {
  if (typeof value === 'number') {
    return row(
      label,
      Number.isInteger(value) && Math.abs(value) < 1e6 ? formatCount(value) : brief(value),
      value,
      words,
    );
  }
  if (value !== null && value !== undefined) return row(label, briefComplex(value), fullComplex(value), words);
  if (value === null || complete) return row(label, value === null ? missing : '—', '', words, true);
  return row(label, null, null, words);
}

const brief = (value: number): string => (value === Infinity ? '∞' : value === -Infinity ? '−∞' : formatBrief(value));
/** NumPy's form with few digits: 1.5-2j. */
const briefComplex = ({ re, im }: ComplexNumber): string => {
  const part = brief(im);
  return `${brief(re)}${/^[-−]/.test(part) ? '' : '+'}${part}j`;
};
const fullComplex = ({ re, im }: ComplexNumber): string => formatFull(re, 'complex128', im);
const yes = (value: boolean): string => (value ? 'yes' : 'no');

function truth(
  label: string,
  value: boolean | null | undefined,
  words: string,
  missing: string,
  complete: boolean,
): Row {
  if (typeof value === 'boolean') return row(label, yes(value), null, words);
  if (value === null || complete) return row(label, value === null ? missing : '—', '', words, true);
  return row(label, null, null, words);
}

function determinant(known: Partial<Inspection>, missing: string, complete: boolean): Row {
  const { determinant: value, slogdet } = known;
  const lost = ({ re, im }: ComplexNumber): boolean => !Number.isFinite(re + im) || (re === 0 && im === 0);
  const overflowed =
    value !== null && value !== undefined && lost(typeof value === 'number' ? { re: value, im: 0 } : value) && slogdet;
  if (overflowed && slogdet[0] !== 0 && Number.isFinite(slogdet[1])) {
    const [sign, log] = slogdet;
    const exponent = log / Math.LN10;
    // Rounded before the power is taken: 9.999 reads as 1.00 of the next.
    const whole = Math.floor(exponent + Math.log10(1 + 0.0005));
    const size = `${(10 ** (exponent - whole)).toFixed(2)} × 10^${whole}`;
    const signed = typeof sign === 'number' ? `${sign < 0 ? '−' : ''}${size}` : `(${briefComplex(sign)}) × ${size}`;
    const full = typeof sign === 'number' ? sign : fullComplex(sign);
    return row('Determinant', signed, `sign ${full}, log ${repr(log)}`, about.determinant);
  }
  return number('Determinant', value, about.determinant, missing, complete);
}

/**
 * The inspector's sections for a variable, with what is known so far.
 * @param complete nothing more will come: what is still unknown was left out.
 */
export function sectionsOf(variable: Variable, known: Partial<Inspection>, complete: boolean): Section[] {
  const [height = 1, width = 1, channels] = variable.shape;
  const isImage = variable.kind === 'image';
  const isMatrix = variable.shape.length === 2 && !isImage;
  const square = isMatrix && height === width;
  const notSquare = isMatrix ? 'not square' : 'not a matrix';
  const missing = square ? 'not defined' : notSquare;

  const properties: Row[] = isImage
    ? [
        row('Size', `${width} × ${height}`, null, about.size),
        row('Channels', `${channels ?? 1} × ${variable.dtype}`, null, about.dtype),
        row('Memory', formatBytes(variable.nbytes), String(variable.nbytes), about.dtype),
      ]
    : [
        row(
          'Shape',
          variable.shape.join(' × ') || 'a number',
          `(${variable.shape.join(', ')}${variable.shape.length === 1 ? ',' : ''})`,
          about.shape,
        ),
        row('dtype, memory', `${variable.dtype}, ${formatBytes(variable.nbytes)}`, variable.dtype, about.dtype),
      ];
  if (!isComplex(variable.dtype)) properties.push(range(known, complete));
  properties.push(number('Mean', known.mean, about.mean, '—', complete));
  if ((known.nan_count ?? 0) > 0) properties.push(count('NaN', known.nan_count, about.nan));
  if ((known.inf_count ?? 0) > 0) properties.push(count('Infinite', known.inf_count, about.inf));
  const sections: Section[] = [{ title: variable.name, rows: properties }];
  if (!isMatrix && variable.shape.length !== 1) return sections;

  if (isMatrix) {
    const unknown = (known.nan_count ?? 0) + (known.inf_count ?? 0) > 0 ? 'not finite' : '—';
    properties.push(
      number('Rank', known.rank, about.rank, unknown, complete),
      number('Numerical rank at 1 %', known.numerical_rank_1pct, about.numericalRank, unknown, complete),
      number('Condition number', known.condition, about.condition, unknown, complete),
      number('Digits to trust in solve', known.digits, about.digits, unknown, complete),
    );
  }
  sections.push({
    title: 'Norms',
    rows: isMatrix
      ? [
          number('Frobenius', known.norm_fro, about.fro, '—', complete),
          number('Spectral', known.norm_2, about.spectral, '—', complete),
          number('Nuclear', known.norm_nuc, about.nuclear, '—', complete),
          pair('1 / ∞', known.norm_1, known.norm_inf, about.oneInf, complete),
        ]
      : [
          number('Euclidean', known.norm_fro ?? known.norm_2, about.euclidean, '—', complete),
          pair('1 / ∞', known.norm_1, known.norm_inf, about.vectorOneInf, complete),
        ],
  });
  if (isMatrix) {
    const complex = isComplex(variable.dtype);
    const structure: Row[] = [
      complex
        ? truth('Hermitian', known.symmetric, about.hermitian, notSquare, complete)
        : truth('Symmetric', known.symmetric, about.symmetric, notSquare, complete),
    ];
    if (square) {
      if (typeof known.positive_definite === 'boolean' || !complete)
        structure.push(
          truth(
            'Positive definite',
            known.positive_definite,
            about.definite,
            complex ? 'not Hermitian' : 'not symmetric',
            complete,
          ),
        );
      structure.push(
        complex
          ? truth('Unitary', known.orthogonal, about.unitary, '—', complete)
          : truth('Orthogonal', known.orthogonal, about.orthogonal, '—', complete),
      );
    }
    if (known.triangular)
      structure.push(row('Shape of zeros', triangularText[known.triangular], null, about.triangular));
    structure.push(share(known, complete));
    if (square) structure.push(number('Trace', known.trace, about.trace, missing, complete));
    structure.push(
      square ? determinant(known, missing, complete) : row('Determinant', notSquare, '', about.determinant, true),
    );
    if (known.c_contiguous !== undefined)
      structure.push(row('Memory order', known.c_contiguous ? 'C, rows together' : 'strided', null, about.contiguous));
    sections.push({ title: 'Structure', rows: structure });
  }
  return sections;
}

const triangularText = { upper: 'upper triangular', lower: 'lower triangular', diagonal: 'diagonal' } as const;

function range(known: Partial<Inspection>, complete: boolean): Row {
  const { min, max } = known;
  if (typeof min === 'number' && typeof max === 'number')
    return row('Range', `${brief(min)} … ${brief(max)}`, `${repr(min)}, ${repr(max)}`, about.range);
  if (min === null || complete) return row('Range', '—', '', about.range, true);
  return row('Range', null, null, about.range);
}

function count(label: string, value: number | undefined, words: string): Row {
  return row(label, value === undefined ? null : formatCount(value), value === undefined ? null : String(value), words);
}

function share(known: Partial<Inspection>, complete: boolean): Row {
  const { nonzero_share: value } = known;
  if (value === undefined) return row('Non-zeros', complete ? '—' : null, '', about.nonzero, complete);
  const percent = value * 100;
  // 99.996 % is not all of them, and 0.004 % is not none.
  const text =
    percent === 100 || percent === 0
      ? String(percent)
      : percent > 99.9
        ? '> 99.9'
        : percent < 0.1
          ? '< 0.1'
          : String(Number(percent.toPrecision(3)));
  return row('Non-zeros', `${text} %`, repr(value), about.nonzero);
}

function pair(label: string, a: Known, b: Known, words: string, complete: boolean): Row {
  if (typeof a === 'number' && typeof b === 'number')
    return row(label, `${brief(a)} / ${brief(b)}`, `${repr(a)}, ${repr(b)}`, words);
  if (a === null || complete) return row(label, '—', '', words, true);
  return row(label, null, null, words);
}
