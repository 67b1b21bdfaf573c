/**
 * The typed contract between the page and the compute process: every request with its arguments and
 * its reply, every event, every message of the wire. A name here is the name everywhere.
 *
 * Conventions: rows and columns are 0-based; ranges are half-open [start, stop); matrices cross as
 * row-major typed arrays; `plane` selects a channel (last axis) of a 3-d array and is ignored for
 * 1-d and 2-d arrays; a 1-d array is shown as one column.
 */
import type { DType } from './dtype.ts';
import type { ErrorValue } from './errors.ts';
import type {
  CellPatch,
  CellPlace,
  Notebook,
  NotebookCell,
  NotebookChange,
  NotebookFileState,
  NotebookFormat,
  NotebookInfo,
} from './notebook.ts';

/** Stable identity of an array in the compute process; survives renaming and a restart. */
export type ArrayId = string;
/** Identity of a kept factorisation (its arrays are hidden until the person keeps them). */
export type FactorId = string;
/** A file the person granted: an upload in the browser window, a picked or dropped path in Electron. */
export type FileId = string;

export type NumberArray =
  Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

// ---------------------------------------------------------------- workspace

/** One entry of the workspace, as the left panel shows it. */
export interface Variable {
  id: ArrayId;
  name: string;
  dtype: DType;
  shape: number[];
  nbytes: number;
  /** `image`: uint8, (h, w) or (h, w, 3), opened from a picture. */
  kind: 'matrix' | 'image';
  /** Where it came from, for people: "iris.csv", "svd(iris)", "typed". */
  origin: string;
  /** Column names, when a table gave them; length shape[1]. */
  columns: string[] | null;
  /** Grows by one with every change of the values or the shape. */
  version: number;
  /** Set when the variable is an expression that is recomputed whenever one of its inputs changes. */
  formula?: Formula;
}

/** What a variable is computed from. */
export interface Formula {
  /** A Python expression: "A.T @ A". */
  code: string;
  /** Names of the workspace it reads, those that are missing included. */
  inputs: string[];
  /** Why the value shown is not the one of the inputs as they are; the value is then the last good one. */
  error: ErrorValue | null;
  /** True while a newer value is being computed. */
  pending: boolean;
}

export interface WorkspaceState {
  variables: Variable[];
  /** What Undo and Redo would do ("Edit iris[3, 2]"), null when there is nothing. */
  undo: string | null;
  redo: string | null;
  /** True when the journal on disk holds everything shown. */
  saved: boolean;
  /** The NumPy code of the last action, as lines; empty before the first. */
  code: string[];
}

// ---------------------------------------------------------------- tables

export type Delimiter = ',' | '\t' | ';' | '|' | ' ';
export type ColumnType = 'number' | 'text' | 'date' | 'empty';

export interface TableOptions {
  delimiter: Delimiter;
  decimal: '.' | ',';
  /** The first row (after `skip`) names the columns. */
  header: boolean;
  /** Lines to pass over before the table begins. */
  skip: number;
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
  /** Columns to import, by index; null means every numeric column. */
  columns: number[] | null;
  /** What a missing or non-numeric cell of an imported column becomes. */
  missing: 'nan' | 'zero' | 'drop-row';
}

export interface TableColumn {
  name: string;
  type: ColumnType;
  /** Missing and non-numeric cells among the rows that were looked at. */
  missing: number;
  invalid: number;
}

export interface TablePreview {
  file: FileId;
  name: string;
  size: number;
  /** What was detected, or what the person set. */
  options: TableOptions;
  columns: TableColumn[];
  /** The first rows as text, at most 100 × the first 200 columns. */
  rows: string[][];
  /** Rows in the whole file; null while only its beginning was read. */
  total_rows: number | null;
  /** In words, each with the line it speaks of: "Line 12 has 4 fields, the others 5". */
  warnings: string[];
  /** Set when the file as it stands cannot become a matrix; shown in the dialog, options stay editable. */
  problem: ErrorValue | null;
}

// ---------------------------------------------------------------- factors

