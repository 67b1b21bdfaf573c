/** Notebook files: what we write is what nbformat's schema asks, what Jupyter writes comes back, hostile files are refused. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/errors.ts';
import type { JsonObject, NotebookCell } from '#shared/notebook.ts';
import { decode, encode } from '#shared/wire.ts';
import { parseIpynb, serialiseCell, serialiseIpynb } from '#worker/notebook-ipynb.ts';
import { parsePercent, serialisePercent } from '#worker/notebook-percent.ts';

const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, false),
    fc.integer(),
    fc.string(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 3 },
    ),
  ),
})).value;
const record = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), json, { maxKeys: 3 }) as fc.Arbitrary<JsonObject>;
const text = fc.string({ unit: fc.constantFrom('a', 'é', '𝄞', '\n', ' ', '"', '\\', '#', '\u2028') });
const bundle = fc.record(
  { 'text/plain': text, 'text/html': text, 'image/png': fc.base64String(), 'application/vnd.plotly.v1+json': record },
  { requiredKeys: ['text/plain'] },
);
const output = fc.oneof(
  fc.record({ output_type: fc.constant('stream'), name: fc.constantFrom('stdout', 'stderr'), text }),
  fc.record({ output_type: fc.constant('display_data'), data: bundle, metadata: record }),
  fc.record({
    output_type: fc.constant('execute_result'),
    data: bundle,
    metadata: record,
    execution_count: fc.nat(),
  }),
  fc.record({ output_type: fc.constant('error'), ename: text, evalue: text, traceback: fc.array(text) }),
);
const code = fc.record({
  type: fc.constant('code' as const),
  source: text,
  execution_count: fc.option(fc.nat()),
  outputs: fc.array(output, { maxLength: 4 }),
  metadata: record,
  attachments: fc.constant(null),
});
const prose = fc.record({
  type: fc.constantFrom('markdown' as const, 'raw' as const),
  source: text,
  execution_count: fc.constant(null),
  outputs: fc.constant([]),
  metadata: record,
  attachments: fc.option(fc.constant({ 'a.png': { 'image/png': 'AAAA' } })),
});
const cells = fc
  .array(fc.oneof(code, prose), { maxLength: 6 })
  .map((all) => all.map((cell, index) => ({ id: `cell-${index}`, ...cell })) as NotebookCell[]);

/** The rules of nbformat.v4.schema.json (4.5), as far as they bind what we write. */
function breaches(file: unknown): string[] {
  const found: string[] = [];
  const check = (holds: boolean, rule: string) => void (holds || found.push(rule));
  const isRecord = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const multiline = (value: unknown) =>
    typeof value === 'string' || (Array.isArray(value) && value.every((line) => typeof line === 'string'));
  const only = (value: Record<string, unknown>, keys: string[], where: string) =>
    check(JSON.stringify(Object.keys(value).sort()) === JSON.stringify([...keys].sort()), `${where}: exactly ${keys}`);
  if (!isRecord(file)) return ['an object'];
  only(file, ['cells', 'metadata', 'nbformat', 'nbformat_minor'], 'notebook');
  check(file['nbformat'] === 4 && file['nbformat_minor'] === 5, 'nbformat 4.5');
  check(isRecord(file['metadata']) && isRecord(file['metadata']['kernelspec']), 'kernelspec');
  const all = file['cells'] as Record<string, unknown>[];
  const ids = new Set<unknown>();
  for (const cell of all) {
    const isCode = cell['cell_type'] === 'code';
    const more = isCode ? ['execution_count', 'outputs'] : 'attachments' in cell ? ['attachments'] : [];
    only(cell, ['cell_type', 'id', 'metadata', 'source', ...more], 'cell');
    check(/^[a-zA-Z0-9-_]{1,64}$/.test(String(cell['id'])) && !ids.has(cell['id']), 'cell: unique id');
    ids.add(cell['id']);
    check(isRecord(cell['metadata']) && multiline(cell['source']), 'cell: metadata, source');
    if (!isCode) continue;
    check(cell['execution_count'] === null || Number.isInteger(cell['execution_count']), 'execution_count');
    for (const each of cell['outputs'] as Record<string, unknown>[]) {
      switch (each['output_type']) {
        case 'stream':
          only(each, ['output_type', 'name', 'text'], 'stream');
          check(multiline(each['text']), 'stream: text');
          break;
        case 'error':
          only(each, ['output_type', 'ename', 'evalue', 'traceback'], 'error');
          check(Array.isArray(each['traceback']), 'error: traceback');
          break;
        case 'execute_result':
        case 'display_data': {
          const result = each['output_type'] === 'execute_result';
          only(each, ['output_type', 'data', 'metadata', ...(result ? ['execution_count'] : [])], 'result');
          const data = each['data'] as Record<string, unknown>;
          for (const [type, value] of Object.entries(data)) check(/json$/.test(type) || multiline(value), type);
          break;
        }
        default:
          found.push('a known output_type');
      }
    }
  }
  return found;
}

