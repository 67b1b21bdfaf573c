import { AppError, type ErrorValue } from '#shared/errors.ts';
import type { ArrayId, Variable } from '#shared/contract.ts';
import type { DType } from '#shared/dtype.ts';
import { itemsize } from '#shared/dtype.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { Held } from './held.ts';

/** One array of the workspace. Entries are never changed: a change puts a new one in its place. */
export interface Entry {
  readonly id: ArrayId;
  readonly name: string;
  /** A result nobody kept yet: known by its id, not shown. */
  readonly hidden: boolean;
  readonly kind: Variable['kind'];
  readonly origin: string;
  readonly columns: readonly string[] | null;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly version: number;
  /** Set when it is an expression over other variables. */
  readonly formula: FormulaState | null;
  /** Place in the list: entries are shown in ascending order. */
  readonly order: number;
  readonly held: Held;
}

/** What a variable is computed from, as it is kept. */
export interface FormulaState {
  readonly code: string;
  readonly inputs: readonly string[];
  readonly error: ErrorValue | null;
  readonly pending: boolean;
}

/** What a new entry needs to be told; the rest the workspace gives. */
export interface NewEntry {
  name: string;
  array: NDArray;
  origin: string;
  kind?: Variable['kind'];
  columns?: readonly string[] | null;
  hidden?: boolean;
}

/**
 * The arrays of a session, by id. It keeps identity, order and versions; what a change means for Undo and
 * for the disk is told to whoever listens.
 */
export class Workspace {
  readonly #entries = new Map<ArrayId, Entry>();
  /** Versions only grow, also across delete and Undo, so that (id, version) names one content. */
  readonly #versions = new Map<ArrayId, number>();
  #nextId = 1;
  #nextOrder = 1;
  /** Called after every change of an entry, with what it was and what it is. */
  onchange: ((before: Entry | null, after: Entry | null) => void) | null = null;

  get(id: unknown): Entry {
    const entry = typeof id === 'string' ? this.#entries.get(id) : undefined;
    if (entry === undefined) {
      throw new AppError('value', 'This array is no longer in the workspace', {
        argument: 'id',
        hint: 'It was deleted, or belongs to an earlier session; Undo may bring it back.',
      });
    }
    return entry;
  }

  /** An entry a person may change: not a result that a factorisation still shows. */
  shown(id: unknown): Entry {
    const entry = this.get(id);
    if (entry.hidden) {
      throw new AppError('value', 'This is a result that was not kept; it cannot be changed', {
        argument: 'id',
        hint: 'Keep it as a variable first.',
      });
    }
    return entry;
  }

  /** An entry whose cells a person may write: not one that is computed. */
  editable(id: unknown): Entry {
    const entry = this.shown(id);
    if (entry.formula !== null) {
      throw new AppError('value', `${entry.name} is computed: ${entry.formula.code}`, {
        argument: 'id',
        hint: 'Change what it is computed from, or clear its formula first.',
      });
    }
    return entry;
  }

  find(id: ArrayId): Entry | undefined {
    return this.#entries.get(id);
  }