/** How far a result can be trusted. Norms are Frobenius unless named. */
export interface Certificate {
  /** ‖A − U Σ Vᵀ‖ / ‖A‖ */
  residual: number;
  /** ‖UᵀU − I‖ and ‖VᵀV − I‖ */
  orthogonality_u: number;
  orthogonality_v: number;
  /** residual / (max(m, n) · eps) */
  backward_error: number;
  condition: number;
  /** Decimal digits of a solve with this matrix that can be trusted, of `digits_total`. */
  digits: number;
  digits_total: number;
}

export interface SvdResult {
  factor: FactorId;
  a: ArrayId;
  /** Version of `a` that was factored; a newer one makes the result stale. */
  version: number;
  /** Shapes (m, r), (r), (r, n) with r = min(m, n), or the rank reached while `exact` is false. */
  u: ArrayId;
  s: ArrayId;
  vh: ArrayId;
  m: number;
  n: number;
  rank: number;
  singular_values: Float64Array;
  /** ‖A‖²_F, so that energy shares are exact also while only the first values are known. */
  energy_total: number;
  /** False for the randomised first answer. */
  exact: boolean;
  certificate: Certificate | null;
  elapsed_ms: number;
  /** Plain sentences that are true of this result ("gesdd did not converge; gesvd was used"). */
  notes: string[];
}

export type ColourMode = 'rgb' | 'ycbcr' | 'grey';

export const complexParts = ['magnitude', 'real', 'imaginary'] as const;
export type ComplexPart = (typeof complexParts)[number];

export interface ImageFactorResult {
  factor: FactorId;
  a: ArrayId;
  version: number;
  mode: ColourMode;
  m: number;
  n: number;
  /** Ranks available: min(m, n) when exact, fewer for the first answer. */
  rank: number;
  exact: boolean;
  /** Seconds the shown answer took. */
  elapsed_ms: number;
  /** Randomised: an estimate of how far its error is above the best possible one (0.01 = 1 %). */
  excess_error: number | null;
  channels: { name: string; singular_values: Float64Array; energy_total: number }[];
}

/** A rectangle of the matrix or picture: rows [row0, row1) and columns [col0, col1). */
export interface Region {
  row0: number;
  row1: number;
  col0: number;
  col1: number;
}

// ---------------------------------------------------------------- inspector

/** A number of a complex array. */
export interface ComplexNumber {
  re: number;
  im: number;
}

/** Everything the inspector can say; a field is absent until it is known, null where it does not apply. */
export interface Inspection {
  id: ArrayId;
  version: number;
  shape?: number[];
  dtype?: DType;
  nbytes?: number;
  c_contiguous?: boolean;
  min?: number | null;
  max?: number | null;
  mean?: number | ComplexNumber | null;
  nan_count?: number;
  inf_count?: number;
  /** [row, col] of the first non-finite cell. */
  first_nonfinite?: [number, number] | null;
  nonzero_share?: number;
  rank?: number | null;
  /** Smallest k whose error is at most 1 % of ‖A‖. */
  numerical_rank_1pct?: number | null;
  condition?: number | null;
  digits?: number | null;
  norm_fro?: number | null;
  norm_2?: number | null;
  norm_nuc?: number | null;
  norm_1?: number | null;
  norm_inf?: number | null;
  trace?: number | ComplexNumber | null;
  determinant?: number | ComplexNumber | null;
  /** sign (of modulus 1 when complex) and natural log of |det|, for determinants that overflow. */
  slogdet?: [number | ComplexNumber, number] | null;
  symmetric?: boolean | null;
  positive_definite?: boolean | null;
  orthogonal?: boolean | null;
  triangular?: 'upper' | 'lower' | 'diagonal' | null;
  /** Sentences computed for this matrix, most important first. */
  findings?: { tone: 'good' | 'warn' | 'bad' | 'plain'; title: string; text: string }[];
  /** Set when an expensive part was left out, with the reason. */
  skipped?: string;
}

export interface SystemInfo {
  app: string;
  node: string;
  platform: string;
  blas: { name: string; version: string; core: string; threads: number; ilp64: boolean };
  /** Bytes: of the machine, free now, and the most one job may take. */
  memory_total: number;
  memory_free: number;
  memory_limit: number;
  session: string;
}

export interface Sample {
  name: string;
  title: string;
  kind: 'table' | 'image' | 'matrix';
  /** One sentence: what is in it and what there is to see. */
  about: string;
  source: string;
  shape: number[];
}

