/** Changes to the cells of a grid, each one step of Undo. */
import type { Region } from '#shared/contract.ts';
import { AppError } from '#shared/errors.ts';
import { compute } from '../compute-client.ts';
import { formatCount, formatNumber, isComplex } from '../number-format.ts';
import { settings } from '../state/settings.svelte.ts';
import { castValue, type ComplexValue } from './cell-cast.ts';
import { cellsAsText, parsePasted, type Cells, type CopyFormat, type Pasted, type ReadText } from './clipboard-text.ts';
import type { GridModel } from './grid-model.svelte.ts';
import { cellsOf, columnsOf, regionOf, rowsOf, selectRegion } from './selection.ts';

/** Cells that travel to the clipboard or are written at once. */
export const mostCells = 2_000_000;
const chunkCells = 200_000;

async function write(model: GridModel, region: Region, values: Float64Array, imag: Float64Array | null): Promise<void> {
  await compute('array.set_cells', {
    id: model.id,
    region,
    values,
    ...(imag === null ? {} : { imag }),
    ...model.planeArg,
  });
}

const readText: ReadText = (text) => compute('workspace.parse', { text });

/** The same error without the place in the text: there is only one cell. */
function placeless(thrown: unknown): unknown {
  if (!(thrown instanceof AppError) || thrown.code !== 'parse') return thrown;
  const words = thrown.message.replace(/^Line \d+, column \d+: /, '');
  return new AppError('parse', words.charAt(0).toUpperCase() + words.slice(1), {
    hint: thrown.hint ?? 'Numbers can be written as 0.5, 1e-3, 2/3, pi or sqrt(2)',
  });
}

const plainNumber = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/;

/**
 * What a person typed as one number: 1e-3, 2/3, pi, sqrt(2), 1+2j.
 * @throws AppError 'parse'
 */
async function readNumber(text: string): Promise<ComplexValue> {
  if (plainNumber.test(text)) return { re: Number(text), im: 0 };
  if (/^\s*[-+]?\d+,\d+\s*$/.test(text)) {
    throw new AppError('parse', `${JSON.stringify(text.trim())} has a comma`, {
      hint: `Write decimals after a point: ${text.trim().replace(',', '.')}`,
    });
  }
  const { values, imag } = await readText(text).catch((thrown: unknown) => {
    throw placeless(thrown);
  });
  if (values.length !== 1) {
    throw new AppError('parse', `${JSON.stringify(text.trim())} is ${values.length} numbers; a cell holds one`);
  }
  return { re: values[0], im: imag?.[0] ?? 0 };
}

/**
 * Puts what was typed into every cell of a region, after the changes before it.
 * @throws AppError when it is no number or the dtype cannot hold it
 */
export function enterText(model: GridModel, region: Region, text: string): Promise<void> {
  const { dtype } = model.variable;
  return model.inOrder(async () => {
    const cast = castValue(await readNumber(text), dtype);
    const count = cellsOf(region);
    refuseMany(count, 'filled');
    if (count === 1) {
      const cell = { row: region.row0, column: region.col0 };
      model.showAtOnce(cell, cast.value.re, isComplex(dtype) ? cast.value.im : undefined);
    }
    const values = new Float64Array(count).fill(cast.value.re);
    const imag = isComplex(dtype) ? new Float64Array(count).fill(cast.value.im) : null;
    await write(model, region, values, imag);
    if (cast.note === null) model.hush();
    else model.say({ tone: 'info', text: cast.note });
  });
}

function refuseMany(count: number, done: string): void {
  if (count <= mostCells) return;
  throw new AppError(
    'memory',
    `${formatCount(count)} cells are selected; ${formatCount(mostCells)} can be ${done} at once`,
    {
      hint: 'Select fewer rows or columns',
    },
  );
}

export async function clearCells(model: GridModel): Promise<void> {
  const { region } = model;
  refuseMany(cellsOf(region), 'cleared');
  await write(model, region, new Float64Array(cellsOf(region)), null);
}

/** Repeats the first row (or column) of the selection through all of it. */
export async function fillFrom(model: GridModel, side: 'top' | 'left'): Promise<void> {
  const { region } = model;
  refuseMany(cellsOf(region), 'filled');
  const source = side === 'top' ? { ...region, row1: region.row0 + 1 } : { ...region, col1: region.col0 + 1 };
  const { values, imag } = await compute('array.cells', { id: model.id, region: source, ...model.planeArg });
  const rows = rowsOf(region);
  const columns = columnsOf(region);
  const spread = (from: Float64Array): Float64Array => {
    const all = new Float64Array(rows * columns);
    for (let i = 0; i < all.length; i++) {
      all[i] = from[side === 'top' ? i % columns : Math.floor(i / columns)];
    }
    return all;
  };
  await write(model, region, spread(values), imag === null ? null : spread(imag));
}

