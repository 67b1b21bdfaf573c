/** Singular values, approximations and certificates, against numbers recorded from NumPy 2.4.6. */
import { describe, expect } from 'vitest';
import { type Page } from 'playwright-core';
import { browserEndsAfterwards, journey } from './journey.ts';
import {
  canvasColours,
  chartNumbers,
  inspected,
  openSample,
  showView,
  typeMatrix,
  valueAt,
  variable,
} from './steps.ts';

browserEndsAfterwards();

/** np.linalg.svd(a)[1] of the samples as they ship. */
const recorded = {
  iris: [96.95128906749615, 19.148892009472345, 3.7853474750499245, 2.366364272282894, 1.7688831460468977],
  wine: [
    10886.669906563995, 493.56204763858995, 57.14884322515746, 30.100125394463603, 18.54281560810293,
    14.463020475199293, 11.036037605806191, 5.289890239005803, 4.456588273463078, 3.575271447186391, 2.6012217407579463,
    1.9868081834239713, 1.2139139751383985,
  ],
  hilbert: [
    1.6959389969219496, 0.29812521131693076, 0.026212843578119035, 0.0014676881177418464, 5.4369433697510956e-5,
    1.2943320918745525e-6, 1.7988737457436075e-8, 1.1115389793345085e-10,
  ],
};

async function certificate(page: Page, label: RegExp): Promise<number> {
  const group = page.getByRole('region', { name: 'How far this can be trusted' }).getByRole('group', { name: label });
  const value = group.locator('b:not(.none)').first();
  await value.waitFor({ timeout: 30_000 });
  return Number.parseFloat((await value.textContent())!.replace('−', '-'));
}

describe('SVD', () => {
  for (const [title, name, values] of [
    ['Iris flowers', 'iris', recorded.iris],
    ['Wines', 'wine', recorded.wine],
    ['Hilbert matrix', 'hilbert', recorded.hilbert],
  ] as const) {
    journey(`of ${name} has NumPy's singular values`, async ({ page }) => {
      await openSample(page, title);
      await variable(page, new RegExp(`^${name},`)).waitFor();
      await showView(page, 'Factor');
      const [shown] = await chartNumbers(page, 'Singular values');
      expect(shown).toHaveLength(values.length);
      values.forEach((value, i) => {
        // Six digits are shown; the smallest values are known only to an absolute error of eps times the largest.
        expect(Math.abs(shown[i] - value)).toBeLessThanOrEqual(6e-6 * value + 50 * 2.2e-16 * values[0]);
      });
    });
  }

  journey('is certified, kept as U, s and Vh, and s holds all digits', async ({ page }) => {
    await openSample(page, 'Iris flowers');
    await variable(page, /^iris,/).waitFor();
    await showView(page, 'Factor');
    // LAPACK's own limit for its SVD tests: fifty units of max(m, n) · eps.
    const limit = 50 * 150 * 2.2e-16;
    expect(await certificate(page, /‖A − U/)).toBeLessThan(limit);
    expect(await certificate(page, /‖U.U/)).toBeLessThan(limit);
    expect(await certificate(page, /‖V.V/)).toBeLessThan(limit);
    expect(await certificate(page, /^Condition/)).toBeCloseTo(54.8, 0);
    expect(await certificate(page, /^Digits/)).toBeGreaterThanOrEqual(13);

    await page.getByRole('button', { name: 'Keep U, s, Vh' }).click();
    for (const name of [
      /^U, float64 150 × 5, svd\(iris\)/,
      /^s, float64 5, svd\(iris\)/,
      /^Vh, float64 5 × 5, svd\(iris\)/,
    ]) {
      await variable(page, name).waitFor();
    }
    await variable(page, /^s, float64 5/).click();
    await showView(page, 'Grid');
    for (const [i, value] of recorded.iris.entries()) {
      expect(Math.abs(Number(await valueAt(page, 's', i)) - value)).toBeLessThan(1e-12);
    }
  });

  journey(
    'the rank slider rebuilds the matrix, says how much is kept, and the result can be kept',
    async ({ page }) => {
      await openSample(page, 'Film ratings');
      await variable(page, /^ratings, float64 4 × 4/).waitFor();
      await showView(page, 'Factor');
      // It answers once the singular values are there.
      const slider = page.getByRole('slider', { name: 'Rank of the approximation', disabled: false });
      await slider.waitFor();
      await slider.focus();
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => slider.getAttribute('aria-valuenow')).toBe('2');
      await page
        .getByText(/98\.78 %/)
        .first()
        .waitFor();
      const rebuilt = page.getByRole('img', { name: 'Rank 2 of ratings' });
      await rebuilt.waitFor();
      await expect.poll(() => canvasColours(rebuilt)).toBeGreaterThanOrEqual(2);
      await page.getByRole('button', { name: /^Keep A/ }).click();
      await variable(page, /^ratings_rank2, float64 4 × 4/).click();
      await showView(page, 'Grid');
      // The best approximation of rank 2 has blocks of 4.5.
      expect(Number(await valueAt(page, 'ratings_rank2', 0, 0))).toBeCloseTo(4.5, 12);
      expect(Number(await valueAt(page, 'ratings_rank2', 0, 1))).toBeCloseTo(4.5, 12);
      expect(Number(await valueAt(page, 'ratings_rank2', 3, 0))).toBeCloseTo(0, 12);
    },
  );

  journey('shows the values on a log scale, a linear one, and as energy', async ({ page }) => {
    await openSample(page, 'Wines');
    await variable(page, /^wine,/).waitFor();
    await showView(page, 'Factor');
    const card = page.getByRole('region', { name: 'Singular values' });
    const points = (): Promise<number> => card.locator('.scatterlayer .point').count();
    await expect.poll(points).toBeGreaterThan(12);
    for (const name of ['Linear', 'Energy', 'Log']) {
      await card.getByRole('radio', { name }).click();
      await expect.poll(points, { message: name }).toBeGreaterThan(12);
    }
    await card.getByRole('radio', { name: 'Energy' }).click();
    const [energy] = await chartNumbers(page, 'Singular values');
    expect(energy.at(-1)).toBeCloseTo(100, 4);
    expect(energy[0]).toBeCloseTo((100 * recorded.wine[0] ** 2) / 10898.078031484094 ** 2, 3);
  });
});

