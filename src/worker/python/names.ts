import { mayOverlap } from '#engine/cast.ts';
import { copyInto } from '#engine/kernels/copy.ts';
import { memoryAvailable } from '#engine/memory.ts';
import { type ArrayDescriptor, NDArray } from '#engine/ndarray.ts';
import type { ArrayId } from '#shared/contract.ts';
import { duplicateArray } from '../copies.ts';
import { getArray, putArray } from './bridge.ts';
import { fingerprint, sameBytes } from './bytes.ts';
import type { Interpreter } from './interpreter.ts';

/** A variable of the workspace as the desk tells of it before a cell runs. */
export interface SharedVariable {
  id: ArrayId;
  name: string;
  version: number;
  /** Names the memory: another token is other memory. `o5`: what this thread gave as offer 5. */
  token: string;
  array: ArrayDescriptor;
  /** Edited in the grid since this thread offered it. */
  edited: boolean;
  /** Something else reads this memory: Python must not write into it. */
  shared: boolean;
}

/** What a cell did to the workspace's names. */
export interface NameChanges {
  /** A new value under a name: `id` is what the workspace had there. */
  assigned: { name: string; id: ArrayId | null; offer: number; array: ArrayDescriptor }[];
  /** Written in place. `before` holds the bytes as they were, null when they were too many to keep. */
  written: { id: ArrayId; before: ArrayDescriptor | null }[];
  deleted: ArrayId[];
  /** New under their names, and nothing the workspace can hold. */
  apart: { name: string; what: string }[];
}

interface Binding {
  id: ArrayId;
  name: string;
  version: number;
  token: string;
  /** Python's array. */
  array: NDArray;
  /** What the workspace holds when that is not Python's own memory: views, aliases, memory that others read. */
  mirrored: NDArray | null;
}

interface Offer {
  number: number;
  name: string;
  array: NDArray;
  mirrored: NDArray | null;
}

/** Arrays up to this size are always kept from before a cell, so that any change of them is seen and can be undone. */
const alwaysKept = 1 << 20;

/** Keeps the arrays among Python's names and the variables of the workspace the same. Lives on the crunch thread. */
export class Names {
  readonly #python: Interpreter;
  readonly #bindings = new Map<ArrayId, Binding>();
  #offers = new Map<string, Offer>();
  #nextOffer = 1;
  #before = new Map<ArrayId, { copy: NDArray | null; print: number }>();

  constructor(python: Interpreter) {
    this.#python = python;
  }

