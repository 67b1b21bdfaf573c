/** What the grid of one variable shows and what a person does in it. The component only draws this. */
import type { ArrayId, Region, Reply, Variable } from '#shared/contract.ts';
import { type AppError, fromErrorValue, toErrorValue } from '#shared/errors.ts';
import { cssOf, linearScale, positionOf, symmetricScale, tintMap, type ColourScale } from '../colour-map.ts';
import { compute } from '../compute-client.ts';
import { decimalsOf, formatFull, formatNumber, isInteger } from '../number-format.ts';
import { settings, type CellColours } from '../state/settings.svelte.ts';
import { CellBlocks, type CellValue } from './cell-blocks.ts';
import type { CellLook } from './grid-surface.ts';
import { planeOf, places, planes } from './places.ts';
import { clampCell, regionOf, selectCell, type Cell, type Extent, type Selection } from './selection.ts';

export type Range = Reply<'array.range'>;
export type Statistics = Reply<'array.statistics'>;

/** One line below the grid: what just happened or what went wrong, with what can be done about it. */
export interface Note {
  tone: 'info' | 'warn' | 'error';
  text: string;
  actions?: { label: string; run: () => void }[];
}

/** A cell whose value is being dragged. */
export interface HeldCell extends Cell {
  value: number;
  imag: number | undefined;
}

const noteStaysMs = 7000;

export class GridModel {
  variable = $state.raw<Variable>() as Variable;
  plane = $state(0);
  selection = $state.raw<Selection>(selectCell({ row: 0, column: 0 }));
  range = $state.raw<Range | null>(null);
  statistics = $state.raw<Statistics | null>(null);
  note = $state.raw<Note | null>(null);
  /** Error that keeps the cells themselves from being shown. */
  failure = $state.raw<AppError | null>(null);
  /** Share of a copy that is done, null when none runs. */
  copying = $state<{ fraction: number; cancel: () => void } | null>(null);
  /** Grows when cells arrived: the surface draws again. */
  arrivals = $state(0);

  blocks: CellBlocks;
  #colours: string[] = [];
  #statisticsTimer: ReturnType<typeof setTimeout> | undefined;
  #rangeTimer: ReturnType<typeof setTimeout> | undefined;
  #noteTimer: ReturnType<typeof setTimeout> | undefined;
  #rangeAsked = '';

  constructor(variable: Variable) {
    this.variable = variable;
    this.plane = planeOf(variable.id, variable.shape[2] ?? 1);
    this.blocks = this.#blocksOf(variable);
    const place = places.get(variable.id);
    if (place !== undefined) this.selection = { active: this.clamp(place.active), reach: this.clamp(place.reach) };
  }

  readonly extent: Extent = $derived.by(() => {
    const [rows = 1, columns = 1] = this.variable.shape;
    return { rows, columns };
  });
  readonly isEmpty: boolean = $derived(this.extent.rows === 0 || this.extent.columns === 0);
  readonly planes: number = $derived(this.variable.shape[2] ?? 1);
  readonly region: Region = $derived(regionOf(this.selection));

  /** The colours the cells have: chosen, or diverging from zero where there are negative values. */
  readonly colours: CellColours = $derived.by(() => {
    if (settings.cellColours !== 'auto') return settings.cellColours;
    return this.range === null || this.range.min < 0 ? 'diverging' : 'sequential';
  });

  readonly scale: ColourScale | null = $derived.by(() => {
    const mode = this.colours;
    const range = this.range;
    if (range === null || (mode !== 'diverging' && mode !== 'sequential')) return null;
    const map = tintMap(mode, settings.shownTheme);
    return mode === 'diverging' ? symmetricScale(map, range.absmax) : linearScale(map, range.min, range.max);
  });

  /** The plane argument of requests: only 3-d arrays have one. */
  get planeArg(): { plane?: number } {
    return this.variable.shape.length > 2 ? { plane: this.plane } : {};
  }

  get id(): ArrayId {
    return this.variable.id;
  }

  clamp(cell: Cell): Cell {
    return clampCell(cell, this.extent);
  }