export interface Saved {
  file: FileId;
  name: string;
  size: number;
}

/** What `io.open` made of a file. */
export type Opened =
  { kind: 'table'; preview: TablePreview } | { kind: 'variable'; variable: Variable; notes: string[] };

// ---------------------------------------------------------------- Python

/** A value as a cell shows it: several forms of the same, the page takes the richest it can draw. */
export interface PythonDisplay {
  /** text/plain: always there, what Python's own prompt would print. */
  text: string;
  /** text/html from `_repr_html_`: not trusted, the page cleans it. */
  html?: string;
  markdown?: string;
  /** TeX between its dollar signs, from `_repr_latex_`. */
  latex?: string;
  svg?: string;
  png?: Uint8Array;
  jpeg?: Uint8Array;
  /** A figure as Plotly's JSON. */
  plotly?: { data: Record<string, unknown>[]; layout: Record<string, unknown> };
  array?: PythonArray;
}

/** An array that a cell shows. */
export interface PythonArray {
  /** Set when it is a variable of the workspace, which every view can open. */
  id: ArrayId | null;
  name: string | null;
  shape: number[];
  dtype: DType;
  /**
   * Its first rows and columns row-major (at most 12 × 12; 1-d as one row; the first plane of more dimensions), as
   * Python prints single elements.
   */
  cells: { rows: number; columns: number; text: string[] };
  /** Down-sampled for a heat map (at most 96 × 96), null for 0-d, empty, and more than two dimensions. */
  map: { rows: number; columns: number; values: Float32Array } | null;
}

export interface PythonError {
  /** "ZeroDivisionError" */
  type: string;
  message: string;
  /** What CPython prints, the person's lines named as `<cell 3>` or, of the prompt, `<console 3>`. */
  traceback: string;
  /** 1-based line of the cell's own code nearest to the error, null when there is none. */
  line: number | null;
}

/** What a cell puts out while it runs, in order. */
export type PythonOutput =
  /** Text of neighbouring outputs of one stream belongs together. */
  | { kind: 'stream'; stream: 'stdout' | 'stderr'; text: string }
  /** `display(x)`, `plt.show()` */
  | { kind: 'display'; data: PythonDisplay }
  /** The value of the cell's last expression. */
  | { kind: 'result'; data: PythonDisplay }
  | { kind: 'error'; error: PythonError }
  /** `clear_output(wait)`: outputs so far go away, at once or when the next one comes. */
  | { kind: 'clear'; wait: boolean }
  /** `input(prompt)` waits for `python.input_reply` with this number; `secret`: getpass. */
  | ({ kind: 'input' } & WaitingInput);

export interface PythonRun {
  status: 'ok' | 'error' | 'interrupted';
  execution_count: number;
  /** Time of the person's code alone, waiting for `input()` included. */
  elapsed_ms: number;
  error: PythonError | null;
  /** True when the notebook holds the outputs. */
  kept: boolean;
  /** Names of the workspace that the cell made, changed or took away. */
  created: string[];
  changed: string[];
  deleted: string[];
  /** Arrays that the cell named and the workspace cannot hold, with what keeps them in Python: "float16", "4 axes". */
  apart: { name: string; what: string }[];
}

export interface PythonCompletion {
  /** What replaces the code from `start` to `end`. */
  text: string;
  kind: 'array' | 'variable' | 'function' | 'class' | 'module' | 'attribute' | 'keyword' | 'file' | 'argument';
  /** Signature, or type and shape: "(a, axis=None)", "float64 (3, 3)"; empty when there is nothing to say. */
  detail: string;
}

export interface PythonInspection {
  found: boolean;
  /** The name looked at: "np.linalg.svd". */
  name: string;
  /** "svd(a, full_matrices=True, compute_uv=True, hermitian=False)", null for what is not called. */
  signature: string | null;
  /** Names of the parameters in order, and the one the cursor stands in, for signature help. */
  parameters: string[];
  active: number | null;
  docstring: string;
  /** Type and value in short: "float64 (3, 3)", "int 5". */
  value: string;
}