  #call(name: string, ...args: unknown[]): unknown {
    return this.#python.function('eigenscope.names', name)(...args);
  }

  /** Everything is forgotten here; the next `sync` brings it back. */
  reset(): void {
    this.#bindings.clear();
    this.#offers.clear();
  }

  /** Brings Python's names to what the workspace is now. */
  sync(variables: readonly SharedVariable[]): void {
    const now = new Map(variables.map((variable) => [variable.id, variable]));
    for (const binding of [...this.#bindings.values()]) {
      const variable = now.get(binding.id);
      if (variable !== undefined && variable.token === binding.token) continue;
      // Under the same name other memory follows at once: Python's name is then bound anew, not taken away.
      if (variable === undefined || variable.name !== binding.name) this.#call('unbind', binding.name);
      this.#bindings.delete(binding.id);
    }
    const moved = [...this.#bindings.values()].filter((binding) => now.get(binding.id)!.name !== binding.name);
    // By way of names nobody uses, since two variables may have exchanged theirs.
    for (const binding of moved) this.#call('move', binding.name, `__moving_${binding.id}`);
    for (const binding of moved) {
      const { name } = now.get(binding.id)!;
      this.#call('move', `__moving_${binding.id}`, name);
      binding.name = name;
    }
    for (const variable of variables) {
      const known = this.#bindings.get(variable.id);
      if (known !== undefined) this.#follow(known, variable);
      else if (!this.#accepted(variable)) this.#bind(variable);
    }
    this.#retract(variables);
  }

  /** What was offered and is not there any more was taken back by Undo: Python loses it, or gets back what was before. */
  #retract(variables: readonly SharedVariable[]): void {
    const names = new Set(variables.map(({ name }) => name));
    for (const { name } of this.#offers.values()) {
      if (!names.has(name)) this.#call('drop', name);
      for (const binding of this.#bindings.values()) {
        if (binding.name === name) this.#call('bind', name, putArray(binding.array));
      }
    }
    this.#offers.clear();
  }

  /** Values edited in the grid: Python sees them in its own memory already, or gets them now. */
  #follow(binding: Binding, variable: SharedVariable): void {
    if (binding.version === variable.version) return;
    binding.version = variable.version;
    if (binding.mirrored !== null && binding.array.writeable) copyInto(binding.mirrored, binding.array);
  }

  /** A variable that this thread's own offer became. */
  #accepted(variable: SharedVariable): boolean {
    const { id, name, version, token } = variable;
    const offer = this.#offers.get(token);
    if (offer === undefined || offer.name !== variable.name) return false;
    this.#call('keep', variable.name);
    const { mirrored } = offer;
    if (variable.edited && mirrored !== null && offer.array.writeable) copyInto(mirrored, offer.array);
    this.#offers.delete(token);
    this.#bindings.set(id, { id, name, version, token, array: offer.array, mirrored: offer.mirrored });
    return true;
  }

  #bind({ id, name, version, token, array, shared }: SharedVariable): void {
    const held = NDArray.from(array);
    const own = shared ? duplicateArray(held) : held;
    this.#call('bind', name, putArray(own));
    this.#bindings.set(id, { id, name, version, token, array: own, mirrored: shared ? held : null });
  }

  /** Keeps what a cell may change: arrays its code names, what shares their memory, and all small ones. */
  prepare(code: string): void {
    this.#before.clear();
    const words = new Set(code.match(/[\p{L}_][\p{L}\p{Nd}_]*/gu) ?? []);
    const named = this.#scan()
      .filter(({ name }) => words.has(name))
      .map(({ handle }) => getArray(handle));
    let budget = memoryAvailable() * 0.25;
    const own = [...this.#bindings.values()].filter((binding) => binding.mirrored === null);
    for (const { id, name, array } of own.sort((a, b) => a.array.nbytes - b.array.nbytes)) {
      const near = array.nbytes <= alwaysKept || words.has(name) || named.some((other) => mayOverlap(array, other));
      const keep = near && array.nbytes <= budget;
      if (keep) budget -= array.nbytes;
      this.#before.set(id, { copy: keep ? duplicateArray(array) : null, print: keep ? 0 : fingerprint(array) });
    }
  }

  /** What the cell changed. What is offered is bound once the workspace has taken it: at the next `sync`. */
  changes(): NameChanges {
    const changes: NameChanges = { assigned: [], written: [], deleted: [], apart: this.#apart() };
    const byName = new Map([...this.#bindings.values()].map((binding) => [binding.name, binding]));
    const present = new Set<string>();
    const own: NDArray[] = [];
    const rest: { name: string; array: NDArray; binding: Binding | undefined }[] = [];
    for (const { name, handle, same } of this.#scan()) {
      const array = getArray(handle);
      const binding = byName.get(name);
      const unchanged = binding !== undefined && same;
      // What the workspace gave stays, also where it is empty, as a formula's value may be.
      if ((!showable(array) && !unchanged) || name === 'np' || name.length > 100) continue;
      present.add(name);
      if (unchanged) {
        if (binding.mirrored === null) {
          own.push(array);
          this.#written(binding, changes);
        } else if (!sameBytes(array, binding.mirrored)) rest.push({ name, array, binding });
      } else rest.push({ name, array, binding });
    }
    // The workspace lists them as they were named; what owns its memory is offered before views of it.
    const places = new Map(rest.map(({ name }, place) => [name, place]));
    rest.sort((a, b) => Number(a.array.base !== null) - Number(b.array.base !== null));
    for (const { name, array, binding } of rest) {
      const alone = array.cContiguous && array.writeable && !own.some((other) => mayOverlap(other, array));
      if (alone) own.push(array);
      const mirrored = alone ? null : duplicateArray(array);
      const number = this.#nextOffer++;
      this.#offers.set(`o${number}`, { number, name, array, mirrored });
      const given = (mirrored ?? array).descriptor();
      changes.assigned.push({ name, id: binding?.id ?? null, offer: number, array: given });
    }
    changes.assigned.sort((a, b) => (places.get(a.name) ?? 0) - (places.get(b.name) ?? 0));
    for (const { id, name } of this.#bindings.values()) if (!present.has(name)) changes.deleted.push(id);
    this.#before.clear();
    return changes;
  }

  #written({ id, array }: Binding, changes: NameChanges): void {
    const before = this.#before.get(id);
    if (before === undefined) return;
    const { copy, print } = before;
    if (copy === null ? fingerprint(array) === print : sameBytes(copy, array)) return;
    changes.written.push({ id, before: copy?.descriptor() ?? null });
  }

  /** The variable of the workspace that just this array is, if any. */
  variableOf(array: NDArray): { id: ArrayId | null; name: string } | null {
    for (const { id, name, array: other } of this.#bindings.values()) if (other === array) return { id, name };
    // Made by the cell that still runs: it is a variable as soon as the cell has ended.
    const fresh = showable(array) ? this.#scan().find(({ handle }) => getArray(handle) === array) : undefined;
    return fresh === undefined ? null : { id: null, name: fresh.name };
  }

  /** What came under its name since this was last asked. */
  #apart(): { name: string; what: string }[] {
    const fresh = JSON.parse(this.#call('apart') as string) as [string, string][];
    return fresh.map(([name, what]) => ({ name, what }));
  }

  #scan(): { name: string; handle: number; same: boolean }[] {
    const found = JSON.parse(this.#call('scan') as string) as [string, number, boolean][];
    return found.map(([name, handle, same]) => ({ name, handle, same }));
  }
}

/** What the workspace can hold: the grid shows no more than three axes, and no cells are no matrix. */
function showable(array: NDArray): boolean {
  return array.size > 0 && array.ndim >= 1 && array.ndim <= 3;
}
