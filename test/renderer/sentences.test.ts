/** spectra.json: singular values by numpy.linalg.svd (NumPy 2.4) of matrices whose structure is known. */
import { describe, expect, it } from 'vitest';
import { percent, ratioPercent, significant, duration } from '#renderer/sentences/numbers.ts';
import {
  energyShare,
  noiseQuantiles,
  noiseRank,
  numericalRank,
  rankForEnergy,
  relativeError,
  tailEnergies,
  tailEnergy,
  type Spectrum,
} from '#renderer/sentences/spectrum.ts';
import { describeRank, describeResidual, describeSpectrum } from '#renderer/sentences/svd.ts';
import { describeCost, describeExcess } from '#renderer/sentences/picture.ts';
import { describeCertificate } from '#renderer/sentences/certificate.ts';
import recorded from './spectra.json' with { type: 'json' };

const eps = 2 ** -52;

function spectrum(values: number[], m = values.length, n = values.length): Spectrum {
  return { values, m, n, total: values.reduce((sum, value) => sum + value * value, 0), exact: true, eps };
}
const of = (name: keyof typeof recorded) => spectrum(recorded[name].s, recorded[name].m, recorded[name].n);

describe('energy and error', () => {
  it('adds up from the small end', () => {
    const s = spectrum([3, 2, 1]);
    expect(tailEnergy(s, 1)).toBe(5);
    expect([...tailEnergies(s)]).toEqual([14, 5, 1, 0]);
    expect(energyShare(s, 1)).toBeCloseTo(9 / 14);
    expect(relativeError(s, 2)).toBeCloseTo(Math.sqrt(1 / 14));
    expect(rankForEnergy(s, 0.9)).toBe(2);
  });

  it('keeps the digits of a tail far below the head', () => {
    expect(relativeError(spectrum([1, 1e-12, 1e-13]), 1)).toBeCloseTo(1.005e-12, 14);
  });

  it('counts what a first answer does not know', () => {
    const s: Spectrum = { values: [3, 2], m: 9, n: 9, total: 14, exact: false, eps };
    expect(tailEnergy(s, 2)).toBe(1);
    expect(energyShare(s, 2)).toBeCloseTo(13 / 14);
    expect(rankForEnergy(s, 0.99)).toBeNull();
  });

  it('takes a zero matrix as fully kept', () => {
    expect(energyShare(spectrum([0, 0]), 1)).toBe(1);
    expect(relativeError(spectrum([0, 0]), 1)).toBe(0);
  });
});

describe('structure', () => {
  it('finds the numerical rank as NumPy does', () => {
    expect(numericalRank(of('rank3'))).toBe(3);
    expect(numericalRank(of('digits'))).toBe(62);
    expect(numericalRank(spectrum([0, 0]))).toBe(0);
  });

  it('knows the quantiles of noise', () => {
    const square = noiseQuantiles(1);
    expect(square[99]).toBeLessThan(2);
    expect(square[99]).toBeGreaterThan(1.9);
    const tall = noiseQuantiles(0.25);
    expect(tall[0]).toBeGreaterThan(0.5);
    expect(tall[99]).toBeLessThan(1.5);
  });

  it('finds where only noise is left', () => {
    expect(noiseRank(of('noise60x40'))).toBe(0);
    expect(noiseRank(of('lowrank+noise'))).toBe(4);
    expect(noiseRank(of('sensors'))).toBe(3);
  });

  it.each(['powerlaw', 'linspace', 'hilbert12', 'iris', 'digits', 'rank3'] as const)('sees no noise in %s', (name) => {
    expect(noiseRank(of(name))).toBeNull();
  });
});

describe('the sentence beside the singular values', () => {
  it.each([
    ['sensors', 'A drop after 3: the rest is at the level of noise.'],
    ['noise60x40', 'No pattern stands out: pure noise of this size has singular values like these.'],
    ['lowrank+noise', 'A drop after 4: the rest is at the level of noise.'],
    ['iris', 'One direction holds 96.01 % of the energy; the rest is small.'],
    ['powerlaw', 'A smooth fall, about as the index to the power −1.5: no rank stands out as the natural one.'],
    ['linspace', 'No clear drop: 90 % of the energy takes 12 of 20 values.'],
    ['rank3', 'Rank 3, not 10: the last 7 values are zero to rounding, so seven columns depend on the others.'],
  ] as const)('of %s', (name, sentence) => {
    expect(describeSpectrum(of(name))).toBe(sentence);
  });

  it('of special matrices', () => {
    expect(describeSpectrum(spectrum([]))).toMatch(/empty/);
    expect(describeSpectrum(spectrum([0, 0]))).toMatch(/Every entry is zero/);
    expect(describeSpectrum(spectrum([5]))).toMatch(/size of the entry, 5\.000/);
    expect(describeSpectrum(spectrum([5], 4, 1))).toMatch(/length of the vector/);
    expect(describeSpectrum(spectrum([2, 2, 2]))).toMatch(/multiple of an orthogonal/);
    expect(describeSpectrum(spectrum([2, 2, 2], 8, 3))).toMatch(/columns are orthogonal/);
    expect(describeSpectrum(spectrum([3, 0, 0]))).toMatch(/^Rank 1/);
    expect(describeSpectrum(spectrum([5.465, 0.366]))).toMatch(/the other is small/);
    expect(describeSpectrum(spectrum([1, 0.9, 0.02, 0.018]))).toMatch(/drop is after 2: the next value is 45 times/);
  });

  it('says of a first answer only what is known', () => {
    expect(describeSpectrum({ ...spectrum([3, 2], 90, 90), total: 14, exact: false })).toBe(
      'The first 2 values so far: they hold 92.85 % of the energy.',
    );
  });
});