export interface PythonStatus {
  /** `off` before its first use; `failed`: it does not start here, `error` says why. */
  state: 'off' | 'starting' | 'idle' | 'busy' | 'failed';
  /** Number of the last cell. */
  execution_count: number;
  error: ErrorValue | null;
  /** The cell of a notebook that runs now, and what it waits for in `input()`. */
  running: (CellPlace & { elapsed_ms: number; input: WaitingInput | null }) | null;
  /** The cells of notebooks whose turn comes after it, in order. */
  waiting: CellPlace[];
}

/** A line that Python's `input()` waits for; `secret`: getpass. */
export interface WaitingInput {
  input: number;
  prompt: string;
  secret: boolean;
}

// ---------------------------------------------------------------- requests

export interface Request<Args, Reply, Partial = never> {
  args: Args;
  reply: Reply;
  /** Intermediate answers of a job, in order, each replacing the one before. */
  partial: Partial;
}

/** Every request the page can make. Those in `jobNames` run on the crunch thread, the rest on the desk. */
export interface Requests {
  'system.info': Request<Record<string, never>, SystemInfo>;

  'workspace.state': Request<Record<string, never>, WorkspaceState>;
  /** Typed text to an array: "1 2; 3 4", "[[1, 2], [3, 4]]", pasted tab-separated cells; 1e3, 2/3, pi, 1+2j, nan, inf. */
  'workspace.create': Request<{ text: string; name?: string; dtype?: DType }, Variable>;
  /** The same text read as `workspace.create` would read it, without keeping it: for previews and for single cells. */
  'workspace.parse': Request<
    { text: string; dtype?: DType },
    { shape: number[]; dtype: DType; values: Float64Array; imag: Float64Array | null }
  >;
  /** zeros, ones, eye or random (seeded) of a shape. */
  'workspace.generate': Request<
    {
      what: 'zeros' | 'ones' | 'eye' | 'random' | 'randn' | 'hilbert';
      shape: [number, number];
      seed?: number;
      name?: string;
    },
    Variable
  >;
  'workspace.rename': Request<{ id: ArrayId; name: string }, Variable>;
  'workspace.duplicate': Request<{ id: ArrayId }, Variable>;
  'workspace.delete': Request<{ id: ArrayId }, null>;
  /** Removes everything, as one step that Undo brings back. */
  'workspace.clear': Request<Record<string, never>, null>;
  /** Hidden results become named variables; names that are taken get a number. */
  'workspace.keep': Request<{ items: { id: ArrayId; name: string }[]; origin: string }, Variable[]>;
  'workspace.undo': Request<Record<string, never>, { label: string | null }>;
  'workspace.redo': Request<Record<string, never>, { label: string | null }>;

  /** Cells of a rectangle, row-major; `imag` for complex, `text` where a float64 cannot hold the value (int64). */
  'array.cells': Request<
    { id: ArrayId; region: Region; plane?: number },
    { version: number; values: Float64Array; imag: Float64Array | null; text: string[] | null }
  >;
  /**
   * Writes a rectangle (one cell, a paste, a fill), one step of Undo; values are cast as NumPy assignment does. Writes
   * of one `gesture` into one rectangle (a value that is dragged) are one step together.
   */
  'array.set_cells': Request<
    { id: ArrayId; region: Region; plane?: number; values: Float64Array; imag?: Float64Array; gesture?: string },
    { version: number }
  >;
  /** np.insert / np.delete of whole rows (axis 0) or columns (axis 1); inserted cells are 0. */
  'array.insert': Request<{ id: ArrayId; axis: 0 | 1; index: number; count: number }, Variable>;
  'array.delete': Request<{ id: ArrayId; axis: 0 | 1; index: number; count: number }, Variable>;
  'array.rename_column': Request<{ id: ArrayId; column: number; name: string }, Variable>;
  /** Numbers about a selection. NaN cells are counted and left out of the rest. */
  'array.statistics': Request<
    { id: ArrayId; region: Region; plane?: number },
    { count: number; nan: number; sum: number; mean: number; std: number; min: number; max: number }
  >;
  /** Limits for colour scales. `exact` is false while only a sample was looked at. */
  'array.range': Request<
    { id: ArrayId; plane?: number },
    { version: number; min: number; max: number; absmax: number; nan: number; inf: number; exact: boolean }
  >;
  /**
   * A region down-sampled to width × height values (row-major). `mean` averages the cells under each pixel,
   * `absmax` keeps the one of largest magnitude. NaN where every cell is NaN. `exact` false: cells were sampled,
   * ask again. Of complex numbers one part is taken, the magnitude when none is named.
   */
  'array.tile': Request<
    {
      id: ArrayId;
      region: Region;
      width: number;
      height: number;
      reduce: 'mean' | 'absmax';
      plane?: number;
      part?: ComplexPart;
    },
    { version: number; width: number; height: number; values: Float32Array; exact: boolean }
  >;
  /** A small picture for lists: values with symmetric limits for matrices, RGBA for pictures. */
  'array.thumbnail': Request<
    { id: ArrayId; width: number; height: number },
    {
      version: number;
      width: number;
      height: number;
      values: Float32Array | null;
      limit: number;
      rgba: Uint8Array | null;
    }
  >;
  'array.inspect': Request<{ id: ArrayId }, Inspection, Inspection>;

