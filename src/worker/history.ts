import type { ArrayId, Region } from '#shared/contract.ts';
import { type CellData, writeCells } from './cells.ts';
import { Held } from './held.ts';
import { duplicateArray } from './copies.ts';
import { type Entry, nbytesOf, type Workspace } from './workspace.ts';

/** One reversible change: an entry replaced (or made, or taken away), or cells written in place. */
export type Change =
  | { kind: 'entry'; id: ArrayId; before: Entry | null; after: Entry | null }
  | { kind: 'cells'; id: ArrayId; region: Region; plane: number; before: CellData; after: CellData };

export interface Step {
  /** For the menu: "Edit iris[3, 2]". */
  label: string;
  changes: Change[];
  /** The NumPy code that does the same. */
  code: string[];
  /** Steps of one gesture that write the same cells one after the other are one. */
  gesture?: string;
}

/** Called when cells changed in place, so that the journal can note them without writing the whole array. */
export type CellsWritten = (entry: Entry, region: Region, plane: number, cells: CellData) => void;

const mostSteps = 500;

/**
 * Undo and redo of everything that changes the workspace. Steps keep the entries they replaced, not copies of them;
 * the oldest are dropped when what only they keep alive exceeds the budget.
 */
export class History {
  readonly #workspace: Workspace;
  readonly #budget: () => number;
  readonly #done: Step[] = [];
  readonly #undone: Step[] = [];
  onCells: CellsWritten | null = null;
  /** Called when there are other steps to take back or to repeat. */
  onchange: (() => void) | null = null;

  constructor(workspace: Workspace, budget: () => number) {
    this.#workspace = workspace;
    this.#budget = budget;
  }

  get undoLabel(): string | null {
    return this.#done.at(-1)?.label ?? null;
  }

  get redoLabel(): string | null {
    return this.#undone.at(-1)?.label ?? null;
  }

  /** The code of the step that would be undone next. */
  get code(): string[] {
    return this.#done.at(-1)?.code ?? [];
  }

  /** All steps, the one nearest to the present last in each list. */
  get steps(): { done: readonly Step[]; undone: readonly Step[] } {
    return { done: this.#done, undone: this.#undone };
  }

  /** Takes over the steps of an earlier process, which speak of the workspace as it is. */
  restore(done: readonly Step[], undone: readonly Step[]): void {
    this.#done.splice(0, this.#done.length, ...done);
    this.#undone.splice(0, this.#undone.length, ...undone);
    for (const { changes } of [...done, ...undone])
      for (const change of changes) if (change.kind === 'entry') this.#workspace.reserve([change.before, change.after]);
  }

  /** Makes a change and remembers how to take it back; what was undone before can no longer be redone. */
  async perform(step: Step): Promise<void> {
    await this.#load(step, 'after');
    this.#apply(step, 'after');
    const last = this.#done.at(-1);
    const whole = last === undefined ? null : joined(last, step);
    if (whole === null) this.#done.push(step);
    else this.#done[this.#done.length - 1] = whole;
    this.#undone.length = 0;
    this.#trim();
    this.onchange?.();
  }

  /** Takes the last step back; null when there is none. */
  async undo(): Promise<string | null> {
    const step = this.#done.at(-1);
    if (step === undefined) return null;
    await this.#load(step, 'before');
    if (this.#done.at(-1) !== step) return null;
    this.#apply(step, 'before');
    this.#done.pop();
    this.#undone.push(step);
    this.onchange?.();
    return step.label;
  }

  async redo(): Promise<string | null> {
    const step = this.#undone.at(-1);
    if (step === undefined) return null;
    await this.#load(step, 'after');
    if (this.#undone.at(-1) !== step) return null;
    this.#apply(step, 'after');
    this.#undone.pop();
    this.#done.push(step);
    this.onchange?.();
    return step.label;
  }

  /** Cells can only be written into memory: an array that is still on disk is read before anything is changed. */
  async #load(step: Step, side: 'before' | 'after'): Promise<void> {
    for (const change of step.changes) {
      if (change.kind !== 'cells') {
        // The journal may delete the file of an entry that goes; keep its bytes here as long as the step lives.
        const leaving = side === 'after' ? change.before : change.after;
        if (leaving !== null) await leaving.held.get().catch(() => undefined);
        continue;
      }
      await this.#workspace.get(change.id).held.get();
    }
  }

  #apply(step: Step, side: 'before' | 'after'): void {
    const changes = side === 'after' ? step.changes : [...step.changes].reverse();
    for (const change of changes) {
      if (change.kind === 'entry') {
        const target = change[side];
        const placed = this.#workspace.set(change.id, target);
        // Remember the version it got, so that later comparisons see the same entry.
        if (placed !== null) change[side] = placed;
        continue;
      }
      const entry = this.#workspace.get(change.id);
      const array = entry.held.array!;
      const held = entry.held.shared ? Held.of(duplicateArray(array)) : entry.held;
      writeCells(held.array!, change.region, change.plane, change[side]);
      const touched = this.#workspace.touch(entry, held);
      this.onCells?.(touched, change.region, change.plane, change[side]);
    }
  }

  #trim(): void {
    const counted = new Set<Held>(this.#workspace.all().map((entry) => entry.held));
    const budget = this.#budget();
    let bytes = 0;
    let keep = 0;
    for (let index = this.#done.length - 1; index >= 0 && keep < mostSteps; index--) {
      for (const change of this.#done[index].changes) {
        if (change.kind === 'cells') {
          bytes += change.before.byteLength + change.after.byteLength;
          continue;
        }
        for (const entry of [change.before, change.after]) {
          if (entry === null || counted.has(entry.held)) continue;
          counted.add(entry.held);
          bytes += nbytesOf(entry);
        }
      }
      // The newest step always stays: a person must be able to take back what they just did.
      if (bytes > budget && keep > 0) break;
      keep++;
    }
    this.#done.splice(0, this.#done.length - keep);
  }
}

/** Two steps as one: from before the first to after the second. Null when they do not belong together. */
function joined(first: Step, second: Step): Step | null {
  if (second.gesture === undefined || first.gesture !== second.gesture) return null;
  const [from, ...more] = first.changes;
  const [to, ...others] = second.changes;
  if (from?.kind !== 'cells' || to?.kind !== 'cells' || more.length + others.length > 0) return null;
  const place = ({ id, plane, region }: typeof from) =>
    [id, plane, region.row0, region.row1, region.col0, region.col1].join();
  if (place(from) !== place(to)) return null;
  return { ...second, changes: [{ ...to, before: from.before }] };
}
