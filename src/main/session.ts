/** The session folder of one window: the journal's arrays, and files on their way in and out. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type HeldFolder, holdFolder, holdLatest, waitForOrphans } from './held-folder.ts';

export interface Session {
  readonly folder: string;
  /** Uploads of the browser window wait here to be read. */
  readonly incoming: string;
  /** Results wait here to be downloaded. */
  readonly outgoing: string;
  readonly sharedWith: (pid: number | null) => void;
  /** Lets go; a session in which nothing is left is removed. */
  close(): void;
}

function newName(): string {
  const now = new Date().toISOString().replace(/\D/g, '');
  return `${now.slice(0, 8)}-${now.slice(8, 14)}-${randomBytes(3).toString('hex')}`;
}

function usedAt(folder: string): number | null {
  const changed = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  // Every writing of a notebook puts a new file into its folder.
  const written = Math.max(changed(join(folder, 'journal.json')), changed(join(folder, 'notebooks')));
  return written || changed(folder) || null;
}

/** True when there are neither arrays nor notebooks, whole or set aside. */
function isEmpty(folder: string): boolean {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return !names.some((name) => /\.(?:npy|ipynb)(?:\.damaged)?$/.test(name));
}

/**
 * Opens the session in `chosen`, or the last one under `data` that no window holds, or a new one.
 * @throws AppError `io` when the folder is held by another window or cannot be written.
 */
export function openSession(data: string, chosen: string | null): Session {
  waitForOrphans(chosen === null ? join(data, 'sessions') : dirname(resolve(chosen)));
  const held: HeldFolder =
    chosen === null ? holdLatest(join(data, 'sessions'), usedAt, newName) : holdFolder(resolve(chosen));
  const incoming = join(held.folder, 'incoming');
  const outgoing = join(held.folder, 'outgoing');
  const clear = () => {
    for (const folder of [incoming, outgoing]) rmSync(folder, { recursive: true, force: true });
  };
  clear();
  for (const folder of [incoming, outgoing]) mkdirSync(folder, { mode: 0o700 });
  return {
    folder: held.folder,
    incoming,
    outgoing,
    sharedWith: held.sharedWith,
    close() {
      try {
        clear();
        if (chosen === null && isEmpty(held.folder)) rmSync(held.folder, { recursive: true, force: true });
      } finally {
        held.release();
      }
    },
  };
}
