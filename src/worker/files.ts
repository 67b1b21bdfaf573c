import type { FileId } from '#shared/contract.ts';
import type { Grant } from '#shared/control.ts';
import { AppError } from '#shared/errors.ts';

/** How long a page's request waits for main's word about its file: they come by different ways. */
const patienceMs = 1000;

/** The files a person gave: pages only ever hold their ids. */
export class Files {
  readonly #grants = new Map<FileId, Grant>();
  readonly #awaited = new Map<FileId, Set<() => void>>();

  grant(grant: Grant): void {
    this.#grants.set(grant.file, grant);
    for (const arrived of this.#awaited.get(grant.file) ?? []) arrived();
  }

  revoke(file: FileId): void {
    this.#grants.delete(file);
  }

  /** @throws AppError 'io' when nobody granted it. */
  readable(file: unknown): Promise<Grant> {
    return this.#find(file, 'file');
  }

  /** @throws AppError 'io' when it was not granted for writing. */
  async writable(target: unknown): Promise<Grant> {
    const grant = await this.#find(target, 'target');
    if (!grant.write) throw new AppError('io', `${grant.name} was opened for reading only`, { argument: 'target' });
    return grant;
  }

  all(): Grant[] {
    return [...this.#grants.values()];
  }

  find(file: FileId): Grant | undefined {
    return this.#grants.get(file);
  }

  async #find(file: unknown, argument: string): Promise<Grant> {
    if (typeof file === 'string' && !this.#grants.has(file)) await this.#arrival(file);
    const grant = typeof file === 'string' ? this.#grants.get(file) : undefined;
    if (grant === undefined) {
      throw new AppError('io', 'This file is no longer available', { argument, hint: 'Open it again.' });
    }
    return grant;
  }

  async #arrival(file: FileId): Promise<void> {
    const waiting = this.#awaited.get(file) ?? new Set();
    this.#awaited.set(file, waiting);
    let arrived: () => void = () => undefined;
    await new Promise<void>((resolve) => {
      arrived = resolve;
      waiting.add(arrived);
      setTimeout(resolve, patienceMs);
    });
    waiting.delete(arrived);
    if (waiting.size === 0) this.#awaited.delete(file);
  }
}

/** An error of the file system in a person's words. */
export function fileError(error: unknown, name: string, doing: 'read' | 'write'): AppError {
  if (error instanceof AppError) return error;
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  const known: Record<string, [message: string, hint: string]> = {
    ENOENT: [`${name} is not there any more`, 'It was moved or deleted after it was chosen.'],
    EACCES: [`${name} may not be ${doing === 'read' ? 'read' : 'written'}`, 'Check its permissions.'],
    EPERM: [`${name} may not be ${doing === 'read' ? 'read' : 'written'}`, 'Check its permissions.'],
    EROFS: [`${name} lies on a read-only disk`, 'Choose another folder.'],
    EISDIR: [`${name} is a folder`, 'Choose a file.'],
    ENOSPC: ['The disk is full', `${name} was not written. Make room, or choose another disk.`],
    EDQUOT: ['The disk quota is used up', `${name} was not written.`],
    EMFILE: ['Too many files are open', 'Try again.'],
  };
  const [message, hint] = known[code] ?? [
    `${name} could not be ${doing === 'read' ? 'read' : 'written'}: ${error instanceof Error ? error.message : String(error)}`,
    'Try again, or choose another file.',
  ];
  return new AppError('io', message, { argument: doing === 'read' ? 'file' : 'target', hint, cause: error });
}
