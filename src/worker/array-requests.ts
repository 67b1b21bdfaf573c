import { checkedSize } from '#engine/kernels/matrix-view.ts';
import { imag, real } from '#engine/elementwise.ts';
import { NDArray } from '#engine/ndarray.ts';
import { pictureView } from '#engine/kernels/picture.ts';
import { cells, range, statistics } from '#engine/kernels/statistics.ts';
import { tile } from '#engine/kernels/tile.ts';
import type { Region } from '#shared/contract.ts';
import { AppError } from '#shared/errors.ts';
import { castCells, checkRegion, extent, readCells } from './cells.ts';
import { assignment, indexed, numpy, quoted } from './code.ts';
import { emptyArray } from './copies.ts';
import type { Desk } from './desk.ts';
import { requireFree } from './memory.ts';
import type { Group } from './serve.ts';
import { asVariable, type Entry, nbytesOf } from './workspace.ts';
import { copyInto } from '#engine/kernels/copy.ts';

/** Above this many cells a first range comes from a sample, and the exact one when it is asked for again. */
const exactCells = 4_000_000;
/** The same for tiles, whose cells are looked at by more than one thread. */
const exactTileCells = 12_000_000;
/** One answer of `array.cells`: more than any screen shows. */
const mostCells = 4_000_000;

type Names =
  | 'array.cells'
  | 'array.set_cells'
  | 'array.insert'
  | 'array.delete'
  | 'array.rename_column'
  | 'array.statistics'
  | 'array.range'
  | 'array.tile'
  | 'array.thumbnail'
  | 'image.view';

