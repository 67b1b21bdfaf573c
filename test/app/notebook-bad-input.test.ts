/** What goes wrong in a cell is contained and explained, and leaves session and window alive. */
import { describe, expect } from 'vitest';
import { browserEndsAfterwards, journey } from './journey.ts';
import { cellAt, newNotebook, outputOf, python, runCell } from './notebook-steps.ts';
import { variable } from './steps.ts';

browserEndsAfterwards();

describe('a cell', () => {
  journey('that cannot be run says why, beside itself, and the next one runs', async ({ page }) => {
    await newNotebook(page);
    await runCell(page, 'import numpy as np\nkept = np.eye(3)');
    const wrong: [code: string, told: RegExp, ...more: RegExp[]][] = [
      ['def f(:\n    pass', /SyntaxError/],
      ['def g(n):\n    return g(n + 1)\ng(0)', /RecursionError/, /repeated \d+ more times/],
      ['np.zeros((100_000, 125_000)) + 1', /MemoryError/, /100 GB|93\.\d GiB/],
      ['import pandas', /No module named 'pandas'/, /Eigenscope has Python's standard library, numpy/],
      ['np.linalg.inv(np.ones((2, 2)))', /LinAlgError: Singular matrix/, /pseudo-inverse/],
      ['import socket\nsocket.create_connection(("127.0.0.1", 9))', /Error/],
    ];
    for (const [code, ...told] of wrong) {
      const number = await runCell(page, code);
      const text = (await outputOf(page, number).textContent()) ?? '';
      for (const words of told) expect(text, code).toMatch(words);
      // The heading says it once.
      expect(text.split('Singular matrix').length, code).toBeLessThanOrEqual(2);
    }
    const after = await runCell(page, 'kept.sum()');
    await outputOf(page, after).getByText('np.float64(3.0)').waitFor();
  });

  journey('that ends Python costs the names, not the arrays', async ({ page }) => {
    await newNotebook(page);
    await runCell(page, 'import numpy as np\nk = 5\nkept = np.eye(3)');
    await variable(page, /^kept, float64 3 × 3/).waitFor();
    const ending = await runCell(page, 'import os\nos._exit(3)');
    await outputOf(page, ending)
      .getByText(/the code ended Python, with status 3/)
      .waitFor();
    await runCell(page, 'kept *= 2\nkept.sum()');
    await outputOf(page, 3).getByText('np.float64(6.0)').waitFor();
    await runCell(page, 'k');
    await cellAt(page, 4).getByText('NameError').first().waitFor();
    // A second Python takes part in everything the first did.
    await runCell(page, 'made = kept[:2] + 1');
    await variable(page, /^made, float64 2 × 3/).waitFor();
  });

  journey('that prints without end is cut, and the window stays quick', async ({ page }) => {
    await newNotebook(page);
    await runCell(page, 'for i in range(200_000):\n    print(i)\nprint("the end")');
    await outputOf(page, 1).getByText('the end').waitFor(python);
    expect(await outputOf(page, 1).locator('.line').count()).toBeLessThan(200);
    const long = await runCell(page, 'print("word " * 4000)');
    await outputOf(page, long)
      .getByText(/16,000 more characters/)
      .waitFor();
  });
});
