/** Files of a person that stay where they are while they are worked on: seen to change, and written again. */
import { constants } from 'node:fs';
import { access, chmod, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { AppError } from '#shared/errors.ts';
import { fileError } from './files.ts';

/** A file as it was when it was read or written last. */
export interface OwnFile {
  path: string;
  name: string;
  /** Changes whenever another program writes it. */
  stamp: string;
}

/** What became of a file since: nothing, it was written by another program, or it is not there any more. */
export type FileFate = 'same' | 'changed' | 'gone';

/** @throws AppError 'io' when it cannot be looked at. */
export async function ownFile(path: string, name: string): Promise<OwnFile> {
  return { path, name, stamp: await stampOf(path, name) };
}

/** @throws AppError 'io' when it cannot be looked at for another reason than being gone. */
export async function fateOf({ path, name, stamp }: OwnFile): Promise<FileFate> {
  try {
    return (await stampOf(path, name)) === stamp ? 'same' : 'changed';
  } catch (error) {
    if (error instanceof AppError && (error.cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT')
      return 'gone';
    throw error;
  }
}

async function stampOf(path: string, name: string): Promise<string> {
  const { mtimeMs, size } = await stat(path).catch((error: unknown) => {
    throw fileError(error, name, 'read');
  });
  return `${mtimeMs} ${size}`;
}

/**
 * Writes a file whole or not at all. What was there keeps its permissions; behind a link the file it leads to is
 * written; in a folder that takes no new files the file itself is.
 * @throws AppError 'io' for a file that is read-only, a full disk and the like; the file is then as it was.
 */
export async function writeWhole(given: string, name: string, bytes: Uint8Array): Promise<void> {
  const path = await realpath(given).catch(() => given);
  const before = await stat(path).catch(() => null);
  if (before !== null && (before.mode & 0o222) === 0) {
    throw new AppError('io', `${name} is read-only`, {
      argument: 'target',
      hint: 'Save it under another name, or change its permissions.',
    });
  }
  const temporary = `${path}.part`;
  try {
    if (before !== null) await access(path, constants.W_OK);
    await writeFile(temporary, bytes);
    if (before !== null) await chmod(temporary, before.mode & 0o777);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    const { code } = error as NodeJS.ErrnoException;
    const mayBeWritten = before !== null && (await access(path, constants.W_OK).then(() => true, () => false)); // prettier-ignore
    if (!mayBeWritten || (code !== 'EACCES' && code !== 'EPERM')) throw fileError(error, name, 'write');
    await writeFile(path, bytes).catch((failed: unknown) => {
      throw fileError(failed, name, 'write');
    });
  }
}