/** What a grid, a heat map and a list ask of one array: all answered by the desk. */
export function arrayRequests(desk: Desk): Group<Names> {
  /** Tiles that were answered from a sample: asked again, they are answered exactly. */
  const sampled = new Map<string, number>();
  const ranges = new Map<string, Awaited<ReturnType<typeof range>>>();

  const whole = (entry: Entry): Region => {
    const { rows, cols } = extent(entry.shape);
    return { row0: 0, row1: rows, col0: 0, col1: cols };
  };

  return {
    async 'array.cells'({ id, region: asked, plane: askedPlane }) {
      const entry = desk.workspace.get(id);
      const { region, plane } = checkRegion(entry.shape, asked, askedPlane);
      const total = (region.row1 - region.row0) * (region.col1 - region.col0);
      if (total > mostCells) {
        throw new AppError('value', `${total} cells were asked for at once; ${mostCells} is the most`, {
          argument: 'region',
        });
      }
      const array = await entry.held.get();
      const { values, imag } = cells(array, region, { plane });
      const big = entry.dtype === 'int64' || entry.dtype === 'uint64';
      const inexact = big && values.some((value) => Math.abs(value) > Number.MAX_SAFE_INTEGER);
      const text = inexact ? Array.from(readCells(array, region, plane) as BigInt64Array, String) : null;
      return { version: entry.version, values, imag, text };
    },

    'array.set_cells': ({ id, region: asked, plane: askedPlane, values, imag, gesture }) =>
      desk.change(async () => {
        const entry = desk.workspace.editable(id);
        const { region, plane } = checkRegion(entry.shape, asked, askedPlane);
        const width = region.col1 - region.col0;
        if (!(values instanceof Float64Array) || values.length !== width * (region.row1 - region.row0)) {
          throw new AppError(
            'shape',
            `could not broadcast input array from shape (${values?.length ?? 0},) into shape (${region.row1 - region.row0}, ${width})`,
            { argument: 'values' },
          );
        }
        const after = castCells(entry.dtype, values, imag);
        if (after.length === 0) return { version: entry.version };
        if (entry.held.shared) {
          requireFree(
            nbytesOf(entry),
            `Editing ${entry.name}`,
            'It is in use by a job or a copy, so it must be copied first.',
          );
        }
        const before = readCells(await entry.held.get(), region, plane);
        await desk.perform({
          label: `Edit ${indexed(entry.name, entry.shape, region, plane)}`,
          changes: [{ kind: 'cells', id, region, plane, before, after }],
          code: codeOf(indexed(entry.name, entry.shape, region, plane), values, imag, width),
          ...(typeof gesture === 'string' ? { gesture } : {}),
        });
        return { version: desk.workspace.get(id).version };
      }),

    'array.insert': ({ id, axis, index, count }) =>
      desk.change(async () => {
        const entry = desk.workspace.editable(id);
        const { lines, noun } = checkLines(entry, axis, index, count, 'insert');
        const shape = [...entry.shape];
        shape[axis] = lines + count;
        requireFree(
          nbytesOf({ ...entry, shape }),
          `${entry.name} with ${count} more ${noun}s`,
          'Delete what you no longer need first.',
        );
        const array = await entry.held.get();
        const grown = emptyArray(shape, entry.dtype);
        await copyLines(array, grown, axis, 0, 0, index);
        await copyLines(array, grown, axis, index, index + count, lines - index);
        const columns = insertedColumns(entry, axis, index, count);
        const after = { ...desk.workspace.revise(entry, grown), columns };
        const at = count === 1 ? String(index) : `[${index}] * ${count}`;
        await desk.perform({
          label: `Insert ${counted(count, noun)} into ${entry.name}`,
          changes: [{ kind: 'entry', id, before: entry, after: { ...after, version: entry.version + 1 } }],
          code: numpy(`${entry.name} = np.insert(${entry.name}, ${at}, 0, axis=${axis})`),
        });
        return asVariable(desk.workspace.get(id));
      }),

    'array.delete': ({ id, axis, index, count }) =>
      desk.change(async () => {
        const entry = desk.workspace.editable(id);
        const { lines, noun } = checkLines(entry, axis, index, count, 'delete');
        if (count >= lines) {
          throw new AppError('value', `A matrix keeps at least one ${noun}`, {
            argument: 'count',
            hint: `Delete ${entry.name} itself instead.`,
          });
        }
        const shape = [...entry.shape];
        shape[axis] = lines - count;
        requireFree(
          nbytesOf({ ...entry, shape }),
          `${entry.name} without these ${noun}s`,
          'Delete what you no longer need first.',
        );
        const array = await entry.held.get();
        const smaller = emptyArray(shape, entry.dtype);
        await copyLines(array, smaller, axis, 0, 0, index);
        await copyLines(array, smaller, axis, index + count, index, lines - index - count);
        const columns = axis === 1 && entry.columns !== null ? entry.columns.toSpliced(index, count) : entry.columns;
        const after = { ...desk.workspace.revise(entry, smaller), columns, version: entry.version + 1 };
        const at = count === 1 ? String(index) : `slice(${index}, ${index + count})`;
        await desk.perform({
          label: `Delete ${counted(count, noun)} of ${entry.name}`,
          changes: [{ kind: 'entry', id, before: entry, after }],
          code: numpy(`${entry.name} = np.delete(${entry.name}, ${at}, axis=${axis})`),
        });
        return asVariable(desk.workspace.get(id));
      }),

    'array.rename_column': ({ id, column, name }) =>
      desk.change(async () => {
        const entry = desk.workspace.shown(id);
        const { cols } = extent(entry.shape);
        if (!Number.isInteger(column) || column < 0 || column >= cols) {
          throw new AppError('index', `index ${column} is out of bounds for axis 1 with size ${cols}`, {
            argument: 'column',
          });
        }
        const trimmed = String(name ?? '').trim();
        if (trimmed === '') throw new AppError('value', 'A column needs a name', { argument: 'name' });
        if (trimmed.length > 200)
          throw new AppError('value', 'A column name has at most 200 characters', { argument: 'name' });
        const columns =
          entry.columns === null ? Array.from({ length: cols }, (_, at) => `column ${at}`) : [...entry.columns];
        if (columns[column] === trimmed) return asVariable(entry);
        columns[column] = trimmed;
        await desk.perform({
          label: `Rename column ${column} of ${entry.name}`,
          changes: [{ kind: 'entry', id, before: entry, after: { ...entry, columns } }],
          code: [`columns = [${columns.map(quoted).join(', ')}]`],
        });
        return asVariable(desk.workspace.get(id));
      }),

    async 'array.statistics'({ id, region: asked, plane: askedPlane }) {
      const entry = desk.workspace.get(id);
      const { region, plane } = checkRegion(entry.shape, asked, askedPlane);
      return statistics(await entry.held.get(), region, { plane });
    },

    async 'array.range'({ id, plane: askedPlane }) {
      const entry = desk.workspace.get(id);
      const { region, plane } = checkRegion(entry.shape, whole(entry), askedPlane);
      const key = `${id} ${entry.version} ${plane}`;
      const large = (region.row1 - region.row0) * (region.col1 - region.col0) > exactCells;
      const known = ranges.get(key);
      // A large array answers from a sample first; asked again, it answers exactly.
      const sample = large && known === undefined;
      const answer = known?.exact === true ? known : await range(await entry.held.get(), { plane, sample });
      remember(ranges, key, answer);
      return { version: entry.version, ...answer };
    },

    async 'array.tile'({ id, region: asked, width, height, reduce, plane: askedPlane, part }, call) {
      const entry = desk.workspace.get(id);
      const { region, plane } = checkRegion(entry.shape, asked, askedPlane);
      const key = `${id} ${plane} ${region.row0} ${region.row1} ${region.col0} ${region.col1} ${width} ${height} ${reduce} ${part ?? ''}`;
      const large = (region.row1 - region.row0) * (region.col1 - region.col0) > exactTileCells;
      const sample = large && sampled.get(key) !== entry.version;
      const array = await entry.held.get();
      const answer = await tile(
        part === 'real' ? real(array) : part === 'imaginary' ? imag(array) : array,
        region,
        width,
        height,
        reduce === 'absmax' ? 'absmax' : 'mean',
        { plane, sample, into: new Float32Array(call.pixels(checkedSize(width, height) * 4).buffer) },
      );
      if (!answer.exact) remember(sampled, key, entry.version);
      return { version: entry.version, ...answer };
    },

    async 'array.thumbnail'({ id, width, height }) {
      const entry = desk.workspace.get(id);
      const region = whole(entry);
      const array = await entry.held.get();
      const { version } = entry;
      if (array.size === 0)
        return { version, width, height, values: new Float32Array(width * height).fill(NaN), limit: 0, rgba: null };
      if (entry.kind === 'image') {
        return {
          version,
          width,
          height,
          values: null,
          limit: 255,
          rgba: await pictureView(array, region, width, height),
        };
      }
      // Lists show dozens of these: a sample is as good as all cells at this size.
      const { values } = await tile(array, region, width, height, 'mean', { sample: true });
      let limit = 0;
      for (const value of values) if (Math.abs(value) > limit && Number.isFinite(value)) limit = Math.abs(value);
      return { version, width, height, values, limit, rgba: null };
    },

    async 'image.view'({ id, region: asked, width, height }, call) {
      const entry = desk.workspace.get(id);
      const { region } = checkRegion(entry.shape, asked, 0);
      const array = await entry.held.get();
      const rgba = await pictureView(array, region, width, height, call.pixels(checkedSize(width, height) * 4));
      return { version: entry.version, width, height, rgba };
    },
  };
}

