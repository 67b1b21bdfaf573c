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

/** The system's own dialog for paper (in a browser for PDF, too), with the notebook alone on the page. */
export async function printNotebook(notebook: NotebookModel): Promise<void> {
  const takeBack = await layOutNotebook(notebook);
  addEventListener('afterprint', takeBack, { once: true });
  // Browsers suggest the title as the name of the file.
  const { title } = document;
  document.title = notebook.name;
  print();
  document.title = title;
}

/** A PDF without a dialog for paper, where the window can write one. */
export async function savePdf(notebook: NotebookModel, write: NonNullable<typeof shell.savePdf>): Promise<void> {
  const takeBack = await layOutNotebook(notebook);
  try {
    const name = await write(`${fileName(notebook.name)}.pdf`);
    if (name !== null) notices.say({ title: `Saved ${name}` });
  } finally {
    takeBack();
  }
}

async function layOutNotebook(notebook: NotebookModel): Promise<() => void> {
  const { layOut } = await import('./export-html.ts');
  return layOut(await notebookPage(notebook));
}

const fileName = (name: string): string => name.replace(/[\\/:*?"<>|]+/g, '-').slice(0, 100) || 'notebook';
