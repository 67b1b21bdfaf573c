/**
 * Files opened lately in the browser window. A browser does not tell where a file lies, so an upload can be
 * opened again only from a kept copy: small ones are kept, linked rather than copied where the disk allows.
 * The title says so, because the person's own file may have changed since. Files named on the command line
 * are remembered by their path and read afresh.
 */
import {
  copyFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { FileId } from '#shared/contract.ts';
import type { Grant } from '#shared/control.ts';
import { newFileId } from './grants.ts';

interface Entry {
  name: string;
  /** Where the person's file lies, when known; otherwise null and `copy` names the kept one. */
  path: string | null;
  copy: string | null;
  size: number;
  /** When it was opened, milliseconds. */
  at: number;
}

const copyName = /^[\w-]{24}$/;
const mostEntries = 10;
const largestCopy = 32 * 1024 * 1024;
const largestTotal = 128 * 1024 * 1024;

export class RecentFiles {
  readonly #folder: string;
  readonly #list: string;
  /** Handles given out, by path: asking for the list again gives the same ones. */
  readonly #handles = new Map<string, FileId>();

  constructor(data: string) {
    this.#folder = join(data, 'recent');
    this.#list = join(this.#folder, 'recent.json');
  }

  /** Puts a file first; the one of the same name and place before it goes. Never fails: it is a convenience. */
  remember(grant: Grant, path: string | null = null): void {
    try {
      if (path === null && grant.size > largestCopy) return;
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      const copy = path === null ? newFileId() : null;
      if (copy !== null) this.#keep(grant.path, join(this.#folder, copy));
      const entry: Entry = { name: grant.name, path, copy, size: grant.size, at: Date.now() };
      const others = this.#read().filter((other) => other.path !== path || other.name !== grant.name);
      this.#write([entry, ...others]);
    } catch {
      // Without room or rights the list stays as it is.
    }
  }

  /** The files that can still be opened, newest first, each with a title for the menu. */
  grants(): { grant: Grant; title: string }[] {
    return this.#read().flatMap((entry) => {
      const path = entry.path ?? join(this.#folder, entry.copy ?? '');
      const stat = statSync(path, { throwIfNoEntry: false });
      if (!stat?.isFile()) return [];
      const file = this.#handles.get(path) ?? newFileId();
      this.#handles.set(path, file);
      const grant: Grant = { file, path, name: entry.name, size: stat.size, write: false, own: entry.path !== null };
      const day = new Date(entry.at).toLocaleString('en-GB', {
        day: 'numeric',
        month: 'short',
        hour: '2-digit',
        minute: '2-digit',
      });
      return [{ grant, title: entry.path === null ? `${entry.name} (copy of ${day})` : entry.name }];
    });
  }

  #keep(from: string, to: string): void {
    try {
      linkSync(from, to);
    } catch {
      copyFileSync(from, to);
    }
  }

  #read(): Entry[] {
    try {
      const list: unknown = JSON.parse(readFileSync(this.#list, 'utf8'));
      if (!Array.isArray(list)) return [];
      return (list as Partial<Entry>[]).filter(
        (entry): entry is Entry =>
          typeof entry.name === 'string' &&
          (typeof entry.path === 'string' || (typeof entry.copy === 'string' && copyName.test(entry.copy))),
      );
    } catch {
      return [];
    }
  }

  #write(entries: Entry[]): void {
    const kept: Entry[] = [];
    let total = 0;
    for (const entry of entries) {
      const cost = entry.copy === null ? 0 : entry.size;
      if (kept.length < mostEntries && total + cost <= largestTotal) {
        kept.push(entry);
        total += cost;
      }
    }
    const temporary = `${this.#list}.${process.pid}`;
    writeFileSync(temporary, JSON.stringify(kept), { mode: 0o600 });
    renameSync(temporary, this.#list);
    const copies = new Set(kept.map((entry) => entry.copy));
    for (const name of readdirSync(this.#folder)) {
      if (copyName.test(name) && !copies.has(name)) rmSync(join(this.#folder, name), { force: true });
    }
  }
}
