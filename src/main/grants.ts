/** Which files the page may name: handles that cannot be guessed, and the paths behind them. */
import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { FileId } from '#shared/contract.ts';
import type { Grant } from '#shared/control.ts';
import { AppError } from '#shared/errors.ts';

/** A handle of 144 bits, safe in an address and as a file name. */
export function newFileId(): FileId {
  return randomBytes(18).toString('base64url');
}

/** A file name without folders, control characters or the characters some system forbids; never empty. */
export function plainName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const plain = last
    // eslint-disable-next-line no-control-regex -- control characters are what has to go
    .replace(/[\u0000-\u001f\u007f<>:"|?*\u202a-\u202e\u2066-\u2069]/g, '')
    .trim()
    .slice(0, 200);
  return /^\.*$/.test(plain) ? 'untitled' : plain;
}

/**
 * A read grant for an existing file.
 * @throws AppError `io` when there is no such file, or it is a folder.
 */
export function grantPath(path: string): Grant {
  const absolute = resolve(path);
  const stat = statSync(absolute, { throwIfNoEntry: false });
  if (!stat) throw new AppError('io', `No such file: ${path}`, { argument: path, hint: 'check the name' });
  if (!stat.isFile()) throw new AppError('io', `${path} is a folder, not a file`, { argument: path });
  return {
    file: newFileId(),
    path: absolute,
    name: plainName(basename(absolute)),
    size: stat.size,
    write: false,
    own: true,
  };
}