  /** Takes a new state of the same variable: values, names or shape changed. */
  update(variable: Variable): void {
    const before = this.variable;
    if (before === variable) return;
    this.variable = variable;
    const reshaped = before.dtype !== variable.dtype || before.shape.join() !== variable.shape.join();
    if (reshaped) {
      this.blocks.close();
      this.blocks = this.#blocksOf(variable);
      this.#decimals = new Uint8Array(0);
      if (!this.isEmpty)
        this.select({ active: this.clamp(this.selection.active), reach: this.clamp(this.selection.reach) });
      this.arrivals++;
    } else if (before.version !== variable.version) {
      this.blocks.setVersion(variable.version);
    }
    if (reshaped || before.version !== variable.version) this.measure();
  }

  setPlane(plane: number): void {
    if (plane === this.plane) return;
    this.plane = plane;
    planes.set(this.id, plane);
    this.blocks.close();
    this.blocks = this.#blocksOf(this.variable);
    this.arrivals++;
    this.measure();
  }

  close(): void {
    this.blocks.close();
    clearTimeout(this.#statisticsTimer);
    clearTimeout(this.#rangeTimer);
    clearTimeout(this.#noteTimer);
  }

  #blocksOf(variable: Variable): CellBlocks {
    const [rows = 1, columns = 1] = variable.shape;
    const plane = variable.shape.length > 2 ? { plane: this.plane } : {};
    return new CellBlocks(
      { rows, columns },
      variable.version,
      ({ region }) => compute('array.cells', { id: variable.id, region, ...plane }),
      (region, { values, imag }) => {
        this.failure = null;
        this.#countDecimals(region, values, imag);
        this.#keepHeld();
        this.arrivals++;
      },
      (error) => {
        const shown = fromErrorValue(toErrorValue(error));
        if (shown.code !== 'cancelled' && shown.code !== 'worker-lost') this.failure = shown;
      },
    );
  }

  /** Decimals each column needs, of the cells seen so far: what `auto` shows, so that points stand below each other. */
  #decimals = new Uint8Array(0);

  #countDecimals(region: Region, values: Float64Array, imag: Float64Array | null): void {
    const { dtype } = this.variable;
    if (isInteger(dtype)) return;
    if (this.#decimals.length !== this.extent.columns) this.#decimals = new Uint8Array(this.extent.columns);
    const width = region.col1 - region.col0;
    for (let column = 0; column < width; column++) {
      let most = this.#decimals[region.col0 + column];
      for (let i = column; i < values.length && most < 4; i += width) {
        most = Math.max(most, decimalsOf(values[i], dtype), imag === null ? 0 : decimalsOf(imag[i], dtype));
      }
      this.#decimals[region.col0 + column] = most;
    }
  }

  // ---------------------------------------------------------------- selection

  select(selection: Selection): void {
    this.selection = selection;
    places.set(this.id, { ...places.get(this.id), ...selection });
    this.#measureSelection(120);
  }

  /** Limits for colours and widths, and the numbers about the selection: asked again after every change. */
  measure(): void {
    this.#measureSelection(0);
    void this.#measureRange(0);
  }

  async #measureRange(attempt: number): Promise<void> {
    if (this.isEmpty) {
      this.range = null;
      return;
    }
    const { id, version } = this.variable;
    const plane = this.planeArg;
    const asked = `${id} ${version} ${plane.plane ?? ''}`;
    this.#rangeAsked = asked;
    clearTimeout(this.#rangeTimer);
    try {
      const range = await compute('array.range', { id, ...plane });
      if (this.#rangeAsked !== asked) return;
      this.range = range;
      if (!range.exact && attempt < 20) {
        this.#rangeTimer = setTimeout(() => void this.#measureRange(attempt + 1), 300);
      }
    } catch {
      // Colours and widths do without limits; the cells themselves say what is wrong.
      if (this.#rangeAsked === asked) this.range = null;
    }
  }

  #measureSelection(delay: number): void {
    clearTimeout(this.#statisticsTimer);
    if (this.isEmpty) {
      this.statistics = null;
      return;
    }
    this.#statisticsTimer = setTimeout(async () => {
      const { id } = this.variable;
      const region = { ...this.region };
      try {
        const statistics = await compute('array.statistics', { id, region, ...this.planeArg });
        if (this.id === id && this.region.row0 === region.row0 && this.region.col0 === region.col0) {
          if (this.region.row1 === region.row1 && this.region.col1 === region.col1) this.statistics = statistics;
        }
      } catch {
        this.statistics = null;
      }
    }, delay);
  }

  // ---------------------------------------------------------------- words

  /** `iris[4, 3]`, as the person counts. */
  nameOf(cell: Cell): string {
    const base = settings.indexBase;
    const indices = [cell.row + base];
    if (this.variable.shape.length > 1) indices.push(cell.column + base);
    if (this.variable.shape.length > 2) indices.push(this.plane + base);
    return `${this.variable.name}[${indices.join(', ')}]`;
  }

  columnName(column: number): string {
    return this.variable.columns?.[column] ?? String(column + settings.indexBase);
  }

  /** The value of a cell with all its digits; null while it is not here. */
  fullText(cell: Cell): string | null {
    const found = this.blocks.cell(cell.row, cell.column);
    if (found === null) return null;
    return found.text ?? formatFull(found.value, this.variable.dtype, found.imag);
  }

  shownText(found: CellValue, column: number): string {
    if (found.text !== undefined && settings.numberFormat.kind !== 'scientific') return found.text;
    const decimals = this.#decimals[column];
    const context = {
      dtype: this.variable.dtype,
      absmax: this.range?.absmax ?? 0,
      ...(decimals === undefined ? {} : { decimals }),
    };
    return formatNumber(found.value, settings.numberFormat, context, found.imag);
  }

  /** How a cell looks now; for the surface. */
  look(row: number, column: number): CellLook {
    const found = this.blocks.cell(row, column);
    if (found === null) return { text: '', back: '', tone: 'waiting' };
    const text = this.shownText(found, column);
    const size = found.imag === undefined ? found.value : Math.hypot(found.value, found.imag);
    if (Number.isNaN(size)) return { text, back: '', tone: 'nan' };
    const pattern = this.colours === 'pattern';
    const isZero = size === 0;
    if (pattern) return { text, back: isZero ? '' : 'var(--pattern)', tone: isZero ? 'dim' : 'plain' };
    const { scale } = this;
    return { text, back: scale === null ? '' : this.#cssAt(size, scale), tone: 'plain' };
  }

  #coloursOf: ColourScale | null = null;
  #cssAt(value: number, scale: ColourScale): string {
    const { lut } = scale.map;
    if (this.#coloursOf?.map !== scale.map) this.#colours = [];
    this.#coloursOf = scale;
    const last = lut.length - 1;
    const position = Number.isFinite(value) ? positionOf(value, scale) : value > 0 ? 1 : 0;
    const index = Math.max(0, Math.min(last, Math.round(position * last)));
    return (this.#colours[index] ??= cssOf(lut[index]));
  }

  // ---------------------------------------------------------------- changes in their order

  #changes: Promise<unknown> = Promise.resolve();

  /** Runs a change after the ones before it: what is typed fast arrives in the order it was typed. */
  inOrder<T>(change: () => Promise<T>): Promise<T> {
    const next = this.#changes.then(change);
    this.#changes = next.catch(() => undefined);
    return next;
  }

  /** Shows a value in its cell at once. */
  showAtOnce(cell: Cell, value: number, imag: number | undefined): void {
    this.blocks.put(cell.row, cell.column, value, imag);
    this.arrivals++;
  }

  #held: HeldCell | null = null;

  /** Shows a value in its cell at once and keeps it there, whatever arrives, until another one is held or none. */
  hold(cell: HeldCell | null): void {
    this.#held = cell;
    this.#keepHeld();
    this.arrivals++;
  }

  #keepHeld(): void {
    if (this.#held !== null) this.blocks.put(this.#held.row, this.#held.column, this.#held.value, this.#held.imag);
  }

  // ---------------------------------------------------------------- notes

  say(note: Note): void {
    this.note = note;
    clearTimeout(this.#noteTimer);
    if (note.tone === 'info' && note.actions === undefined) {
      this.#noteTimer = setTimeout(() => (this.note = null), noteStaysMs);
    }
  }

  /** Shows whatever was thrown below the grid. */
  fail(thrown: unknown): void {
    const error = fromErrorValue(toErrorValue(thrown));
    if (error.code === 'cancelled') return;
    const sentences = [error.message, error.hint ?? ''].filter((part) => part !== '');
    this.say({ tone: 'error', text: sentences.map((part) => `${part.replace(/\.$/, '')}.`).join(' ') });
  }

  hush(): void {
    clearTimeout(this.#noteTimer);
    this.note = null;
  }
}