  /** Reduced SVD; large matrices answer first with a randomised one as a partial. Refuses NaN and Inf, naming the cell. */
  'linalg.svd': Request<{ a: ArrayId; full_matrices?: boolean }, SvdResult, SvdResult>;
  /**
   * A_k (or A − A_k) down-sampled to width × height, at once, for sliders. Of complex matrices one part is shown, the
   * magnitude when none is named.
   */
  'svd.preview': Request<
    {
      factor: FactorId;
      k: number;
      region: Region;
      width: number;
      height: number;
      residual: boolean;
      part?: ComplexPart;
    },
    { k: number; width: number; height: number; values: Float32Array; absmax: number }
  >;
  /** The full-size A_k (or A − A_k) as a variable. */
  'svd.rebuild': Request<{ factor: FactorId; k: number; residual: boolean; name: string }, Variable>;

  /** The picture itself down-sampled to width × height RGBA. */
  'image.view': Request<
    { id: ArrayId; region: Region; width: number; height: number },
    { version: number; width: number; height: number; rgba: Uint8Array }
  >;
  /** SVD per channel: a randomised partial within about a second, then the exact one. */
  'image.factor': Request<{ id: ArrayId; mode: ColourMode }, ImageFactorResult, ImageFactorResult>;
  /** The rank-k picture (or 8 × its difference from the original, on grey) down-sampled, at once, for sliders. */
  'image.preview': Request<
    { factor: FactorId; k: number; region: Region; width: number; height: number; difference: boolean },
    { k: number; width: number; height: number; rgba: Uint8Array }
  >;
  /** Full-resolution quality of the rank-k picture, after rounding to 8 bits. */
  'image.quality': Request<{ factor: FactorId; k: number }, { psnr: number; mse: number }>;
  /**
   * PSNR of a JPEG of so many bytes. Its quality is a whole number, and one step may add a quarter of the size: between
   * the two `qualities` on either side the PSNR is interpolated over log(bytes). Both are the same, and `bytes` are its
   * own, where the size lies beyond the smallest or the largest JPEG.
   */
  'image.jpeg_of_size': Request<
    { id: ArrayId; bytes: number },
    { bytes: number; psnr: number; qualities: [number, number] }
  >;
  /** The full-resolution rank-k picture as a variable. */
  'image.rebuild': Request<{ factor: FactorId; k: number; name: string }, Variable>;
  /** The full-resolution rank-k picture into a file the person chose. */
  'image.save': Request<{ factor: FactorId; k: number; target: FileId; format: 'png' | 'jpeg' }, Saved>;

  /** Opens a granted file by its content: a table gives a preview to confirm, a picture, .npy, .npz or .mtx a variable. */
  'io.open': Request<{ file: FileId; max_pixels?: number }, Opened>;
  'io.preview': Request<{ file: FileId; options: Partial<TableOptions> }, TablePreview>;
  'io.import': Request<{ file: FileId; options: TableOptions; name: string }, Variable>;
  'io.save': Request<{ id: ArrayId; target: FileId; format: 'csv' | 'tsv' | 'npy' | 'npz' | 'mtx' | 'png' }, Saved>;
  /** A picture the page drew (a heat map as it is shown), as the bytes of a PNG, into a file the person chose. */
  'io.save_picture': Request<{ target: FileId; png: Uint8Array }, Saved>;

