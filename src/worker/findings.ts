import type { Inspection, Variable } from '#shared/contract.ts';
import type { CellFacts } from './inspect-task.ts';
import { count } from './memory.ts';

type Finding = NonNullable<Inspection['findings']>[number];

const order: readonly Finding['tone'][] = ['bad', 'warn', 'good', 'plain'];

/** Sentences that are true of this matrix, most important first. */
export function findings(found: Inspection, facts: CellFacts, variable: Variable): Finding[] {
  const all = [
    ...nonfinite(found, facts),
    ...rank(found, variable),
    ...conditioning(found),
    ...columns(facts, variable),
    ...structure(found),
    ...lowRank(found),
  ];
  return all.sort((a, b) => order.indexOf(a.tone) - order.indexOf(b.tone));
}

function* nonfinite(found: Inspection, { nonfinite: word }: CellFacts): Generator<Finding> {
  const cells = (found.nan_count ?? 0) + (found.inf_count ?? 0);
  const at = found.first_nonfinite;
  if (cells === 0 || at === null || at === undefined || word === null) return;
  yield {
    tone: 'bad',
    title: `${word} at [${at.join(', ')}]`,
    text: `${cells === 1 ? 'This cell is not a finite number' : `${count(cells)} cells are not finite numbers`}; no factorisation can be computed with ${cells === 1 ? 'it' : 'them'}.`,
  };
}

function* rank({ shape, rank: r, determinant, symmetric }: Inspection, { kind }: Variable): Generator<Finding> {
  const [m = 0, n = 0] = shape ?? [];
  if (r === null || r === undefined || shape?.length !== 2) return;
  const full = Math.min(m, n);
  if (r === full || full === 0) return;
  if (r === 0) {
    yield { tone: 'warn', title: 'All zeros', text: 'Every vector is mapped to 0: the rank is 0.' };
  } else if (m === n) {
    const rounding =
      typeof determinant === 'number' && determinant !== 0
        ? ` The computed determinant, ${Number(determinant.toPrecision(3))}, is not exactly 0 because of rounding.`
        : '';
    yield {
      tone: 'bad',
      title: `Rank ${r} of ${n}, so no inverse`,
      text: `The ${symmetric === true ? 'rows and columns' : 'columns'} are linearly dependent: ${n - r === 1 ? 'one direction is' : `${n - r} directions are`} collapsed to 0.${rounding}`,
    };
  } else if (kind !== 'image') {
    const what = m > n ? 'columns' : 'rows';
    yield {
      tone: 'warn',
      title: `Rank ${r} of ${full}`,
      text: `${full - r === 1 ? `One of the ${what} is` : `${full - r} of the ${what} are`} a combination of the others.`,
    };
  }
}

function* conditioning({ shape, rank: r, condition, digits, dtype }: Inspection): Generator<Finding> {
  const [m = 0, n = 0] = shape ?? [];
  if (typeof condition !== 'number' || typeof r !== 'number' || r < Math.min(m, n) || !Number.isFinite(condition))
    return;
  const lost = Math.round(Math.log10(Math.max(1, condition)));
  const single = dtype === 'float32' || dtype === 'complex64';
  if (lost < (single ? 3 : 6)) return;
  yield {
    tone: 'warn',
    title: 'Ill-conditioned',
    text: `The condition number is ${condition.toExponential(1).replace('e+', 'e')}: a solve loses about ${lost} digits${typeof digits !== 'number' ? '' : ` and keeps ${digits}`}.`,
  };
}

function* columns(
  { constant, constant_total, dependent }: CellFacts,
  { columns: names, shape, kind }: Variable,
): Generator<Finding> {
  if (kind === 'image') return;
  const name = (column: number) => names?.[column] ?? `column ${column}`;
  if (constant_total === shape[1] && constant_total > 1) return;
  if (constant_total === 1) {
    const [{ column, value }] = constant as [CellFacts['constant'][number]];
    yield {
      tone: 'warn',
      title: `${capital(name(column))} is constant`,
      text: `Every row has ${value}: the column tells the rows apart in nothing.`,
    };
  } else if (constant_total > 1) {
    const shown = constant.slice(0, 4).map(({ column }) => name(column));
    const rest = constant_total - shown.length;
    yield {
      tone: 'warn',
      title: `${constant_total} constant columns`,
      text: `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''} have one value in every row.`,
    };
  }
  const [strongest] = dependent;
  if (strongest !== undefined) {
    const { first, second, correlation } = strongest;
    const more =
      dependent.length > 1
        ? ` ${dependent.length >= 5 ? 'At least four more pairs are' : dependent.length === 2 ? 'Another pair is' : `${dependent.length - 1} more pairs are`} as close.`
        : '';
    yield {
      tone: 'warn',
      title: 'Columns nearly dependent',
      text: `${capital(name(first))} and ${name(second)} say almost the same: their correlation is ${correlation.toFixed(Math.abs(correlation) > 0.9995 ? 5 : 3)}.${more} Least squares on them is sensitive.`,
    };
  }
}

function* structure({
  shape,
  symmetric,
  positive_definite,
  orthogonal,
  triangular,
  rank: r,
  dtype,
}: Inspection): Generator<Finding> {
  const n = shape?.[0] ?? 0;
  const complex = dtype?.startsWith('complex') === true;
  const mirrored = complex ? 'Hermitian' : 'Symmetric';
  if (n < 2) return;
  if (orthogonal === true) {
    yield {
      tone: 'good',
      title: complex ? 'Unitary' : 'Orthogonal',
      text: `Its inverse is its ${complex ? 'conjugate ' : ''}transpose; it keeps lengths and angles, and a solve with it loses no digits.`,
    };
  }
  if (symmetric === true && positive_definite === true && r === n) {
    yield {
      tone: 'good',
      title: `${mirrored} positive definite`,
      text: 'All eigenvalues are positive, and Cholesky solves with it in half the work of LU.',
    };
  } else if (symmetric === true && triangular !== 'diagonal' && positive_definite !== undefined) {
    yield { tone: 'plain', title: mirrored, text: 'Its eigenvalues are real and its eigenvectors orthogonal.' };
  }
  if (triangular === 'diagonal')
    yield {
      tone: 'plain',
      title: 'Diagonal',
      text: 'The eigenvalues stand on the diagonal; it scales every axis by itself.',
    };
  else if (triangular === 'upper' || triangular === 'lower') {
    yield {
      tone: 'plain',
      title: triangular === 'upper' ? 'Upper triangular' : 'Lower triangular',
      text: `The eigenvalues stand on the diagonal; solving is ${triangular === 'upper' ? 'back' : 'forward'} substitution.`,
    };
  }
}

function* lowRank({ shape, rank: r, numerical_rank_1pct: k, orthogonal }: Inspection): Generator<Finding> {
  const [m = 0, n = 0] = shape ?? [];
  const full = Math.min(m, n);
  if (
    typeof k !== 'number' ||
    typeof r !== 'number' ||
    orthogonal === true ||
    full < 4 ||
    k < 1 ||
    k > full / 2 ||
    k === r
  )
    return;
  yield {
    tone: 'plain',
    title: `Rank ${k} comes within 1 %`,
    text: `${k === 1 ? 'One pattern carries' : `${k} of ${full} patterns carry`} all but at most 1 % of the matrix, measured by its Frobenius norm.`,
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
