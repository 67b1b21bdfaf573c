import { NDArray } from '#engine/ndarray.ts';
import type { Desk } from './desk.ts';
import { Held } from './held.ts';
import type { Change } from './history.ts';
import type { NameChanges, SharedVariable } from './python/names.ts';
import type { Entry } from './workspace.ts';

/** Lines of a cell that the panel of code shows. */
const mostLines = 200;

/** The workspace as Python shares it: what it is told before a cell, and what a cell made of it. */
export class PythonWorkspace {
  readonly #desk: Desk;
  /** Names each memory; see `SharedVariable`. */
  #tokens = new WeakMap<Held, string>();
  /** The version that what Python offered got when it was taken. */
  readonly #taken = new WeakMap<Held, number>();
  #nextToken = 1;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Reads what is still only on disk after a restart; what is damaged stays away. */
  async load(): Promise<void> {
    for (const entry of this.#desk.workspace.named()) {
      if (entry.held.array === null) await entry.held.get().catch(() => undefined);
    }
  }

  variables(): SharedVariable[] {
    return this.#desk.workspace.named().flatMap(({ id, name, version, held }) => {
      if (held.array === null) return [];
      const array = held.array.descriptor();
      const edited = (this.#taken.get(held) ?? version) !== version;
      return [{ id, name, version, token: this.#token(held), array, edited, shared: held.shared }];
    });
  }

  /** Python forgot what it had: its offers mean nothing any more. */
  forget(): void {
    this.#tokens = new WeakMap();
  }

  #token(held: Held): string {
    let token = this.#tokens.get(held);
    if (token === undefined) {
      token = `h${this.#nextToken++}`;
      this.#tokens.set(held, token);
    }
    return token;
  }

  /** Makes a cell's changes one step of Undo. */
  take(changes: NameChanges, label: string, code: string) {
    const { workspace } = this.#desk;
    return this.#desk.change(async () => {
      const names = { created: [] as string[], changed: [] as string[], deleted: [] as string[] };
      const steps: Change[] = [];
      for (const id of changes.deleted) {
        const entry = workspace.find(id);
        if (entry === undefined) continue;
        steps.push({ kind: 'entry', id, before: entry, after: null });
        names.deleted.push(entry.name);
      }
      for (const { id, before } of changes.written) {
        const entry = workspace.find(id);
        if (entry?.held.array === undefined || entry.held.array === null) continue;
        const held = Held.of(entry.held.array);
        this.#tokens.set(held, this.#token(entry.held));
        const after: Entry = { ...entry, held, version: entry.version + 1, formula: null };
        names.changed.push(entry.name);
        if (before === null) {
          // Too large to have been kept: the change is seen everywhere, but cannot be taken back.
          workspace.set(id, after);
          continue;
        }
        steps.push({ kind: 'entry', id, before: { ...entry, held: Held.of(NDArray.from(before)) }, after });
      }
      for (const { name, offer, array: given } of changes.assigned) {
        const array = NDArray.from(given);
        const known = workspace.byName(name);
        let after: Entry;
        if (known === undefined) {
          if (workspace.checkedName(name) === null) continue;
          after = workspace.make({ name, array, origin: label.toLowerCase() });
          names.created.push(name);
        } else {
          const columns = sameColumns(known, array) ? known.columns : null;
          const kind = known.kind === 'image' && isPicture(array) ? 'image' : 'matrix';
          after = { ...workspace.revise(known, array, { columns }), kind, formula: null, version: known.version + 1 };
          names.changed.push(name);
        }
        this.#tokens.set(after.held, `o${offer}`);
        steps.push({ kind: 'entry', id: after.id, before: known ?? null, after });
      }
      if (steps.length > 0) {
        const lines = code.split('\n');
        const shown = lines.length > mostLines ? [...lines.slice(0, mostLines), '# …'] : lines;
        await this.#desk.perform({ label, changes: steps, code: shown });
        for (const { id, kind } of steps) {
          const placed = kind === 'entry' ? workspace.find(id) : undefined;
          if (placed !== undefined) this.#taken.set(placed.held, placed.version);
        }
      }
      return names;
    });
  }
}

function sameColumns(entry: Entry, array: NDArray): boolean {
  return entry.columns !== null && array.ndim === 2 && array.shape[1] === entry.columns.length;
}

function isPicture(array: NDArray): boolean {
  return array.dtype === 'uint8' && (array.ndim === 2 || (array.ndim === 3 && array.shape[2] === 3));
}
