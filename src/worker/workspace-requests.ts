import { astype } from '#engine/cast.ts';
import { cells } from '#engine/kernels/statistics.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { parseMatrix } from '#engine/text/parse-matrix.ts';
import { type DType, dtypes, itemsize } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { extent } from './cells.ts';
import { literal, numpy } from './code.ts';
import { cOrdered } from './copies.ts';
import type { Desk } from './desk.ts';
import type { Change } from './history.ts';
import { count, requireFree } from './memory.ts';
import type { Group } from './serve.ts';
import { asVariable, type Entry } from './workspace.ts';

type Names =
  | 'workspace.state'
  | 'workspace.create'
  | 'workspace.parse'
  | 'workspace.generate'
  | 'workspace.rename'
  | 'workspace.duplicate'
  | 'workspace.delete'
  | 'workspace.clear'
  | 'workspace.keep'
  | 'workspace.undo'
  | 'workspace.redo';

const generated = ['zeros', 'ones', 'eye', 'random', 'randn', 'hilbert'] as const;

/** The list of variables and its undo. */
export function workspaceRequests(desk: Desk): Group<Names> {
  const { workspace } = desk;
  return {
    'workspace.state': () => desk.state(),

    'workspace.create': ({ text, name, dtype }) =>
      desk.change(async () => {
        const array = readTyped(text, dtype);
        const chosen =
          name === undefined || name === ''
            ? workspace.freeName(firstFree(workspace.named()))
            : workspace.checkName(name);
        const entry = workspace.make({ name: chosen, array: cOrdered(array), origin: 'typed' });
        await desk.perform({
          label: `New ${chosen}`,
          changes: [{ kind: 'entry', id: entry.id, before: null, after: entry }],
          code: numpy(
            `${chosen} = ${literal(array) ?? `np.load("${chosen}.npy")  # ${array.shape.join(' × ')} pasted numbers`}`,
          ),
        });
        return asVariable(workspace.get(entry.id));
      }),

    'workspace.parse'({ text, dtype }) {
      const array = readTyped(text, dtype);
      const { rows, cols } = extent(array.shape);
      const { values, imag } = cells(array, { row0: 0, row1: rows, col0: 0, col1: cols }, { plane: 0 });
      return { shape: [...array.shape], dtype: array.dtype, values, imag };
    },

    async 'workspace.generate'({ what, shape, seed, name }, call) {
      if (!generated.includes(what))
        throw new AppError('value', `There is nothing called ${String(what)} to generate`, { argument: 'what' });
      const [rows, cols] = checkShape(shape);
      if (seed !== undefined && !(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)) {
        throw new AppError('value', 'Seed must be between 0 and 2**32 - 1', { argument: 'seed' });
      }
      const bytes = rows * cols * itemsize.float64;
      requireFree(bytes, `A ${count(rows)} × ${count(cols)} matrix of float64`, 'Choose a smaller shape.');
      const chosen =
        name === undefined || name === ''
          ? workspace.freeName(firstFree(workspace.named()))
          : workspace.checkName(name);
      const { array } = await desk.jobs.run(
        {
          task: 'generate',
          input: { what, rows, cols, seed: seed ?? 42 },
          title: `${what} ${count(rows)} × ${count(cols)}`,
          lane: 'side',
          estimate: bytes / 4e5,
        },
        call,
      );
      return desk.addVariable({ name: chosen, array, origin: `${what}(${rows}, ${cols})` }, (given) =>
        numpy(...generateCode(given, what, rows, cols, seed ?? 42)),
      );
    },

    'workspace.rename': ({ id, name }) =>
      desk.change(async () => {
        const entry = workspace.shown(id);
        const chosen = workspace.checkName(name, id);
        if (chosen === entry.name) return asVariable(entry);
        await desk.perform({
          label: `Rename ${entry.name} to ${chosen}`,
          changes: [
            { kind: 'entry', id, before: entry, after: { ...entry, name: chosen } },
            ...desk.formulas.renamed(entry.name, chosen),
          ],
          code: [`${chosen} = ${entry.name}`, `del ${entry.name}`],
        });
        return asVariable(workspace.get(id));
      }),

    'workspace.duplicate': ({ id }) =>
      desk.change(async () => {
        const entry = workspace.get(id);
        // Both share their bytes until one of them is edited.
        await entry.held.get();
        entry.held.share();
        const name = workspace.freeName(`${entry.name}_copy`);
        const made = workspace.make({
          name,
          array: entry.held.array!,
          origin: `copy of ${entry.name}`,
          kind: entry.kind,
          columns: entry.columns,
        });
        const copy: Entry = { ...made, held: entry.held };
        await desk.perform({
          label: `Duplicate ${entry.name}`,
          changes: [{ kind: 'entry', id: copy.id, before: null, after: copy }],
          code: [`${name} = ${entry.name}.copy()`],
        });
        return asVariable(workspace.get(copy.id));
      }),

    'workspace.delete': ({ id }) =>
      desk.change(async () => {
        const entry = workspace.shown(id);
        await desk.perform({
          label: `Delete ${entry.name}`,
          changes: [{ kind: 'entry', id, before: entry, after: null }],
          code: [`del ${entry.name}`],
        });
        return null;
      }),

    'workspace.clear': () =>
      desk.change(async () => {
        const entries = workspace.named();
        if (entries.length === 0) return null;
        const changes: Change[] = entries.map((entry) => ({ kind: 'entry', id: entry.id, before: entry, after: null }));
        await desk.perform({
          label: 'Clear the workspace',
          changes,
          code: [`del ${entries.map(({ name }) => name).join(', ')}`],
        });
        return null;
      }),

    'workspace.keep': ({ items, origin }) =>
      desk.change(async () => {
        if (!Array.isArray(items) || items.length === 0)
          throw new AppError('value', 'Nothing was chosen to keep', { argument: 'items' });
        const taken = new Set<string>();
        const changes: Change[] = [];
        const lines: string[] = [];
        for (const { id, name } of items) {
          const hidden = workspace.get(id);
          await hidden.held.get();
          // The factor goes on showing these bytes: editing the variable copies them first.
          hidden.held.share();
          const chosen = workspace.freeName(String(name), null, taken);
          taken.add(chosen);
          const made = workspace.make({
            name: chosen,
            array: hidden.held.array!,
            origin: String(origin),
            kind: hidden.kind,
            columns: hidden.columns,
          });
          changes.push({ kind: 'entry', id: made.id, before: null, after: { ...made, held: hidden.held } });
          if (chosen !== name) lines.push(`${chosen} = ${String(name)}`);
        }
        const code =
          desk.factors.codeFor(
            items.map(({ id }) => id),
            [...taken],
          ) ?? lines;
        await desk.perform({ label: `Keep ${[...taken].join(', ')}`, changes, code });
        return changes.map(({ id }) => asVariable(workspace.get(id)));
      }),

    'workspace.undo': async () => ({ label: await desk.step('undo') }),
    'workspace.redo': async () => ({ label: await desk.step('redo') }),
  };
}