function codeOf(target: string, values: Float64Array, imag: Float64Array | undefined, width: number): string[] {
  const line = assignment(target, values, imag, width);
  return line.includes('np.') ? numpy(line) : [line];
}

function counted(count: number, noun: string): string {
  return count === 1 ? `a ${noun}` : `${count} ${noun}s`;
}

function checkLines(entry: Entry, axis: unknown, index: unknown, count: unknown, doing: 'insert' | 'delete') {
  const ndim = entry.shape.length;
  if (!(axis === 0 || axis === 1) || axis >= ndim) {
    throw new AppError('index', `axis ${String(axis)} is out of bounds for array of dimension ${ndim}`, {
      argument: 'axis',
    });
  }
  const lines = entry.shape[axis];
  const last = doing === 'insert' ? lines : lines - 1;
  if (!Number.isInteger(index) || (index as number) < 0 || (index as number) > last) {
    throw new AppError('index', `index ${String(index)} is out of bounds for axis ${axis} with size ${lines}`, {
      argument: 'index',
    });
  }
  const most = doing === 'insert' ? 10_000_000 : lines - (index as number);
  if (!Number.isInteger(count) || (count as number) < 1 || (count as number) > most) {
    throw new AppError('value', `Expected a count from 1 to ${most} but received ${String(count)}`, {
      argument: 'count',
    });
  }
  return { lines, noun: axis === 0 ? 'row' : 'column' };
}

/** Bytes copied before the desk looks whether somebody waits for an answer. */
const copiedAtOnce = 4 << 20;

/** Copies `count` rows or columns from one array to another of the same extent otherwise, a few rows at a time. */
async function copyLines(
  from: NDArray,
  to: NDArray,
  axis: 0 | 1,
  start: number,
  target: number,
  count: number,
): Promise<void> {
  if (count === 0 || from.size === 0) return;
  const source = lines(from, axis, start, count);
  const place = lines(to, axis, target, count);
  const [rows] = source.shape;
  const step = Math.max(1, Math.floor(copiedAtOnce / (source.nbytes / rows)));
  for (let row = 0; row < rows; row += step) {
    const height = Math.min(step, rows - row);
    copyInto(lines(source, 0, row, height), lines(place, 0, row, height));
    if (row + height < rows) await new Promise((next) => setImmediate(next));
  }
}

function lines(array: NDArray, axis: 0 | 1, start: number, count: number): NDArray {
  const descriptor = array.descriptor();
  descriptor.shape[axis] = count;
  descriptor.offset += start * descriptor.strides[axis];
  return NDArray.from(descriptor);
}

function insertedColumns(entry: Entry, axis: 0 | 1, index: number, count: number): readonly string[] | null {
  if (axis === 0 || entry.columns === null) return entry.columns;
  const taken = new Set(entry.columns);
  const added: string[] = [];
  for (let number = 1; added.length < count; number++) {
    const name = `new ${number}`;
    if (!taken.has(name)) added.push(name);
  }
  return entry.columns.toSpliced(index, 0, ...added);
}

function remember<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > 400) map.delete(map.keys().next().value!);
}