/** Reads the selection in pieces, so that a large copy shows how far it is and can be stopped. */
async function readSelection(model: GridModel): Promise<Cells> {
  const { region } = model;
  await model.inOrder(() => Promise.resolve());
  const { dtype, columns: names } = model.variable;
  const count = cellsOf(region);
  if (count > mostCells) {
    throw new AppError(
      'memory',
      `${formatCount(count)} cells are selected; the clipboard takes ${formatCount(mostCells)}`,
      { hint: 'Select fewer, or save the matrix as a file' },
    );
  }
  const columns = columnsOf(region);
  const rows = rowsOf(region);
  const step = Math.max(1, Math.floor(chunkCells / columns));
  const values = new Float64Array(count);
  let imag: Float64Array | null = null;
  let text: string[] | null = null;
  const abort = new AbortController();
  try {
    for (let row = 0; row < rows; row += step) {
      if (rows > step) model.copying = { fraction: row / rows, cancel: () => abort.abort() };
      const part = { ...region, row0: region.row0 + row, row1: Math.min(region.row1, region.row0 + row + step) };
      const reply = await compute(
        'array.cells',
        { id: model.id, region: part, ...model.planeArg },
        { signal: abort.signal },
      );
      values.set(reply.values, row * columns);
      if (reply.imag !== null) (imag ??= new Float64Array(count)).set(reply.imag, row * columns);
      if (reply.text !== null) text = [...(text ?? []), ...reply.text];
    }
  } finally {
    model.copying = null;
  }
  const chosen = names === null ? null : names.slice(region.col0, region.col1);
  return { rows, columns, values, imag, text, dtype, names: chosen };
}

/** The selection in the clipboard. */
export async function copyCells(model: GridModel, format: CopyFormat): Promise<void> {
  const cells = await readSelection(model);
  const context = { dtype: cells.dtype, absmax: model.range?.absmax ?? 0 };
  const text = cellsAsText(cells, format, (value, imag) => formatNumber(value, settings.numberFormat, context, imag));
  await navigator.clipboard.writeText(text);
  const what =
    cells.rows * cells.columns === 1 ? '1 cell' : `${formatCount(cells.rows)} × ${formatCount(cells.columns)} cells`;
  const as = {
    tsv: '',
    csv: ' as CSV',
    numpy: ' as NumPy',
    matlab: ' as MATLAB',
    latex: ' as LaTeX',
    markdown: ' as Markdown',
  };
  model.say({ tone: 'info', text: `Copied ${what}${as[format]}` });
}

/** Puts pasted text into the grid, from the top left of the selection; asks when it does not fit. */
export async function pasteText(model: GridModel, text: string): Promise<void> {
  const pasted = await parsePasted(text, readText, mostCells);
  const { region, extent } = model;
  if (pasted.rows === 1 && pasted.columns === 1 && cellsOf(region) > 1) {
    await enterPasted(model, region, spreadOne(pasted, cellsOf(region)));
    return;
  }
  const target: Region = {
    row0: region.row0,
    row1: region.row0 + pasted.rows,
    col0: region.col0,
    col1: region.col0 + pasted.columns,
  };
  const moreRows = Math.max(0, target.row1 - extent.rows);
  const moreColumns = Math.max(0, target.col1 - extent.columns);
  if (moreRows === 0 && moreColumns === 0) {
    await enterPasted(model, target, pasted);
    return;
  }
  const act = (run: () => Promise<void>) => () => {
    model.hush();
    run().catch((error: unknown) => model.fail(error));
  };
  const canGrow = model.variable.shape.length === 2 || (model.variable.shape.length === 1 && moreColumns === 0);
  model.say({
    tone: 'warn',
    text: `The clipboard holds ${formatCount(pasted.rows)} × ${formatCount(pasted.columns)} cells; from here ${[
      ...(moreRows > 0 ? [`${formatCount(moreRows)} ${moreRows === 1 ? 'row' : 'rows'}`] : []),
      ...(moreColumns > 0 ? [`${formatCount(moreColumns)} ${moreColumns === 1 ? 'column' : 'columns'}`] : []),
    ].join(' and ')} reach beyond the matrix.`,
    actions: [
      ...(canGrow
        ? [
            {
              label: 'Make the matrix larger',
              run: act(() => growAndEnter(model, target, pasted, moreRows, moreColumns)),
            },
          ]
        : []),
      {
        label: 'Paste what fits',
        run: act(() => {
          const kept = {
            ...target,
            row1: Math.min(target.row1, extent.rows),
            col1: Math.min(target.col1, extent.columns),
          };
          return enterPasted(model, kept, clipped(pasted, rowsOf(kept), columnsOf(kept)));
        }),
      },
      { label: 'Cancel', run: () => model.hush() },
    ],
  });
}

