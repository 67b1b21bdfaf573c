/** Cut, copy and paste from a menu, and what a paste becomes that no view wanted. */
import { AppError } from '#shared/errors.ts';
import { compute } from '../compute-client.ts';
import { notices } from '../state/notices.svelte.ts';
import { opening } from '../state/opening.svelte.ts';
import { workspace } from '../state/workspace.svelte.ts';

/** Longer texts go the way of files, with progress and Cancel. */
const longestTyped = 200_000;

/** Sends a cut or a copy to whatever has the focus, as its keys would. */
export async function sendToFocus(what: 'cut' | 'copy'): Promise<void> {
  const data = new DataTransfer();
  const target = document.activeElement ?? document.body;
  const event = new ClipboardEvent(what, { clipboardData: data, bubbles: true, cancelable: true });
  if (target.dispatchEvent(event)) {
    // Nobody took it: then it is selected text.
    document.execCommand(what);
    return;
  }
  const types = ['text/plain', 'text/html'].filter((type) => data.types.includes(type));
  const parts = types.map((type) => [type, new Blob([data.getData(type)], { type })] as const);
  if (parts.length > 0) await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(parts))]);
}

/** Sends what the clipboard holds to whatever has the focus, as Ctrl+V would. */
export async function pasteToFocus(): Promise<void> {
  const data = new DataTransfer();
  try {
    for (const item of await navigator.clipboard.read()) {
      for (const type of item.types) {
        const blob = await item.getType(type);
        if (type.startsWith('text/')) data.setData(type, await blob.text());
        else data.items.add(new File([blob], `pasted.${type.split('/').at(-1) ?? 'bin'}`, { type }));
      }
    }
  } catch {
    throw new AppError('io', 'The clipboard may not be read from a menu here', { hint: 'Press Ctrl V instead.' });
  }
  const target = document.activeElement ?? document.body;
  target.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
}

/** A paste nobody took: files and pictures are opened, text becomes a matrix, or a table to import. */
export async function openPasted(data: DataTransfer): Promise<void> {
  const files = [...data.files];
  if (files.length > 0) {
    opening.take(files.map(named));
    return;
  }
  const text = data.getData('text/plain');
  if (text.trim() === '') return;
  if (text.length <= longestTyped) {
    try {
      const variable = await compute('workspace.create', { text });
      workspace.select(variable.id);
      notices.say({ title: `Pasted as ${variable.name}` });
      return;
    } catch (thrown) {
      if (!(thrown instanceof AppError) || !['parse', 'value', 'shape'].includes(thrown.code)) throw thrown;
    }
  }
  const name = text.includes('\t') ? 'pasted.tsv' : 'pasted.csv';
  opening.take([new File([text], name, { type: 'text/plain' })]);
}

/** Screenshots on a clipboard are all called image.png. */
function named(file: File): File {
  return file.name === 'image.png' ? new File([file], 'pasted.png', { type: file.type }) : file;
}