  /** Entries in their order, hidden ones included. */
  all(): Entry[] {
    return [...this.#entries.values()].sort((a, b) => a.order - b.order);
  }

  named(): Entry[] {
    return this.all().filter((entry) => !entry.hidden);
  }

  byName(name: string): Entry | undefined {
    return this.named().find((entry) => entry.name === name);
  }

  /** A new entry, not yet in the workspace. */
  make(given: NewEntry): Entry {
    const { array } = given;
    return {
      id: `a${this.#nextId++}`,
      name: given.name,
      hidden: given.hidden ?? false,
      kind: given.kind ?? 'matrix',
      origin: given.origin,
      columns: given.columns ?? null,
      dtype: array.dtype,
      shape: array.shape,
      version: 1,
      formula: null,
      order: this.#nextOrder++,
      held: Held.of(array),
    };
  }

  /** `entry` with other values: a new version of the same identity. */
  revise(entry: Entry, array: NDArray, more: Partial<Pick<Entry, 'columns'>> = {}): Entry {
    return { ...entry, dtype: array.dtype, shape: array.shape, held: Held.of(array), ...more };
  }

  /** Puts an entry in its place, or takes the one with this id away; the version grows when values changed. */
  set(id: ArrayId, after: Entry | null): Entry | null {
    const before = this.#entries.get(id) ?? null;
    if (after === null) {
      this.#entries.delete(id);
      this.onchange?.(before, null);
      return null;
    }
    const last = this.#versions.get(id) ?? 0;
    // The same bytes keep their version, also when Undo brings a deleted entry back.
    const sameValues = before === null ? after.version >= last : before.held === after.held && after.version <= last;
    const version = sameValues ? Math.max(after.version, before?.version ?? 0) : last + 1;
    const placed = version === after.version ? after : { ...after, version };
    this.#versions.set(id, Math.max(last, version));
    this.#entries.set(id, placed);
    this.onchange?.(before, placed);
    return placed;
  }

  /** The same entry after its memory was written in place (or copied and written). */
  touch(entry: Entry, held: Held): Entry {
    return this.set(entry.id, { ...entry, held, version: entry.version + 1 })!;
  }

  /** Takes over what a journal gave back; ids and order go on after the largest seen. */
  restore(entries: readonly Entry[]): void {
    for (const entry of entries) {
      this.#entries.set(entry.id, entry);
      this.#versions.set(entry.id, entry.version);
    }
    this.reserve(entries);
  }

  /** New entries get ids and places after these, which may come back. */
  reserve(entries: readonly (Entry | null)[]): void {
    for (const entry of entries) {
      if (entry === null) continue;
      this.#nextId = Math.max(this.#nextId, Number(entry.id.slice(1)) + 1 || 1);
      this.#nextOrder = Math.max(this.#nextOrder, entry.order + 1);
    }
  }

  /** `wanted` as a valid name that is still free: "U" becomes "U2" when U is taken. */
  freeName(wanted: string, except: ArrayId | null = null, alsoTaken: ReadonlySet<string> = new Set()): string {
    const name = identifier(wanted);
    const taken = new Set(alsoTaken);
    for (const entry of this.named()) if (entry.id !== except) taken.add(entry.name);
    if (!taken.has(name)) return name;
    const stem = name.replace(/\d+$/, '') || name;
    for (let number = Math.max(2, Number(name.slice(stem.length)) + 1 || 2); ; number++) {
      if (!taken.has(`${stem}${number}`)) return `${stem}${number}`;
    }
  }

  /** A name as it stands when it can be given to a new variable, else null. */
  checkedName(name: string): string | null {
    return isName(name) && this.byName(name) === undefined ? name : null;
  }

  /** Refuses what cannot name a variable, in words. */
  checkName(name: unknown, except: ArrayId | null = null): string {
    if (typeof name !== 'string' || name.trim() === '') {
      throw new AppError('value', 'A variable needs a name', { argument: 'name' });
    }
    const trimmed = name.trim();
    if (!isName(trimmed)) {
      throw new AppError('value', `"${trimmed}" cannot name a variable`, {
        argument: 'name',
        hint: `Names are letters, digits and _, do not begin with a digit, and are no word of Python: ${identifier(trimmed)} would do.`,
      });
    }
    const other = this.byName(trimmed);
    if (other !== undefined && other.id !== except) {
      throw new AppError('value', `There is already a variable ${trimmed}`, {
        argument: 'name',
        hint: `${this.freeName(trimmed)} is free.`,
      });
    }
    return trimmed;
  }
}

/** An entry as the page is told of it. */
export function asVariable(entry: Entry): Variable {
  return {
    id: entry.id,
    name: entry.name,
    dtype: entry.dtype,
    shape: [...entry.shape],
    nbytes: nbytesOf(entry),
    kind: entry.kind,
    origin: entry.origin,
    columns: entry.columns === null ? null : [...entry.columns],
    version: entry.version,
    ...(entry.formula === null ? {} : { formula: { ...entry.formula, inputs: [...entry.formula.inputs] } }),
  };
}

export function nbytesOf(entry: Pick<Entry, 'shape' | 'dtype'>): number {
  return entry.shape.reduce((product, n) => product * n, 1) * itemsize[entry.dtype];
}

const pythonWords = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global ' +
    'if import in is lambda nonlocal not or pass raise return try while with yield np'
  ).split(' '),
);

function isName(text: string): boolean {
  return text.length <= 100 && /^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(text) && !pythonWords.has(text);
}

/** The Python identifier nearest to a text: "My data (2).csv" becomes "My_data_2". */
export function identifier(text: string): string {
  if (isName(text)) return text;
  const cleaned = text
    .normalize('NFKC')
    .replace(/[^\p{L}\p{Nd}_]+/gu, '_')
    .replace(/^_+(?=.)|(?<=.)_+$/g, '');
  if (cleaned === '' || cleaned === '_') return 'a';
  const begun = /^\p{Nd}/u.test(cleaned) ? `a${cleaned}` : cleaned;
  const name = begun.slice(0, 60);
  return pythonWords.has(name) ? `${name}_` : name;
}

/** The identifier a file's name suggests: "readings 2024.csv" becomes "readings_2024". */
export function nameFromFile(file: string): string {
  return identifier(file.replace(/\.[^.]{1,5}$/, ''));
}
