import { describe, expect, it } from 'vitest';
import { docstringBlocks } from '#renderer/editor/docstring.ts';

const text = `Least squares: \`\`x\`\` minimises
the residual.

Parameters
----------
a : (M, N) array_like
    Coefficients,
    one row each.
b : array_like

Returns
-------
x : ndarray

Examples
--------
>>> np.linalg.lstsq(a, b)
array([1.,
       2.])
>>> x
3

Notes
-----
- one
- two
`;

describe('a docstring', () => {
  it('is parted into headings, names, prose and examples', () => {
    expect(docstringBlocks(text).map(({ kind, text: words, indent }) => [kind, words, indent])).toEqual([
      ['prose', 'Least squares: ``x`` minimises the residual.', 0],
      ['heading', 'Parameters', 0],
      ['entry', 'a : (M, N) array_like', 0],
      ['prose', 'Coefficients, one row each.', 1],
      ['entry', 'b : array_like', 0],
      ['heading', 'Returns', 0],
      ['entry', 'x : ndarray', 0],
      ['heading', 'Examples', 0],
      ['code', '>>> np.linalg.lstsq(a, b)\narray([1.,\n       2.])\n>>> x\n3', 0],
      ['heading', 'Notes', 0],
      ['prose', '- one', 0],
      ['prose', '- two', 0],
    ]);
  });

  it('may be one line, or nothing', () => {
    expect(docstringBlocks('Sum of all.')).toEqual([{ kind: 'prose', text: 'Sum of all.', indent: 0 }]);
    expect(docstringBlocks('')).toEqual([]);
  });
});
