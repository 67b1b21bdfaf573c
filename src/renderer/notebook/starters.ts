/** What an empty notebook offers to begin with. */
import type { CellType } from '#shared/notebook.ts';

export interface Starter {
  title: string;
  about: string;
  cells: { type: CellType; source: string }[];
}

export const starters: readonly Starter[] = [
  {
    title: 'A matrix and its SVD',
    about: 'Factor a small matrix, rebuild it, and watch the variables appear on the left.',
    cells: [
      {
        type: 'markdown',
        source:
          '## A matrix and its SVD\n\nEvery matrix is a rotation, a stretch and another rotation: $A = U \\,\\Sigma\\, V^{\\mathsf T}$.',
      },
      { type: 'code', source: 'import numpy as np\n\nA = np.array([[3.0, 1.0], [1.0, 3.0], [1.0, 1.0]])\nA' },
      { type: 'code', source: 'U, s, Vh = np.linalg.svd(A, full_matrices=False)\ns' },
      { type: 'code', source: "print('rebuilt:', np.allclose(U * s @ Vh, A))\nprint('condition:', s[0] / s[-1])" },
    ],
  },
  {
    title: 'A line through points',
    about: 'Least squares with np.linalg.lstsq, and the plot of the fit.',
    cells: [
      {
        type: 'markdown',
        source: '## A line through points\n\nThe $c$ that makes $\\lVert X c - y \\rVert_2$ smallest.',
      },
      {
        type: 'code',
        source:
          'import numpy as np\nimport matplotlib.pyplot as plt\n\nrng = np.random.default_rng(1)\nx = np.linspace(0, 10, 40)\ny = 1.5 + 0.8 * x + rng.normal(0, 0.6, x.size)',
      },
      {
        type: 'code',
        source:
          'X = np.column_stack([np.ones_like(x), x])\nc, *_ = np.linalg.lstsq(X, y, rcond=None)\nprint(f"y = {c[0]:.3f} + {c[1]:.3f} x")',
      },
      {
        type: 'code',
        source:
          "plt.scatter(x, y, label='data')\nplt.plot(x, X @ c, label='fit')\nplt.xlabel('x')\nplt.ylabel('y')\nplt.legend()\nplt.show()",
      },
    ],
  },
  {
    title: 'Power iteration',
    about: 'Find the largest eigenvalue by multiplying, and see the error fall.',
    cells: [
      {
        type: 'markdown',
        source:
          '## Power iteration\n\nMultiply by $A$ again and again: $v_{k+1} = A v_k / \\lVert A v_k \\rVert$ turns towards the eigenvector of the largest eigenvalue.',
      },
      {
        type: 'code',
        source:
          'import numpy as np\nimport matplotlib.pyplot as plt\n\nrng = np.random.default_rng(0)\nB = rng.normal(size=(6, 6))\nA = B + B.T\nlargest = max(np.linalg.eigvalsh(A), key=abs)',
      },
      {
        type: 'code',
        source:
          "v = rng.normal(size=6)\nerrors = []\nfor _ in range(60):\n    v = A @ v\n    v /= np.linalg.norm(v)\n    errors.append(abs(v @ A @ v - largest))\n\nplt.semilogy(errors)\nplt.title('error of the eigenvalue')\nplt.show()",
      },
    ],
  },
];