const write = (all: readonly NotebookCell[], metadata: JsonObject = {}) =>
  serialiseIpynb(all.map(serialiseCell), metadata);

describe('.ipynb', () => {
  it('is written as the schema asks and read back as it was', () => {
    fc.assert(
      fc.property(cells, record, (all, metadata) => {
        const file = write(all, metadata);
        expect(breaches(JSON.parse(file))).toEqual([]);
        const back = parseIpynb(file, 'a.ipynb');
        expect(back.cells).toEqual(all);
        expect(back.metadata).toMatchObject(metadata);
        expect(write(back.cells, back.metadata)).toBe(write(all, back.metadata));
      }),
      { numRuns: 150 },
    );
  });

  it('finds the breach when a cell has no id', () => {
    const broken = JSON.parse(write([])) as { cells: unknown[] };
    broken.cells.push({ cell_type: 'markdown', metadata: {}, source: 'x' });
    expect(breaches(broken)).not.toEqual([]);
  });

  it("keeps what it does not know of a file in Jupyter's own layout", () => {
    const theirs = {
      cells: [
        {
          cell_type: 'code',
          execution_count: 3,
          id: 'b7',
          metadata: { tags: ['x'], jupyter: { outputs_hidden: true }, vendor: { a: [1, null] } },
          outputs: [
            { name: 'stdout', output_type: 'stream', text: ['one\n', 'two'] },
            {
              data: { 'text/plain': ['array([1,\n', '       2])'], 'application/json': ['a', 'b'] },
              execution_count: 3,
              metadata: { isolated: true },
              output_type: 'execute_result',
            },
            { output_type: 'pyout_of_the_future', payload: [1] },
          ],
          source: ['import numpy as np\n', 'np.array([1, 2])'],
        },
      ],
      metadata: { kernelspec: { name: 'x', display_name: 'X' }, language_info: { name: 'python' }, widgets: { a: 1 } },
      nbformat: 4,
      nbformat_minor: 5,
    };
    const { cells: read, metadata } = parseIpynb(JSON.stringify(theirs), 'a.ipynb');
    expect(read[0]?.source).toBe('import numpy as np\nnp.array([1, 2])');
    expect(read[0]?.outputs[1]?.['data']).toEqual({
      'text/plain': 'array([1,\n       2])',
      'application/json': ['a', 'b'],
    });
    expect(JSON.parse(write(read, metadata))).toEqual({
      ...theirs,
      metadata: { ...theirs.metadata },
    });
  });

  it('takes out keys that no message carries, and keeps a notebook of another language one of its own', () => {
    const metadata = '{"kernelspec":{"display_name":"R","language":"R","name":"ir"},"__proto__":{"x":1}}';
    const cell = '{"cell_type":"raw","source":"","metadata":{"a":[{"\\u005f_proto__":{"y":1}}]}}';
    const text = `{"nbformat":4,"metadata":${metadata},"cells":[${cell}]}`;
    const { cells: read, metadata: kept, notes } = parseIpynb(text, 'a.ipynb');
    expect(decode(encode([read, kept]))).toEqual([read, kept]);
    expect(read[0]?.metadata).toEqual({ a: [{}] });
    expect(notes).toEqual([expect.stringMatching(/^Its cells are R, and Eigenscope runs Python/)]);
    expect(JSON.parse(write(read, kept))).toMatchObject({ metadata: { kernelspec: { name: 'ir' } } });
    expect(JSON.parse(write(read, kept))).not.toHaveProperty('metadata.language_info');
  });

  it.each([
    ['nothing', '', /not a notebook/],
    ['half a file', write([]).slice(0, 30), /not a notebook/],
    ['a table', 'a,b\n1,2\n', /not a notebook/],
    ['a list', '[]', /not a notebook/],
    ['format 3', '{"nbformat":3,"worksheets":[]}', /format 3/],
    ['no cells', '{"nbformat":4}', /not a notebook/],
    ['cells that are none', '{"nbformat":4,"cells":{"0":1}}', /not a notebook/],
    [
      'a deep pit',
      `{"nbformat":4,"cells":[],"metadata":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`,
      /nested too deeply/,
    ],
  ])('refuses %s in words', (_, file, message) => {
    expect(() => parseIpynb(file, 'bad.ipynb')).toThrowError(message);
  });

  it('survives every truncation and mutation with an error of its own or a notebook', () => {
    const file = write(fc.sample(cells, { numRuns: 20, seed: 7 }).flat().slice(0, 6).map(renumbered));
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.constantFrom('', '{', '[', '"', 'null', '1'), (at, put) => {
        for (const hostile of [file.slice(0, at), file.slice(0, at) + put + file.slice(at + 1)]) {
          try {
            const { cells: read, metadata } = parseIpynb(hostile, 'bad.ipynb');
            expect(breachesOfKnown(JSON.parse(write(read, metadata)))).toEqual([]);
          } catch (error) {
            if (!(error instanceof AppError)) throw error;
            expect(error.code).toBe('parse');
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

const renumbered = (cell: NotebookCell, index: number): NotebookCell => ({ ...cell, id: `c${index}` });

/** Extra keys and kinds of outputs are theirs to keep; what is left must still be a notebook. */
const breachesOfKnown = (file: unknown): string[] =>
  breaches(file).filter((rule) => /^(?:cell|nbformat|notebook|an object)/.test(rule));

describe('.py with # %% cells', () => {
  it('reads cells, Markdown, magics and what stands before the first marker', () => {
    const script =
      '"""A script."""\nimport numpy as np\n\n# %% [markdown]\n# # Title\n#\n# Text with $x$\n\n# %% Load\n# %matplotlib inline\nx = 1\n\n\n# %%\n';
    expect(parsePercent(script).map(({ type, source }) => [type, source])).toEqual([
      ['code', '"""A script."""\nimport numpy as np'],
      ['markdown', '# Title\n\nText with $x$'],
      ['code', '%matplotlib inline\nx = 1'],
      ['code', ''],
    ]);
  });

  it("leaves Jupytext's header out and takes Windows line ends", () => {
    const script = '# ---\r\n# jupyter:\r\n#   kernelspec: {}\r\n# ---\r\n\r\n# %%\r\na = 1\r\nb = 2\r\n';
    expect(parsePercent(script).map((cell) => cell.source)).toEqual(['a = 1\nb = 2']);
  });

  it('comes back as it was written', () => {
    const line = fc.constantFrom('x = 1', '# a comment', '    y = 2', '', '%timeit x', "s = 'é'", '#', '# # two');
    const source = fc
      .array(line, { maxLength: 5 })
      .map((lines) => lines.join('\n'))
      .filter((whole) => whole === '' || (!/^\s*(?:\n|$)/.test(whole) && !/(?:^|\n)\s*$/.test(whole)));
    const cell = fc.record({ type: fc.constantFrom('code' as const, 'markdown' as const), source });
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 5 }), (all) => {
        const back = parsePercent(serialisePercent(all)).map(({ type, source }) => ({ type, source }));
        expect(back).toEqual(all);
      }),
    );
  });
});

describe('notebooks as Jupyter writes them', () => {
  const folder = join(import.meta.dirname, 'fixtures/notebooks');

  it.each(readdirSync(folder))('%s comes back as it was', (name) => {
    const original = readFileSync(join(folder, name), 'utf8');
    const { cells, metadata, notes } = parseIpynb(original, name);
    expect(notes).toEqual([]);
    const written = JSON.parse(write(cells, metadata)) as { cells: { id: string }[]; nbformat_minor: number };
    expect(breachesOfKnown(written)).toEqual([]);
    const theirs = JSON.parse(original) as typeof written;
    if (theirs.nbformat_minor === 5) expect(written).toEqual(theirs);
    else {
      // Older formats have no ids, and texts in one piece.
      expect(written.cells).toHaveLength(theirs.cells.length);
      expect(written.cells.every(({ id }) => /^[\w-]{1,64}$/.test(id))).toBe(true);
    }
  });
});