/** A, B, C … as in a textbook, for matrices nobody named. */
function firstFree(entries: readonly Entry[]): string {
  const taken = new Set(entries.map(({ name }) => name));
  return [...'ABCDEFGHKLMNPQRSTXYZ'].find((letter) => !taken.has(letter)) ?? 'A1';
}

/**
 * Typed text as the array it becomes. Whole numbers become float64 unless asked otherwise: the next edit may not be whole.
 * @throws AppError 'parse', 'shape', 'dtype'
 */
function readTyped(text: unknown, dtype: DType | undefined): NDArray {
  if (typeof text !== 'string') throw new AppError('value', 'Expected text', { argument: 'text' });
  if (dtype !== undefined) checkDtype(dtype);
  const array = parseMatrix(text, dtype);
  if (array.ndim > 2) {
    throw new AppError('shape', `A matrix has two dimensions; this text has ${array.ndim}`, { argument: 'text' });
  }
  if (array.size === 0) throw new AppError('shape', 'There is no number in this text', { argument: 'text' });
  return dtype === undefined && !['float64', 'complex128'].includes(array.dtype) ? astype(array, 'float64') : array;
}

function checkDtype(dtype: unknown): DType {
  const known = dtypes.find((name) => name === dtype);
  if (known === undefined)
    throw new AppError('dtype', `data type '${String(dtype)}' not understood`, { argument: 'dtype' });
  return known;
}

function checkShape(shape: unknown): [number, number] {
  const [rows, cols] = Array.isArray(shape) ? (shape as unknown[]) : [];
  for (const n of [rows, cols]) {
    if (!Number.isInteger(n) || (n as number) < 1 || (n as number) > 2 ** 31) {
      throw new AppError(
        'shape',
        `Expected whole numbers from 1 for the shape but received (${String(rows)}, ${String(cols)})`,
        { argument: 'shape' },
      );
    }
  }
  return [rows as number, cols as number];
}

function generateCode(
  name: string,
  what: (typeof generated)[number],
  rows: number,
  cols: number,
  seed: number,
): string[] {
  switch (what) {
    case 'zeros':
    case 'ones':
      return [`${name} = np.${what}((${rows}, ${cols}))`];
    case 'eye':
      return [`${name} = np.eye(${rows}, ${cols})`];
    case 'random':
      return [`np.random.seed(${seed})`, `${name} = np.random.rand(${rows}, ${cols})`];
    case 'randn':
      return [`np.random.seed(${seed})`, `${name} = np.random.randn(${rows}, ${cols})`];
    case 'hilbert':
      return [`${name} = 1 / (np.arange(${rows})[:, None] + np.arange(${cols}) + 1)`];
  }
}
