/** A notebook into files: Jupyter's, a Python script, a page for anybody, paper. */
import type { FileFilter } from '#shared/shell.ts';
import { compute } from '../compute-client.ts';
import { shell } from '../shell.ts';
import { notices } from '../state/notices.svelte.ts';
import type { NotebookModel } from './notebook-model.svelte.ts';

export type NotebookSaveFormat = 'ipynb' | 'py' | 'html';

const filters: Record<NotebookSaveFormat, FileFilter> = {
  ipynb: { name: 'Jupyter notebook', extensions: ['ipynb'] },
  py: { name: 'Python with # %% cells', extensions: ['py'] },
  html: { name: 'Web page', extensions: ['html'] },
};

/** Asks where to and writes it; what is on its way to the session is written first. */
export async function saveNotebook(notebook: NotebookModel, format: NotebookSaveFormat): Promise<void> {
  const chosen = await shell.chooseSave(`${fileName(notebook.name)}.${format}`, [filters[format]]);
  if (chosen === null) return;
  await notebook.flush();
  const { target } = chosen;
  const saved =
    format === 'html'
      ? await compute('io.save_text', { target, text: await notebookPage(notebook) })
      : await compute('notebook.save', { id: notebook.id, target, format });
  await shell.finishSave(target, saved.name);
  notices.say({ title: `Saved ${saved.name}` });
}

async function notebookPage(notebook: NotebookModel): Promise<string> {
  const { exportHtml } = await import('./export-html.ts');
  return exportHtml(notebook.name, notebook.cells);
}

/** The system's own dialog for paper and PDF, with the notebook alone on the page. */
export async function printNotebook(notebook: NotebookModel): Promise<void> {
  const { printHtml } = await import('./export-html.ts');
  printHtml(await notebookPage(notebook));
}

const fileName = (name: string): string => name.replace(/[\\/:*?"<>|]+/g, '-').slice(0, 100) || 'notebook';
