/** One cell's number, changed by dragging: what follows from it follows while it moves, and Undo takes it back whole. */
import type { DType } from '#shared/dtype.ts';
import { compute } from '../compute-client.ts';
import { isInteger } from '../number-format.ts';
import { castValue } from './cell-cast.ts';
import type { GridModel } from './grid-model.svelte.ts';
import type { Cell } from './selection.ts';
import { moved, stepOf } from './value-steps.ts';

/** Pixels from one value to the next. */
const pixelsPerStep = 3;
const finer = 10;

function fits(value: number, dtype: DType): boolean {
  try {
    castValue({ re: value, im: 0 }, dtype);
    return true;
  } catch {
    return false;
  }
}

/** The values of one drag of one cell, written one after the other: while one is on its way only the newest waits. */
export class ValueDrag {
  readonly #model: GridModel;
  readonly #cell: Cell;
  readonly #start: number;
  readonly #imag: number | undefined;
  readonly #step: number;
  readonly #gesture = crypto.randomUUID();
  #wanted: number | null = null;
  #shown: number;
  #writing = false;

  private constructor(model: GridModel, cell: Cell, value: number, imag: number | undefined) {
    this.#model = model;
    this.#cell = cell;
    this.#start = this.#shown = value;
    this.#imag = imag;
    this.#step = stepOf(value, model.range?.absmax ?? 0, isInteger(model.variable.dtype));
  }

  /** Null where there is no number to move: while the cell is not here, where it is computed, of truth values and NaN. */
  static of(model: GridModel, cell: Cell): ValueDrag | null {
    const found = model.isEmpty ? null : model.blocks.cell(cell.row, cell.column);
    const { dtype, formula } = model.variable;
    if (found === null || formula !== undefined || dtype === 'bool') return null;
    // An integer past what a float64 holds has its digits as text.
    if (found.text !== undefined || !Number.isFinite(found.value)) return null;
    return new ValueDrag(model, cell, found.value, found.imag);
  }

  /** The pointer stands `pixels` to the right of where it began; `fine` takes a tenth of the steps. */
  move(pixels: number, fine: boolean): void {
    this.steps(Math.trunc(pixels / pixelsPerStep), fine);
  }

  steps(count: number, fine: boolean): void {
    const whole = isInteger(this.#model.variable.dtype);
    const step = fine ? (whole ? 1 : this.#step / finer) : this.#step;
    const value = moved(this.#start, count, step);
    if (value === (this.#wanted ?? this.#shown) || !fits(value, this.#model.variable.dtype)) return;
    this.#wanted = this.#shown = value;
    this.#model.hold({ ...this.#cell, value, imag: this.#imag });
    if (!this.#writing) void this.#write();
  }

  async #write(): Promise<void> {
    this.#writing = true;
    const { row, column } = this.#cell;
    try {
      for (let value = this.#wanted; value !== null; value = this.#wanted === value ? null : this.#wanted) {
        const written = value;
        await this.#model.inOrder(() =>
          compute('array.set_cells', {
            id: this.#model.id,
            region: { row0: row, row1: row + 1, col0: column, col1: column + 1 },
            values: Float64Array.of(written),
            ...(this.#imag === undefined ? {} : { imag: Float64Array.of(this.#imag) }),
            ...this.#model.planeArg,
            gesture: this.#gesture,
          }),
        );
      }
    } catch (error) {
      this.#wanted = null;
      this.#model.fail(error);
    } finally {
      this.#writing = false;
      this.#model.hold(null);
    }
  }
}

/** Presses of a key closer together than this, in milliseconds, are one step of Undo. */
const together = 1500;

/** The active cell's value moved by keys, step by step. */
export class ValueSteps {
  readonly #model: GridModel;
  #last: { drag: ValueDrag; place: string; steps: number; at: number } | null = null;

  constructor(model: GridModel) {
    this.#model = model;
  }

  /** One step up or down; false where there is no value to move. */
  take(by: 1 | -1, fine: boolean): boolean {
    const cell = this.#model.selection.active;
    const place = `${this.#model.nameOf(cell)} ${fine}`;
    const now = performance.now();
    if (this.#last === null || this.#last.place !== place || now - this.#last.at > together) {
      const drag = ValueDrag.of(this.#model, cell);
      if (drag === null) return false;
      this.#last = { drag, place, steps: 0, at: now };
    }
    this.#last.at = now;
    this.#last.steps += by;
    this.#last.drag.steps(this.#last.steps, fine);
    return true;
  }
}
