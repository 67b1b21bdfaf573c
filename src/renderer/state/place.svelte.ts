/** What the middle of the window shows: the selected variable, or a notebook. */
import { store, stored } from './stored.ts';

const isPlace = (value: unknown): value is string | null => value === null || typeof value === 'string';

class Place {
  #notebook = $state<string | null>(stored('place', null as string | null, isPlace));

  /** The notebook that was looked at last. */
  lastNotebook: string | null = this.#notebook;

  /** The notebook that is looked at; null for a variable. */
  get notebook(): string | null {
    return this.#notebook;
  }

  showNotebook(id: string): void {
    this.#notebook = this.lastNotebook = id;
    store('place', id);
  }

  showVariable(): void {
    if (this.#notebook === null) return;
    this.#notebook = null;
    store('place', null);
  }
}

export const place = new Place();
