/** The session's one Python as the page sees it: what runs, what waits, and how it is stopped. */
import type { PythonOutput, PythonStatus } from '#shared/contract.ts';
import { fromErrorValue, toErrorValue } from '#shared/errors.ts';
import type { NotebookOutput } from '#shared/notebook.ts';
import { untrack } from 'svelte';
import { compute, connection, on } from '../compute-client.ts';
import { loadPlotly } from '../components/plotly.ts';
import type { CellModel } from './cell-model.svelte.ts';
import type { NotebookModel } from './notebook-model.svelte.ts';
import { OutputCollector } from '#shared/notebook-output.ts';

class Kernel {
  status = $state.raw<PythonStatus>({ state: 'off', execution_count: 0, error: null, running: null, waiting: [] });
  running = $state.raw<CellModel | null>(null);
  /** Stop was pressed and what runs has not ended yet. */
  stopping = $state(false);
  /** The cell of this page that ended last. */
  ended = $state.raw<CellModel | null>(null);
  #following = false;
  /** Grows whenever Python begins anew and forgets its names. */
  #python = $state(0);

  /** Also true for what runs from the console, or from before this page was loaded again. */
  get busy(): boolean {
    return this.running !== null || this.status.waiting.length > 0 || this.status.state === 'busy';
  }

  /** Loads Python ahead of the first cell; where it is missing, the first cell says so. */
  warm(): void {
    this.#follow();
    compute('python.start', {}).then(
      (status) => this.#hear(status),
      () => undefined,
    );
  }

