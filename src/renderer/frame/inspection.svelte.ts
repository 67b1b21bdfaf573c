/** What is known of the selected variable: asked for when it is selected or changes, kept for coming back to it. */
import { untrack } from 'svelte';
import type { Inspection } from '#shared/contract.ts';
import { fromErrorValue, toErrorValue, type AppError } from '#shared/errors.ts';
import { compute, connection } from '../compute-client.ts';
import { jobs } from '../state/jobs.svelte.ts';
import { workspace } from '../state/workspace.svelte.ts';

const keptMost = 40;
/** While a matrix is being edited its inspection waits for a pause. */
const pauseMs = 250;

class Inspected {
  value = $state.raw<Inspection | null>(null);
  /** False while answers are still to come. */
  complete = $state(false);
  error = $state.raw<AppError | null>(null);

  readonly #kept = new Map<string, Inspection>();
  #id: string | null = null;
  #asked = $state(0);

  readonly #wanted = $derived.by(() => {
    const { selected } = workspace;
    // A string, because the workspace is told anew with every change of any variable.
    return selected === null ? null : `${selected.id} ${selected.version}`;
  });
  readonly #factoring = $derived(jobs.all.some((job) => job.name === 'linalg.svd'));

  /** Follows the selection; call once while a component is set up. */
  follow(): void {
    $effect(() => {
      void connection.epoch;
      void this.#asked;
      const key = this.#wanted;
      if (key !== null) return this.#begin(key);
      this.#id = null;
      this.value = null;
      this.error = null;
      return undefined;
    });
    // What was left out as too long is known once the matrix was factored: then it is asked for again.
    let wasFactoring = false;
    $effect(() => {
      if (wasFactoring && !this.#factoring && untrack(() => this.value?.skipped) !== undefined) this.#asked += 1;
      wasFactoring = this.#factoring;
    });
  }

  /** Asks again after it was cancelled or failed. */
  again(): void {
    this.#asked += 1;
  }

  #begin(key: string): () => void {
    const id = key.slice(0, key.lastIndexOf(' '));
    const known = this.#kept.get(key);
    const isSame = this.#id === id;
    this.#id = id;
    this.error = null;
    if (known !== undefined) {
      this.value = known;
      this.complete = true;
      if (known.skipped === undefined) return () => undefined;
    } else {
      // Of the same matrix the old numbers may stand, dimmed, until the new ones come.
      if (!isSame) this.value = null;
      this.complete = false;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => void this.#ask(id, key, abort.signal), isSame ? pauseMs : 0);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }

  async #ask(id: string, key: string, signal: AbortSignal): Promise<void> {
    try {
      const value = await compute('array.inspect', { id }, { signal, onPartial: (part) => (this.value = part) });
      this.value = value;
      this.complete = true;
      this.#keep(key, value);
    } catch (thrown) {
      if (signal.aborted) return;
      this.complete = true;
      this.error = fromErrorValue(toErrorValue(thrown));
    }
  }

  #keep(key: string, value: Inspection): void {
    this.#kept.set(key, value);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > keptMost && oldest !== undefined) this.#kept.delete(oldest);
  }
}

export const inspected = new Inspected();