describe('the sentence beside the residual', () => {
  it('speaks of what rank k misses', () => {
    expect(describeResidual(of('sensors'), 3)).toBe('The residual has no pattern left, so rank 3 tells the story.');
    expect(describeResidual(of('sensors'), 1)).toBe('Layer 2 alone holds 93 % of what is missed.');
    expect(describeResidual(of('sensors'), 12)).toMatch(/^All of it/);
    expect(describeResidual(of('sensors'), 5)).toMatch(/^Past rank 3 there is only noise/);
    expect(describeResidual(of('noise60x40'), 2)).toMatch(/^Noise as well/);
    expect(describeResidual(of('rank3'), 3)).toMatch(/^Nothing is missing/);
    expect(describeResidual(of('rank3'), 2)).toBe('Layer 3 alone is missing.');
    expect(describeResidual(of('digits'), 3)).toBe('Five more layers would halve the energy of what is missed.');
    expect(describeResidual(spectrum([0, 0]), 1)).toMatch(/zero/);
  });

  it('gives energy and error of a rank', () => {
    expect(describeRank(of('sensors'), 3)).toBe('99.84 % of the energy, relative error 0.040');
  });
});

describe('numbers', () => {
  it('never claims all of it', () => {
    expect(percent(0.99999)).toBe('99.999 %');
    expect(percent(0.9999999999)).toBe('99.999999 %');
    expect(percent(1)).toBe('100 %');
    expect(percent(0.2)).toBe('20.0 %');
    expect(percent(0)).toBe('0 %');
    expect(percent(0.00012)).toBe('0.012 %');
  });

  it('writes ratios, digits and times', () => {
    expect(ratioPercent(0.1338)).toBe('13.4 %');
    expect(ratioPercent(1.512)).toBe('151 %');
    expect(significant(0.0402, 2)).toBe('0.040');
    expect(significant(7.1e-16, 2)).toBe('7.1e-16');
    expect(significant(271.68, 4)).toBe('271.7');
    expect(duration(0.2)).toBe('under 1 ms');
    expect(duration(3210)).toBe('3.2 s');
    expect(duration(130_000)).toBe('2 min');
  });
});

describe('pictures', () => {
  it('warns where nothing is saved', () => {
    const { text, warn } = describeCost({ k: 240, stored: 1.34, lastSaving: 179, psnr: 40, jpeg: 41 });
    expect(text).toBe('Past rank 179 nothing is saved: rank 240 stores 134 % of the original’s numbers.');
    expect(warn).toBe(true);
  });

  it('compares with a JPEG only when both are measured', () => {
    const cost = { k: 24, stored: 0.13, lastSaving: 179 };
    expect(describeCost({ ...cost, psnr: 29.2, jpeg: 36.8 }).text).toBe('A JPEG of the same size is 7.6 dB better.');
    expect(describeCost({ ...cost, psnr: 29.2, jpeg: 29.4 }).text).toMatch(/about as good/);
    expect(describeCost({ ...cost, psnr: null, jpeg: 36.8 }).text).not.toMatch(/JPEG/);
  });

  it('says how near the first answer is', () => {
    expect(describeExcess(0.0071)).toBe('Within 1 % of the best possible');
    expect(describeExcess(0.0005)).toBe('Within 0.1 % of the best possible');
    expect(describeExcess(0.35)).toMatch(/35 % above the least error/);
    expect(describeExcess(null)).toBe('A first answer');
  });
});

describe('the certificate', () => {
  const sound = {
    residual: 7.1e-16,
    orthogonality_u: 1.9e-15,
    orthogonality_v: 1.2e-15,
    backward_error: 0.18,
    condition: 271.7,
    digits: 13.5,
    digits_total: 15.9,
  };

  it('explains a sound result', () => {
    const lines = describeCertificate(sound, 18, 12, eps);
    expect(lines.map((line) => line.value)).toEqual(['7.1e-16', '1.9e-15', '1.2e-15', '271.7', '13 of 16']);
    expect(lines[0].about).toMatch(/0\.18 units of rounding error: as good as it gets/);
    expect(lines.at(-1)!.tone).toBe('good');
  });

  it('calls an unsound one by its name', () => {
    const lines = describeCertificate({ ...sound, residual: 1e-9, backward_error: 1e5 }, 18, 12, eps);
    expect(lines[0].tone).toBe('bad');
    const singular = describeCertificate({ ...sound, condition: Infinity, digits: 0 }, 3, 3, eps);
    expect(singular[3].value).toBe('infinite');
    expect(singular[4].tone).toBe('bad');
  });
});

describe('scale', () => {
  it.each([1e-200, 1e200])('does not matter (%d)', (factor) => {
    const scaled = spectrum(
      recorded.sensors.s.map((value) => value * factor),
      18,
      12,
    );
    expect(describeRank(scaled, 3)).toBe(describeRank(of('sensors'), 3));
    expect(describeSpectrum(scaled)).toBe(describeSpectrum(of('sensors')));
    expect(describeResidual(scaled, 1)).toBe(describeResidual(of('sensors'), 1));
  });
});