  #hear(status: PythonStatus): void {
    const isUp = ({ state }: PythonStatus): boolean => state === 'idle' || state === 'busy';
    if ((isUp(this.status) && !isUp(status)) || status.execution_count < this.status.execution_count) this.#python++;
    this.status = status;
  }

  /** Whether Python still knows what a cell did when it ran last. */
  remembers(cell: CellModel): boolean {
    if (cell.python !== null) return cell.python === this.#python;
    // From before this page: its number tells, as far as it can.
    return this.#python === 0 && (cell.executionCount ?? 0) <= this.status.execution_count;
  }

  /**
   * Runs cells one after the other, behind those that wait already; the first error ends the row. The compute process
   * keeps the row: it goes on when this page is gone, and is found again by the next.
   */
  run(notebook: NotebookModel, cells: readonly CellModel[]): void {
    this.#follow();
    const row = crypto.randomUUID();
    const waiting = cells.filter((cell) => cell.type === 'code' && cell.run === 'idle');
    for (const cell of waiting) {
      if (cell.source.trim() === '') cell.clearOutputs();
      else void this.#runCell(notebook, cell, row);
    }
  }

  async #runCell(notebook: NotebookModel, cell: CellModel, row: string, isRepeated = false): Promise<void> {
    const collector = new OutputCollector();
    // Asked for after Stop, a cell does not belong to what Stop forgets: when stopping costs the process, the next runs it.
    const repeats = this.stopping && !isRepeated;
    let again = false;
    const { epoch } = connection;
    cell.run = 'queued';
    // What draws plots is read while Python computes the first one; when it cannot be, the plot says so.
    if (/\b(?:matplotlib|plotly)\b/.test(cell.source)) loadPlotly().catch(() => undefined);
    let began = 0;
    const begin = () => {
      this.running = cell;
      this.ended = null;
      cell.run = 'running';
      cell.python = this.#python;
      cell.started = began = performance.now();
      cell.elapsed = null;
      cell.outputs = [];
      cell.apart = [];
      cell.executionCount = null;
    };
    if (!this.busy) begin();
    let frame = 0;
    let kept = false;
    const show = () => {
      frame = 0;
      cell.outputs = collector.outputs;
    };
    const onPartial = (batch: PythonOutput[]) => {
      if (began === 0) begin();
      collector.add(batch);
      const asked = batch.findLast((each) => each.kind === 'input');
      if (asked !== undefined) cell.waiting = asked;
      // Many batches may come before the next picture of the page.
      frame ||= requestAnimationFrame(show);
    };
    try {
      // Sent ahead of the run, which keeps its outputs in a cell that is there.
      void notebook.flush();
      const place = { notebook: notebook.id, cell: cell.id };
      const done = await compute('python.run', { code: cell.source, mode: 'cell', cell: place, row }, { onPartial });
      ({ kept } = done);
      cell.executionCount = done.execution_count;
      cell.apart = done.apart;
      collector.finish(done.execution_count, cell.source, [...done.created, ...done.changed]);
      if (done.error !== null && !collector.outputs.some((output) => output.output_type === 'error')) {
        collector.add([{ kind: 'error', error: done.error }]);
      }
      cell.finished(done.elapsed_ms);
    } catch (thrown) {
      // What only waited stays as it was.
      if (began === 0) {
        again = repeats && toErrorValue(thrown).code === 'worker-lost';
        return;
      }
      collector.outputs = [
        ...collector.outputs,
        failure(thrown, connection.epoch !== epoch || connection.state !== 'open', collector.outputs.length > 0),
      ];
      cell.finished(performance.now() - began);
    } finally {
      cancelAnimationFrame(frame);
      cell.waiting = null;
      cell.run = 'idle';
      if (began > 0) {
        show();
        if (kept) notebook.holds(cell);
        cell.touch();
      }
      if (this.running === cell) {
        this.running = null;
        this.ended = cell;
        this.stopping = false;
      }
      if (again) void this.#runCell(notebook, cell, row, true);
    }
  }

  /**
   * Shows which cells of a notebook run and wait for another window, or for this page before it was loaded again. Their
   * outputs come with the changes of the notebook.
   */
  mark(notebook: NotebookModel): void {
    const { running: at, waiting } = this.status;
    const waits = new Set(waiting.flatMap((place) => (place.notebook === notebook.id ? [place.cell] : [])));
    const { cells } = notebook;
    untrack(() => {
      for (const cell of cells) {
        const runs = at?.notebook === notebook.id && at.cell === cell.id;
        if (cell.elsewhere && !runs && !waits.has(cell.id)) {
          cell.run = 'idle';
          cell.elsewhere = false;
          cell.started = cell.waiting = null;
        } else if (waits.has(cell.id) && !runs && cell.run === 'idle') {
          cell.elsewhere = true;
          cell.run = 'queued';
        } else if (runs && (cell.elsewhere || cell.run === 'idle')) {
          cell.elsewhere = true;
          cell.python = this.#python;
          cell.run = 'running';
          cell.started ??= performance.now() - at.elapsed_ms;
          cell.waiting = at.input;
        }
      }
    });
  }

  /** As Ctrl-C: what runs ends, what waits is forgotten. */
  async interrupt(): Promise<void> {
    if (this.running !== null) this.stopping = true;
    await compute('python.interrupt', {});
  }

  /** Forgets every name that is no array of the workspace. */
  async restart(): Promise<void> {
    if (this.busy) await this.interrupt();
    this.#hear(await compute('python.reset', {}));
  }

  async answer(cell: CellModel, value: string | null): Promise<void> {
    const { waiting } = cell;
    if (waiting === null) return;
    cell.waiting = null;
    await compute('python.input_reply', { input: waiting.input, value });
  }

  #follow(): void {
    if (this.#following) return;
    this.#following = true;
    on('python.changed', (status) => this.#hear(status));
    connection.onHello(() => {
      compute('python.status', {}).then(
        (status) => this.#hear(status),
        () => undefined,
      );
    });
  }
}

/** No answer of Python's own: told in the cell's output, because that is where a person looks. */
function failure(thrown: unknown, ended: boolean, begun: boolean): NotebookOutput {
  const error = fromErrorValue(toErrorValue(thrown));
  const stopped = error.code === 'cancelled';
  const text = ended
    ? 'Python was started again. The arrays of the workspace are back; run the cells above for the other names.'
    : stopped
      ? begun
        ? ''
        : 'It had not begun yet.'
      : (error.hint ?? '');
  return {
    output_type: 'error',
    ename: stopped ? 'Stopped' : ended ? 'Python ended' : 'Not run',
    evalue: ended || stopped ? '' : error.message,
    traceback: text === '' ? [] : text.split('\n'),
  };
}

export const kernel = new Kernel();
