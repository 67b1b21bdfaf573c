import type { NDArray } from '#engine/ndarray.ts';

/**
 * The bytes of a workspace entry: in memory, or still in the journal's file after a restart.
 * While something else reads them (`share`), editing must work on a copy instead.
 */
export class Held {
  #array: NDArray | null;
  #load: (() => Promise<NDArray>) | null;
  #loading: Promise<NDArray> | null = null;
  #readers = 0;

  private constructor(array: NDArray | null, load: (() => Promise<NDArray>) | null) {
    this.#array = array;
    this.#load = load;
  }

  static of(array: NDArray): Held {
    return new Held(array, null);
  }

  static onDisk(load: () => Promise<NDArray>): Held {
    return new Held(null, load);
  }

  /** The array when it is in memory already. */
  get array(): NDArray | null {
    return this.#array;
  }

  /** The array, read from the journal first where that is still to be done. */
  async get(): Promise<NDArray> {
    if (this.#array !== null) return this.#array;
    this.#loading ??= this.#load!().then(
      (array) => {
        this.#array = array;
        this.#load = null;
        return array;
      },
      (error: unknown) => {
        this.#loading = null;
        throw error;
      },
    );
    return this.#loading;
  }

  get shared(): boolean {
    return this.#readers > 0;
  }

  /** Announces a reader that must not see later edits; call the result when it has finished. */
  share(): () => void {
    this.#readers++;
    let open = true;
    return () => {
      if (open) this.#readers--;
      open = false;
    };
  }
}