  /** Text the page composed (a notebook as a web page), into a file the person chose. */
  'io.save_text': Request<{ target: FileId; text: string }, Saved>;

  'notebook.list': Request<Record<string, never>, NotebookInfo[]>;
  'notebook.read': Request<{ id: string }, Notebook>;
  'notebook.create': Request<{ name?: string; cells?: NotebookCell[] }, Notebook>;
  /**
   * What changed in the cells and the order of all, against the revision `base` that the page has seen; answers when
   * the disk holds it. Cells that other windows added since stay; a text that another one wrote meanwhile stays, too, as
   * a cell of its own below. The other windows are told by `notebook.changed`.
   */
  'notebook.write': Request<{ id: string; base: number; order: string[]; cells: CellPatch[] }, { revision: number }>;
  /** What happened since a revision, for a page that was away. `restarted`: the process did not live then. */
  'notebook.changes': Request<{ id: string; since: number }, NotebookChange & { restarted: boolean }>;
  'notebook.rename': Request<{ id: string; name: string }, NotebookInfo>;
  /** Takes it out of the session; `notebook.reopen` brings it back while the process lives. */
  'notebook.close': Request<{ id: string }, null>;
  'notebook.reopen': Request<{ id: string }, Notebook>;
  /** A granted `.ipynb`, or a `.py` with `# %%` cells, as a notebook of the session. */
  'notebook.import': Request<{ file: FileId }, Notebook>;
  /** Into a target; one that is the person's own file is the notebook's file from then on. */
  'notebook.save': Request<{ id: string; target: FileId; format: NotebookFormat }, Saved>;
  /**
   * Into the notebook's own file, unless another program wrote it meanwhile and `force` is not given. A file that is
   * gone is made anew, and `gone` says so.
   */
  'notebook.save_own': Request<{ id: string; force?: boolean }, { state: NotebookFileState; name: string }>;
  'notebook.file_state': Request<{ id: string }, { state: NotebookFileState; name: string }>;
  /** What its own file holds now takes the place of the cells; all windows are told. */
  'notebook.reload': Request<{ id: string }, { name: string; notes: string[] }>;

  'samples.list': Request<Record<string, never>, Sample[]>;
  'samples.open': Request<{ name: string }, Variable>;
  /** A sample before it is opened, as `array.thumbnail` would show it; at most 100,000 pixels. */
  'samples.thumbnail': Request<
    { name: string; width: number; height: number },
    { width: number; height: number; values: Float32Array | null; limit: number; rgba: Uint8Array | null }
  >;

  /** Loads Python ahead of the first cell, for a page that is about to need it; answers once it stands. */
  'python.start': Request<Record<string, never>, PythonStatus>;
  /**
   * Runs code in the session's one namespace; arrays of the workspace are variables there. What it puts out comes as
   * partials, each a batch to append. An error of the code is a reply with `status`, not a failed request. `console`
   * code is one entry at a prompt: every expression's value is shown, and nothing when it is None. What the code of a
   * notebook's cell puts out is kept there as it comes, also when the page that asked is gone.
   *
   * Code waits for what was asked before it; the first partial, an empty one, says that its turn has come. Of cells with
   * one `row`, such as Run all, those behind one that fails or is stopped are cancelled.
   */
  'python.run': Request<
    { code: string; mode: 'cell' | 'console'; cell?: CellPlace; row?: string },
    PythonRun,
    PythonOutput[]
  >;
  /**
   * Stops what Python runs, as Ctrl-C does: its `python.run` answers with `interrupted`; cells that wait are cancelled. Code that does not heed it
   * within a second costs the process; the workspace comes back. Cancelling the `python.run` itself does the same.
   */
  'python.interrupt': Request<Record<string, never>, { interrupted: boolean }>;
  /** `value` null: end of file. */
  'python.input_reply': Request<{ input: number; value: string | null }, null>;
  /** Forgets every name that is not an array of the workspace, and every imported module of the person's. */
  'python.reset': Request<Record<string, never>, PythonStatus>;
  /** Whether code can stand as it is, or wants more lines, as Enter in a console asks. */
  'python.complete_code': Request<{ code: string }, { state: 'complete' | 'incomplete' | 'invalid'; indent: string }>;
  /** `cursor` counts UTF-16 units, as JavaScript does. `busy`: Python runs a cell, there was no time to look. */
  'python.complete': Request<
    { code: string; cursor: number },
    { start: number; end: number; matches: PythonCompletion[]; busy: boolean }
  >;
  'python.inspect': Request<{ code: string; cursor: number }, PythonInspection & { busy: boolean }>;
  'python.status': Request<Record<string, never>, PythonStatus>;

