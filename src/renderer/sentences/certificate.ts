/** What each number of an SVD's certificate means for this matrix, and how good it is. */
import type { Certificate } from '#shared/contract.ts';
import { significant } from './numbers.ts';

export type Tone = 'good' | 'warn' | 'bad' | 'plain';

export interface CertificateLine {
  key: string;
  /** TeX and plain characters of what is measured; null where words do. */
  tex: string | null;
  label: string;
  value: string;
  tone: Tone;
  about: string;
}

/** Units of rounding, m · eps, that a sound factorisation stays below (LAPACK's own tests use 50). */
const sound = 50;

function measure(ratio: number): { tone: Tone; verdict: string } {
  if (!Number.isFinite(ratio)) return { tone: 'bad', verdict: 'It could not be measured: do not trust this result.' };
  if (ratio <= sound)
    return { tone: 'plain', verdict: `That is ${significant(ratio, 2)} units of rounding error: as good as it gets.` };
  return { tone: 'bad', verdict: `That is ${significant(ratio, 2)} units of rounding error; up to ${sound} is sound.` };
}

/** The certificate of an m × n matrix as five lines; `eps` is that of the dtype computed in. */
export function describeCertificate(
  certificate: Certificate,
  m: number,
  n: number,
  eps: number,
  complex = false,
): CertificateLine[] {
  const [star, plain] = complex ? ['H', 'ᴴ'] : ['\\top', 'ᵀ'];
  const { residual, orthogonality_u, orthogonality_v, backward_error, condition, digits, digits_total } = certificate;
  const unit = Math.max(m, n) * eps;
  const residualSays = measure(backward_error);
  const uSays = measure(orthogonality_u / unit);
  const vSays = measure(orthogonality_v / unit);
  const lost = digits_total - digits;
  return [
    {
      key: 'residual',
      tex: `\\lVert A - U\\Sigma V^{${star}}\\rVert / \\lVert A\\rVert`,
      label: `‖A − UΣV${plain}‖ / ‖A‖`,
      value: significant(residual, 2),
      tone: residualSays.tone,
      about: `How far the product of the factors is from the matrix, relative to it. ${residualSays.verdict}`,
    },
    {
      key: 'u',
      tex: `\\lVert U^{${star}} U - I\\rVert`,
      label: `‖U${plain}U − I‖`,
      value: significant(orthogonality_u, 2),
      tone: uSays.tone,
      about: `How far the columns of U are from being at right angles and of length one. ${uSays.verdict}`,
    },
    {
      key: 'v',
      tex: `\\lVert V^{${star}} V - I\\rVert`,
      label: `‖V${plain}V − I‖`,
      value: significant(orthogonality_v, 2),
      tone: vSays.tone,
      about: `The same for the rows of V${plain}. ${vSays.verdict}`,
    },
    {
      key: 'condition',
      tex: null,
      label: 'Condition number',
      value: Number.isFinite(condition) ? significant(condition, 4) : 'infinite',
      tone: 'plain',
      about: Number.isFinite(condition)
        ? `σ₁ divided by the smallest singular value: an error in the data can grow by up to this factor when you solve with this matrix.`
        : 'The smallest singular value is zero: the matrix is singular, and some systems have no solution or many.',
    },
    {
      key: 'digits',
      tex: null,
      label: 'Digits to trust',
      value: `${Math.max(0, Math.floor(digits))} of ${Math.round(digits_total)}`,
      tone: digits >= 8 ? 'good' : digits >= 3 ? 'warn' : 'bad',
      about:
        lost < 1
          ? 'Solving with this matrix keeps nearly every digit.'
          : digits < 1
            ? 'Solving with this matrix loses every digit: use the pseudo-inverse or least squares with a cut-off.'
            : `Solving with this matrix loses about ${Math.round(lost)} decimal digits to its condition number.`,
    },
  ];
}
