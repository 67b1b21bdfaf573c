/** What a notebook shows, before it is drawn: outputs, terminal text, tracebacks, Markdown, figures, pasted code. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NotebookOutput } from '#shared/notebook.ts';
import { arrayMediaType, plotlyMediaType } from '#shared/notebook.ts';
import { coloured } from '#renderer/notebook/ansi.ts';
import { readArray } from '#renderer/notebook/array-output.ts';
import { isSpatial, readFigure, sizeOf, themed, undrawable } from '#renderer/notebook/figure.ts';
import { markdownHtml } from '#renderer/notebook/markdown.ts';
import { OutputCollector, withOutput } from '#shared/notebook-output.ts';
import { withoutPrompts } from '#renderer/notebook/pasted-code.ts';
import { patternOf } from '#renderer/notebook/find.svelte.ts';
import { spoken } from '#renderer/notebook/spoken.ts';
import { failedLine, tracebackParts } from '#renderer/notebook/traceback.ts';

describe('outputs', () => {
  it('text of one stream is joined, of the other stands apart', () => {
    const all = new OutputCollector();
    all.add([
      { kind: 'stream', stream: 'stdout', text: 'a' },
      { kind: 'stream', stream: 'stdout', text: 'b\n' },
      { kind: 'stream', stream: 'stderr', text: 'c' },
    ]);
    expect(all.outputs.map((output) => [output['name'], output['text']])).toEqual([
      ['stdout', 'ab\n'],
      ['stderr', 'c'],
    ]);
  });

  it('clear(wait) holds what is shown until the next output', () => {
    const all = new OutputCollector();
    all.add([
      { kind: 'stream', stream: 'stdout', text: '1' },
      { kind: 'clear', wait: true },
    ]);
    expect(all.outputs).toHaveLength(1);
    all.add([{ kind: 'stream', stream: 'stdout', text: '2' }]);
    expect(all.outputs.map((output) => output['text'])).toEqual(['2']);
  });

  it('leaves out the middle of endless text, however often it grows, and counts what is gone', () => {
    let outputs: NotebookOutput[] = [];
    const line = `${'x'.repeat(999)}\n`;
    for (let batch = 0; batch < 60; batch++) {
      outputs = withOutput(outputs, { kind: 'stream', stream: 'stdout', text: line.repeat(100) }, null);
    }
    const text = outputs[0]?.['text'] as string;
    const gone = Number(/\[… (\d+) characters left out …\]/.exec(text)?.[1]);
    const marks = text.match(/characters left out/g)?.length;
    expect(marks).toBe(1);
    expect(text.length).toBeLessThan(2_100_000);
    expect(Math.abs(text.length + gone - 6_000_000)).toBeLessThan(100);
  });

  it('arrays and figures become JSON that any notebook can hold, and come back', () => {
    const all = new OutputCollector();
    const values = Float32Array.of(1, -2, NaN, 4);
    all.add([
      {
        kind: 'result',
        data: {
          text: 'array(...)',
          array: {
            id: null,
            name: null,
            shape: [2, 2],
            dtype: 'float64',
            cells: { rows: 2, columns: 2, text: ['1.', '-2.', 'nan', '4.'] },
            map: { rows: 2, columns: 2, values },
          },
        },
      },
      {
        kind: 'display',
        data: { text: 'Figure', plotly: { data: [{ y: Float64Array.of(1, NaN) }], layout: { title: undefined } } },
      },
    ]);
    all.finish(3, 'A = f()\nA\n', ['A']);
    const stored = JSON.parse(JSON.stringify(all.outputs)) as NotebookOutput[];
    expect(stored).toEqual(all.outputs);
    const [result, display] = stored.map((output) => output['data'] as Record<string, never>);
    expect(stored[0]?.['execution_count']).toBe(3);
    const array = readArray(result?.[arrayMediaType]);
    expect(array).toMatchObject({
      name: 'A',
      shape: [2, 2],
      table: [
        ['1.', '-2.'],
        ['nan', '4.'],
      ],
    });
    expect([...array!.map!.values]).toEqual([...values]);
    expect(display?.[plotlyMediaType]).toEqual({ data: [{ y: [1, null] }], layout: {} });
  });

  it('an array of a hostile file is no array, or one that can be drawn', () => {
    fc.assert(
      fc.property(fc.object({ maxDepth: 3 }), (value) => {
        const read = readArray({ shape: [2], cells: value as never, map: value as never });
        expect(read?.map ?? null).toBeNull();
      }),
    );
    expect(readArray({ shape: [1e9, -1] })).toBeNull();
    expect(readArray({ shape: [2], map: { rows: 9, columns: 9, values: '!' } })?.map).toBeNull();
  });
});

describe('terminal text', () => {
  const plain = (text: string) => coloured(text).map((line) => line.map((piece) => piece.text).join(''));

  it('colours last until they are taken back, across lines', () => {
    expect(coloured('\u001b[1;31mA\nB\u001b[0mC')).toEqual([
      [{ text: 'A', look: 'bold fg-1' }],
      [
        { text: 'B', look: 'bold fg-1' },
        { text: 'C', look: '' },
      ],
    ]);
    expect(coloured('\u001b[38;5;4mx\u001b[38;2;1;2;3my')[0]?.map((piece) => piece.look)).toEqual(['fg-4', 'fg-4']);
  });

  it('a carriage return writes over the line, as progress bars do', () => {
    expect(plain('10%\r20%\r100%\ndone')).toEqual(['100%', 'done']);
    expect(plain('abcdef\rxy\r\n')).toEqual(['xycdef', '']);
  });

  it('text without escapes is the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        expect(plain(text).join('\n')).toBe(text);
      }),
    );
  });
});

describe('tracebacks', () => {
  it('names of cells and lines are places to go to', () => {
    const parts = tracebackParts('  File "<cell 12>", line 34, in f');
    expect(parts.map((part) => part.text).join('')).toBe('  File "<cell 12>", line 34, in f');
    expect(parts[1]?.place).toEqual({ cell: 12, line: 34 });
    expect(tracebackParts('Cell In[3], line 2')[0]?.place).toEqual({ cell: 3, line: 2 });
    expect(tracebackParts('  File "/lib/numpy/x.py", line 2').every((part) => part.place === null)).toBe(true);
  });
});

describe('the line that failed', () => {
  const failure = (...traceback: string[]): NotebookOutput[] => [
    { output_type: 'stream', name: 'stdout', text: 'File "<cell 3>", line 9' },
    { output_type: 'error', ename: 'E', evalue: '', traceback },
  ];
  it('is the innermost one of this cell, if there is one', () => {
    const calls = [
      '  File "<cell 3>", line 4, in <module>',
      '  File "<cell 3>", line 2, in f',
      '  File "<cell 1>", line 7',
    ];
    expect(failedLine(failure(...calls), 3)).toBe(2);
    expect(failedLine(failure(...calls), 5)).toBeNull();
    expect(failedLine([], 3)).toBeNull();
  });
});

describe('what is spoken', () => {
  it('is the error, or what was put out, shortened', () => {
    const text = (words: string): NotebookOutput => ({ output_type: 'stream', name: 'stdout', text: words });
    expect(spoken([])).toBe('done, without output');
    expect(spoken([text('a\n'), text('b')])).toBe('a , b');
    expect(spoken([text('a'.repeat(500))])).toMatch(/^a{200} and more$/);
    expect(spoken([text('a'), { output_type: 'error', ename: 'E', evalue: 'm', traceback: [] }])).toBe('E: m');
  });
});

describe('what is searched for', () => {
  it('is text unless it is to be a pattern', () => {
    const text = { regular: false, matchCase: false };
    expect(patternOf('', text)).toBeNull();
    expect('A[0] a[0] a0'.match(patternOf('a[0]', text) ?? '')).toEqual(['A[0]', 'a[0]']);
    expect('A[0] a[0] a0'.match(patternOf('a[0]', { regular: true, matchCase: true }) ?? '')).toEqual(['a0']);
    expect(() => patternOf('(', { ...text, regular: true })).toThrow(SyntaxError);
  });
});

describe('Markdown', () => {
  it('keeps TeX whole, money as money, and HTML as text', () => {
    expect(markdownHtml('$a_1 + b_1$')).toContain('<span data-tex="a_1 + b_1"></span>');
    expect(markdownHtml('$$\n\\frac{a}{b}\n$$')).toContain('data-tex="\\frac{a}{b}" data-display=""');
    expect(markdownHtml('\\begin{align}\na &= b\n\\end{align}')).toContain('data-tex="\\begin{align}');
    expect(markdownHtml('costs $5 and $6')).not.toContain('data-tex');
    expect(markdownHtml('`$x$`')).toContain('<code>$x$</code>');
    expect(markdownHtml('<script>alert(1)</script> **b**')).toContain('&lt;script&gt;');
    expect(markdownHtml('[x](javascript:alert(1))')).not.toContain('href');
  });

  it('takes any text without failing, and mathematics never closes an attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('$', '\\', '"', '<', '_', 'x', '\n', '(', '[', '{') }), (text) => {
        expect(markdownHtml(text)).not.toMatch(/<(?:x|script)/);
      }),
    );
  });
});

describe('figures', () => {
  it('what is no figure is none, what cannot be drawn is named', () => {
    expect(readFigure('x')).toBeNull();
    expect(readFigure({ data: 3 })).toBeNull();
    const figure = readFigure({ data: [{ type: 'sankey' }, { type: 'scattergl' }, {}], layout: 'x' });
    expect(undrawable(figure!)).toEqual(['sankey']);
    // Another build draws in space; of flat kinds it has lines and points.
    const space = readFigure({ data: [{ type: 'surface' }, { type: 'scatter' }], layout: { scene: {} } });
    expect([isSpatial(figure!), isSpatial(space!), undrawable(space!)]).toEqual([false, true, []]);
    expect(undrawable(readFigure({ data: [{ type: 'cone' }, { type: 'bar' }] })!)).toEqual(['bar']);
  });

  it('takes the colours of the theme and keeps those of the curves', () => {
    const figure = readFigure({
      data: [{ type: 'scatter', line: { color: 'red' } }],
      layout: { paper_bgcolor: 'white', template: { layout: {} }, xaxis2: { title: 'x' }, width: 900, height: 450 },
    })!;
    const colours = {
      ink: '#111',
      quiet: '#222',
      line: '#333',
      panel: '#444',
      strong: '#555',
      face: 'F',
      series: ['#6'],
    };
    const { data, layout } = themed(figure, colours, 600, 300);
    expect(data[0]).toMatchObject({ line: { color: 'red' } });
    expect(layout).toMatchObject({
      paper_bgcolor: 'rgba(0,0,0,0)',
      font: { color: '#111', family: 'F' },
      xaxis2: { title: 'x', gridcolor: '#333' },
      width: 600,
    });
    expect(layout).not.toHaveProperty('template');
    expect(sizeOf(figure, 450)).toEqual({ width: 450, height: 225 });
    expect(sizeOf(readFigure({ data: [] })!, 2000)).toEqual({ width: 760, height: 426 });
  });

  it('black ink is the ink of a dark page, dark colours are lightened, and on a picture both stay', () => {
    const line = (color: string) => ({ type: 'scatter', line: { color }, marker: { color: ['#000', color] } });
    const drawn = (panel: string, ...more: { type: string; xaxis?: string }[]) =>
      themed(
        { data: [line('#000000'), line('rgba(0, 0, 255, 0.5)'), line('#1f77b4'), ...more], layout: {} },
        { ink: '#ececf0', quiet: '#999', line: '#333', panel, strong: '#444', face: 'F', series: [] },
        600,
        300,
      ).data.map((trace) => (trace as { line?: { color: string } }).line?.color);
    const [black, blue, usual] = drawn('#1c1d22');
    expect(black).toBe('rgba(236, 236, 240, 1)');
    expect(blue).toMatch(/^rgba\((\d+), \1, 25\d, 0\.5\)$/);
    expect(usual).toBe('#1f77b4');
    const asGiven = ['#000000', 'rgba(0, 0, 255, 0.5)', '#1f77b4'];
    expect(drawn('#ffffff')).toEqual(asGiven);
    expect(drawn('#1c1d22', { type: 'heatmap' }).slice(0, 3)).toEqual(asGiven);
    // A picture in another plot of the figure is no ground of this one.
    expect(drawn('#1c1d22', { type: 'heatmap', xaxis: 'x2' })[0]).toBe('rgba(236, 236, 240, 1)');
  });
});

describe('pasted code', () => {
  it('loses its prompts and what was printed', () => {
    expect(withoutPrompts('>>> a = 1\n>>> for i in x:\n...     f(i)\n...\n1\n2\n>>> a\n1')).toBe(
      'a = 1\nfor i in x:\n    f(i)\n\na',
    );
    expect(withoutPrompts('In [1]: a\nOut[1]: 3\nIn [2]: b')).toBe('a\nb');
  });

  it('other text stays as it is', () => {
    const code = 'a = 1\r\nprint(a >> 2)\n';
    expect(withoutPrompts(code)).toBe(code);
  });
});
