/** Notebooks as they cross between page and compute process: nbformat's own shapes, with texts in one piece. */

export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

export type CellType = 'code' | 'markdown' | 'raw';

/** An output as nbformat 4 writes it: `stream`, `display_data`, `execute_result`, `error`, or one we do not know. */
export interface NotebookOutput extends JsonObject {
  output_type: string;
}

export interface NotebookCell {
  /** As nbformat 4.5 asks: 1 to 64 letters, digits, - and _; unique in its notebook. */
  id: string;
  type: CellType;
  source: string;
  execution_count: number | null;
  outputs: NotebookOutput[];
  metadata: JsonObject;
  /** Pictures of a Markdown cell: by name, by media type. */
  attachments: JsonObject | null;
}

export interface NotebookInfo {
  id: string;
  name: string;
  /** Name of the person's own file that saving writes again; null for a notebook that lies in the session alone. */
  file: string | null;
}

/** What became of a notebook's file: nothing, another program wrote it, it is gone; `none` when there is no file. */
export type NotebookFileState = 'same' | 'changed' | 'gone' | 'none';

/** The fields given replace those the cell has; of a cell that is new all are given. */
export type CellPatch = Partial<NotebookCell> & { id: string };

/** What became of a notebook since a revision: the order of all cells, and those that are new or different. */
export interface NotebookChange {
  id: string;
  revision: number;
  order: string[];
  cells: NotebookCell[];
}

/** A cell of a notebook of the session. */
export interface CellPlace {
  notebook: string;
  cell: string;
}

export interface Notebook extends NotebookInfo {
  /** Grows with every change of the cells, whoever made it. */
  revision: number;
  cells: NotebookCell[];
  metadata: JsonObject;
  /** What could not be taken over from a file, in words. */
  notes: string[];
}

export type NotebookFormat = 'ipynb' | 'py';

/** Our own media type: an array of the workspace with a small picture of its values (text/plain stands beside it). */
export const arrayMediaType = 'application/vnd.eigenscope.array.v1+json';
export const plotlyMediaType = 'application/vnd.plotly.v1+json';