  /**
   * Makes `name` the value of a Python expression over the workspace, from now on: a new variable, or one that is there.
   * Refuses circles, naming them, and expressions that are not one. An error of the value itself is kept in the
   * variable's formula when it has a value already.
   */
  'formula.set': Request<{ name: string; code: string }, Variable>;
  /** The variable stays with the value it has. */
  'formula.clear': Request<{ id: ArrayId }, Variable>;
}

export type RequestName = keyof Requests;
export type Args<N extends RequestName> = Requests[N]['args'];
export type Reply<N extends RequestName> = Requests[N]['reply'];
export type PartialReply<N extends RequestName> = Requests[N]['partial'];

/** Requests that may take long: they run on the crunch thread, report progress and can be cancelled. */
export const jobNames = [
  'array.inspect',
  'linalg.svd',
  'svd.rebuild',
  'image.factor',
  'image.quality',
  'image.jpeg_of_size',
  'image.rebuild',
  'image.save',
  'io.open',
  'io.preview',
  'io.import',
  'io.save',
  'samples.open',
  'samples.thumbnail',
  'workspace.generate',
  'python.run',
  'formula.set',
] as const satisfies readonly RequestName[];

/** Jobs nobody asked for by name: shown quietly, give way to those a person started. */
export const backgroundJobNames = [
  'array.inspect',
  'image.quality',
  'image.jpeg_of_size',
  'samples.thumbnail',
] as const satisfies readonly RequestName[];

// ---------------------------------------------------------------- events and messages

export interface Progress {
  /** The request it belongs to, as numbered by the page that made it. */
  request: number;
  name: RequestName;
  /** For people: "SVD of iris". */
  title: string;
  /** What it is doing: "reading", "first answer", "factoring", "writing". */
  phase: string;
  /** 0 to 1, or null for "working". */
  fraction: number | null;
  elapsed_ms: number;
  /** Estimated milliseconds left, null when unknown. */
  left_ms: number | null;
  background: boolean;
}

export interface Events {
  'workspace.changed': WorkspaceState;
  'notebooks.changed': { notebooks: NotebookInfo[] };
  /** Another window, or a cell that runs, changed a notebook. */
  'notebook.changed': NotebookChange;
  /** The jobs running and waiting, in order; sent on every change and about four times a second while one runs. */
  'jobs.changed': { jobs: Progress[] };
  'python.changed': PythonStatus;
  /** Something a person should know, not tied to a request: the journal's disk is full, a file could not be restored. */
  notice: { tone: 'info' | 'warn' | 'error'; title: string; text: string };
}

export type EventName = keyof Events;

/** Why the compute process started again. */
export interface Restart {
  reason: 'cancelled' | 'crashed' | 'killed' | 'out-of-memory';
  /** The job that was running, for people; null when idle. */
  job: string | null;
  /** Variables that came back. */
  restored: number;
  lost: string[];
}

export type PageMessage =
  { kind: 'request'; id: number; name: RequestName; args: unknown } | { kind: 'cancel'; id: number };

export type ComputeMessage =
  /** First message on every connection. */
  | { kind: 'hello'; session: string; restart: Restart | null; opened: { file: FileId; name: string }[] }
  | { kind: 'reply'; id: number; ok: true; value: unknown }
  | { kind: 'reply'; id: number; ok: false; error: ErrorValue }
  | { kind: 'partial'; id: number; value: unknown }
  | { kind: 'event'; name: EventName; data: unknown };

/** A connection that carries messages whole and in order, whatever lies below. */
export interface Channel<In, Out> {
  post(message: Out): void;
  onmessage: ((message: In) => void) | null;
  onclose: (() => void) | null;
  close(): void;
}