describe('the inspector', () => {
  journey('says what is true of [[1,2,3],[4,5,6],[7,8,10]]', async ({ page }) => {
    await typeMatrix(page, '1 2 3; 4 5 6; 7 8 10', 'A');
    expect(await inspected(page, 'Shape')).toBe('3 × 3');
    expect(await inspected(page, 'Rank')).toBe('3');
    expect(await inspected(page, 'Trace')).toBe('16');
    expect(await inspected(page, 'Determinant')).toMatch(/^[-−]3/);
    expect(await inspected(page, 'Condition number')).toMatch(/^88\.4/);
    expect(await inspected(page, 'Frobenius')).toMatch(/^17\.4/);
    expect(await inspected(page, 'Spectral')).toMatch(/^17\.4/);
    expect(await inspected(page, 'Nuclear')).toMatch(/^18\.4/);
    expect(await inspected(page, '1 / ∞')).toMatch(/^19 \/ 25/);
    expect(await inspected(page, 'Symmetric')).toBe('no');
  });

  journey('sees the rank of a matrix that only looks regular', async ({ page }) => {
    await openSample(page, 'Counting numbers');
    expect(await inspected(page, 'Rank')).toBe('2');
    await typeMatrix(page, '1 2 3; 4 5 6; 7 8 9', 'B');
    expect(await inspected(page, 'Rank')).toBe('2');
    await openSample(page, 'Rotation by 30°');
    await variable(page, /^rotation,/).waitFor();
    await expect.poll(() => inspected(page, 'Orthogonal')).toBe('yes');
    await expect.poll(() => inspected(page, 'Determinant')).toMatch(/^1(\.0+)?$/);
  });
});
