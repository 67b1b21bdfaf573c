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

/** Into its own file, where it has one; otherwise asks where to. */
export async function saveAgain(notebook: NotebookModel, force = false): Promise<void> {
  await notebook.flush();
  const { state, name } = await compute('notebook.save_own', { id: notebook.id, force });
  const subject = `notebook-file-${notebook.id}`;
  if (state === 'none') await saveNotebook(notebook, 'ipynb');
  else if (state === 'changed') {
    notices.say({
      tone: 'warn',
      subject,
      title: `${name} was not saved`,
      text: 'Another program changed the file since it was opened here.',
      action: { label: 'Save over it', run: () => void saveAgain(notebook, true).catch(failed(notebook)) },
    });
  } else {
    notices.dismissSubject(subject);
    const text = state === 'gone' ? 'The file was gone; it was made anew where it was.' : '';
    notices.say({ title: `Saved ${name}`, text });
  }
}

const failed = (notebook: NotebookModel) => (thrown: unknown) => notices.fail(`${notebook.name} was not saved`, thrown);

/** What was said last about the file of each notebook: nothing is said twice. */
const told = new Map<string, string>();

/** Looks whether another program changed or took away the file of a notebook, and says so. */
export async function watchFile(notebook: NotebookModel): Promise<void> {
  const { state, name } = await compute('notebook.file_state', { id: notebook.id });
  const before = told.get(notebook.id);
  told.set(notebook.id, state);
  if (state === before || state === 'same' || state === 'none') return;
  const subject = `notebook-file-${notebook.id}`;
  if (state === 'gone') {
    notices.say({
      tone: 'warn',
      subject,
      title: `${name} is not there any more`,
      text: 'It was moved or deleted. The notebook is kept here; saving makes the file anew.',
    });
    return;
  }
  notices.say({
    tone: 'warn',
    subject,
    title: `${name} was changed by another program`,
    text: 'Reload shows what it holds now, in place of what is here. Closing this note keeps what is here.',
    action: {
      label: 'Reload',
      run: () => {
        reload(notebook).catch((thrown: unknown) => notices.fail(`${name} could not be reloaded`, thrown));
      },
    },
  });
}

async function reload(notebook: NotebookModel): Promise<void> {
  await notebook.flush();
  const { name, notes } = await compute('notebook.reload', { id: notebook.id });
  told.delete(notebook.id);
  notices.say({ title: `Reloaded ${name}`, text: notes.join(' ') });
}

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
