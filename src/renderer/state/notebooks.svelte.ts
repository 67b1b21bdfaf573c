/** The session's notebooks: which there are, and the ones that were opened in this page. */
import { SvelteMap } from 'svelte/reactivity';
import type { Notebook, NotebookInfo } from '#shared/notebook.ts';
import { compute, connection, on } from '../compute-client.ts';
import type { NotebookModel } from '../notebook/notebook-model.svelte.ts';
import { place } from './place.svelte.ts';
import { notices } from './notices.svelte.ts';

/** Comes with the editor, when the first notebook is opened. */
let Model: typeof NotebookModel | null = null;

async function loadModel(): Promise<void> {
  Model ??= (await import('../notebook/notebook-model.svelte.ts')).NotebookModel;
}

class Notebooks {
  list = $state.raw<readonly NotebookInfo[]>([]);
  known = $state(false);
  /** Id of the notebook whose name is being edited in its tab. */
  renaming = $state<string | null>(null);
  readonly #models = new SvelteMap<string, NotebookModel>();

  /** The notebook to work on, read when it is first looked at. */
  async model(id: string): Promise<NotebookModel> {
    const known = this.#models.get(id);
    if (known !== undefined) return known;
    // Loaded first: from the answer on, changes of other windows are for the model.
    await loadModel();
    return this.#take(await compute('notebook.read', { id }));
  }

  /** A model that is there already. */
  opened(id: string | null): NotebookModel | null {
    return id === null ? null : (this.#models.get(id) ?? null);
  }

  /** True when the session holds all that was written here. */
  get saved(): boolean {
    return [...this.#models.values()].every((model) => model.saved);
  }

  /** The one looked at last, if it is still there. */
  get last(): string | null {
    return this.list.some((info) => info.id === place.lastNotebook) ? place.lastNotebook : null;
  }

  get current(): NotebookInfo | null {
    return this.list.find((info) => info.id === place.notebook) ?? null;
  }

  async create(name = 'Untitled'): Promise<NotebookModel> {
    await loadModel();
    const model = this.#take(await compute('notebook.create', { name }));
    this.show(model);
    return model;
  }

  /** The notebook looked at, the one looked at last, the first there is, or a new one. */
  async currentOrNew(): Promise<NotebookModel> {
    const id = place.notebook ?? this.last ?? this.list[0]?.id;
    if (id !== undefined) return this.model(id);
    await loadModel();
    return this.#take(await compute('notebook.create', {}));
  }

  /** A granted file as a notebook of the session, looked at. */
  async import(file: string): Promise<void> {
    await loadModel();
    const notebook = await compute('notebook.import', { file });
    for (const text of notebook.notes) notices.say({ tone: 'warn', title: notebook.name, text });
    this.show(this.#take(notebook));
  }

  async rename(id: string, name: string): Promise<void> {
    const info = await compute('notebook.rename', { id, name });
    const model = this.#models.get(id);
    if (model !== undefined) model.name = info.name;
    this.list = this.list.map((each) => (each.id === id ? info : each));
  }

  async close(id: string): Promise<void> {
    const { name } = this.list.find((info) => info.id === id) ?? { name: 'Notebook' };
    await this.#models.get(id)?.flush();
    await compute('notebook.close', { id });
    this.#models.delete(id);
    const at = this.list.findIndex((info) => info.id === id);
    this.list = this.list.filter((info) => info.id !== id);
    if (place.notebook === id) {
      const next = this.list[Math.max(0, at - 1)];
      if (next === undefined) place.showVariable();
      else place.showNotebook(next.id);
    }
    notices.say({
      subject: `notebook-closed-${id}`,
      title: `${name} closed`,
      action: {
        label: 'Undo',
        run: () => {
          this.#reopen(id).catch((error: unknown) => notices.fail(`${name} could not be opened again`, error));
        },
      },
    });
  }

  async #reopen(id: string): Promise<void> {
    await loadModel();
    this.show(this.#take(await compute('notebook.reopen', { id })));
  }

  #take(notebook: Notebook): NotebookModel {
    if (Model === null) throw new Error('the model is loaded before it is asked for');
    const known = this.#models.get(notebook.id);
    if (known !== undefined) return known;
    const model = new Model(notebook);
    this.#models.set(model.id, model);
    return model;
  }

  show({ id, name }: Pick<NotebookInfo, 'id' | 'name'>): void {
    if (!this.list.some((info) => info.id === id)) this.list = [...this.list, { id, name, file: null }];
    place.showNotebook(id);
  }

  /** Follows the compute process from now on. */
  follow(): void {
    on('notebooks.changed', ({ notebooks }) => this.#accept(notebooks));
    on('notebook.changed', (change) => this.#models.get(change.id)?.accept(change));
    connection.onHello(() => {
      // One that was closed meanwhile is told by the list.
      for (const model of this.#models.values()) model.catchUp().catch(() => undefined);
      compute('notebook.list', {}).then(
        (list) => this.#accept(list),
        () => undefined,
      );
    });
    addEventListener('pagehide', () => {
      for (const model of this.#models.values()) void model.flush();
    });
  }

  #accept(list: readonly NotebookInfo[]): void {
    this.list = list;
    this.known = true;
    const names = new Map(list.map(({ id, name }) => [id, name]));
    for (const [id, model] of this.#models) {
      const name = names.get(id);
      if (name === undefined) this.#models.delete(id);
      else model.name = name;
    }
    if (place.notebook !== null && !list.some((info) => info.id === place.notebook)) place.showVariable();
  }
}

export const notebooks = new Notebooks();
