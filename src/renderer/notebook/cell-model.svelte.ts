import type { PythonRun, WaitingInput } from '#shared/contract.ts';
import type { CellType, Json, JsonObject, NotebookCell, NotebookOutput } from '#shared/notebook.ts';
import { isRecord, textOf } from '#shared/json.ts';

export const newCellId = (): string => crypto.randomUUID().slice(0, 8);

/** One cell as it is edited, run and shown. */
export class CellModel {
  readonly id: string;
  type = $state<CellType>('code');
  source = $state('');
  outputs = $state.raw<NotebookOutput[]>([]);
  executionCount = $state<number | null>(null);
  run = $state<'idle' | 'queued' | 'running'>('idle');
  /** It runs for another window, or for this page before it was loaded again. */
  elsewhere = false;
  /** Milliseconds of the last run; null when it is not known. */
  elapsed = $state<number | null>(null);
  /** Which Python ran it last, see `kernel.remembers`; null when that was before this page was loaded. */
  python = $state<number | null>(null);
  /** Arrays that its last run named and the workspace cannot hold. */
  apart = $state.raw<PythonRun['apart']>([]);
  started = $state<number | null>(null);
  waiting = $state.raw<WaitingInput | null>(null);
  /** A Markdown cell whose text is being written rather than read. */
  writing = $state(false);
  sourceHidden = $state(false);
  outputsHidden = $state(false);
  attachments: JsonObject | null = null;
  #metadata: JsonObject = {};
  /** Set by the notebook it is in. */
  ontouch: ((cell: CellModel) => void) | null = null;
  /** Puts the cursor into a line (from 1); set by the editor while there is one. */
  goToLine: ((line: number) => void) | null = null;
  /** Brings a place of the text into sight; set by the editor while there is one. */
  reveal: ((at: number) => void) | null = null;
  /** Where the cursor is; set by the editor while there is one. */
  cursor: (() => number) | null = null;

  constructor(cell: NotebookCell) {
    this.id = cell.id;
    this.take(cell);
  }

  /** Becomes what another window, or a run, made of it: the fields that are given. */
  take(cell: Partial<NotebookCell>): void {
    if (cell.type !== undefined) this.type = cell.type;
    if (cell.source !== undefined) this.source = cell.source;
    if (cell.outputs !== undefined) this.outputs = cell.outputs;
    if (cell.execution_count !== undefined) this.executionCount = cell.execution_count;
    if (cell.attachments !== undefined) this.attachments = cell.attachments;
    if (cell.metadata === undefined) return;
    this.#metadata = cell.metadata;
    const jupyter = cell.metadata['jupyter'];
    this.sourceHidden = isRecord(jupyter) && jupyter['source_hidden'] === true;
    this.outputsHidden =
      (isRecord(jupyter) && jupyter['outputs_hidden'] === true) || cell.metadata['collapsed'] === true;
    this.elapsed = elapsedOf(cell.metadata['execution']);
  }

  static of(type: CellType, source: string): CellModel {
    return new CellModel({
      id: newCellId(),
      type,
      source,
      execution_count: null,
      outputs: [],
      metadata: {},
      attachments: null,
    });
  }

  /** The same text and outputs under another identity. */
  copy(): CellModel {
    return new CellModel({ ...this.data(), id: newCellId() });
  }

  /** The person changed something that is to be kept. */
  touch(): void {
    this.ontouch?.(this);
  }

  setSource(source: string): void {
    if (source === this.source) return;
    this.source = source;
    this.touch();
  }

  clearOutputs(): void {
    this.outputs = [];
    this.apart = [];
    this.executionCount = null;
    this.elapsed = null;
    this.touch();
  }

  /** Notes the times of a run as JupyterLab does. */
  finished(elapsed: number): void {
    const end = Date.now();
    this.elapsed = elapsed;
    this.#metadata = {
      ...this.#metadata,
      execution: {
        'iopub.execute_input': new Date(end - elapsed).toISOString(),
        'shell.execute_reply': new Date(end).toISOString(),
      },
    };
  }

  data(): NotebookCell {
    const { id, type, source, outputs, executionCount, attachments } = this;
    const { jupyter, collapsed: _, ...rest } = this.#metadata;
    const hidden: Record<string, Json> = { ...(isRecord(jupyter) ? jupyter : {}) };
    for (const [key, value] of [
      ['source_hidden', this.sourceHidden],
      ['outputs_hidden', this.outputsHidden],
    ] as const) {
      if (value) hidden[key] = true;
      else delete hidden[key];
    }
    const metadata: JsonObject = Object.keys(hidden).length > 0 ? { ...rest, jupyter: hidden } : rest;
    const isCode = type === 'code';
    return {
      id,
      type,
      source,
      execution_count: isCode ? executionCount : null,
      outputs: isCode ? outputs : [],
      metadata,
      attachments: isCode ? null : attachments,
    };
  }
}

function elapsedOf(execution: Json | undefined): number | null {
  if (!isRecord(execution)) return null;
  const begin = Date.parse(textOf(execution['iopub.execute_input']));
  const end = Date.parse(textOf(execution['shell.execute_reply']));
  return Number.isFinite(end - begin) ? Math.max(0, end - begin) : null;
}