async function growAndEnter(
  model: GridModel,
  target: Region,
  pasted: Pasted,
  moreRows: number,
  moreColumns: number,
): Promise<void> {
  checkPasted(model, pasted);
  const { id } = model;
  const { rows, columns } = model.extent;
  if (moreRows > 0) await compute('array.insert', { id, axis: 0, index: rows, count: moreRows });
  if (moreColumns > 0) await compute('array.insert', { id, axis: 1, index: columns, count: moreColumns });
  await enterPasted(model, target, pasted);
}

function spreadOne(pasted: Pasted, count: number): Pasted {
  return {
    ...pasted,
    values: new Float64Array(count).fill(pasted.values[0]),
    imag: pasted.imag === null ? null : new Float64Array(count).fill(pasted.imag[0]),
  };
}

function clipped(pasted: Pasted, rows: number, columns: number): Pasted {
  const cut = (from: Float64Array): Float64Array => {
    const kept = new Float64Array(rows * columns);
    for (let r = 0; r < rows; r++)
      kept.set(from.subarray(r * pasted.columns, r * pasted.columns + columns), r * columns);
    return kept;
  };
  return { ...pasted, rows, columns, values: cut(pasted.values), imag: pasted.imag === null ? null : cut(pasted.imag) };
}

/** The values as they will be stored, or the reason of the first that cannot be. */
function checkPasted(model: GridModel, pasted: Pasted): { changed: number } {
  const { dtype } = model.variable;
  let changed = 0;
  for (let i = 0; i < pasted.values.length; i++) {
    const cast = castValue({ re: pasted.values[i], im: pasted.imag?.[i] ?? 0 }, dtype);
    if (cast.note !== null) changed++;
  }
  return { changed };
}

async function enterPasted(model: GridModel, region: Region, pasted: Pasted): Promise<void> {
  const { changed } = checkPasted(model, pasted);
  await write(model, region, pasted.values, isComplex(model.variable.dtype) ? pasted.imag : null);
  model.select(selectRegion(region));
  const notes = [
    ...(changed > 0
      ? [`${formatCount(changed)} ${changed === 1 ? 'value was' : 'values were'} cut to ${model.variable.dtype}`]
      : []),
    ...(pasted.empty > 0
      ? [`${formatCount(pasted.empty)} empty ${pasted.empty === 1 ? 'cell' : 'cells'} became nan`]
      : []),
    ...(pasted.names !== null ? ['the row of names was passed over'] : []),
  ];
  const what = `Pasted ${formatCount(rowsOf(region))} × ${formatCount(columnsOf(region))} cells`;
  model.say({ tone: changed > 0 ? 'warn' : 'info', text: notes.length === 0 ? what : `${what}: ${notes.join('; ')}` });
}

/** Inserts rows or columns beside the selection, as many as it spans. */
export async function insertLines(model: GridModel, axis: 0 | 1, where: 'before' | 'after'): Promise<void> {
  const { region, isEmpty } = model;
  const [start, stop] = axis === 0 ? [region.row0, region.row1] : [region.col0, region.col1];
  const whole = axis === 0 ? columnsOf(region) === model.extent.columns : rowsOf(region) === model.extent.rows;
  const count = isEmpty || !whole ? 1 : stop - start;
  const index = isEmpty ? 0 : where === 'before' ? start : stop;
  await compute('array.insert', { id: model.id, axis, index, count });
}

/** Deletes the rows or columns the selection touches. */
export async function deleteLines(model: GridModel, axis: 0 | 1): Promise<void> {
  const region = regionOf(model.selection);
  const [index, count] = axis === 0 ? [region.row0, rowsOf(region)] : [region.col0, columnsOf(region)];
  await compute('array.delete', { id: model.id, axis, index, count });
}
