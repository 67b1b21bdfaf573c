/** Takes a file from the page into a folder, as it comes, within limits. */
import { createWriteStream } from 'node:fs';
import { rm, statfs } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Grant } from '#shared/control.ts';
import { AppError } from '#shared/errors.ts';
import { newFileId, plainName } from './grants.ts';

/** Left free on the disk for the journal and for everyone else. */
const reserveBytes = 256 * 1024 * 1024;

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toLocaleString('en', { maximumFractionDigits: bytes < 1e7 ? 1 : 0 })} MB`;
}

function tooLarge(limit: number): AppError {
  return new AppError('io', `The file is larger than ${inMegabytes(limit)}`, {
    hint: 'name it on the command line instead: npm start -- FILE reads it where it is',
  });
}

function diskFull(cause?: unknown): AppError {
  return new AppError('io', 'There is not enough room on the disk for this file', {
    hint: 'free some space, or name the file on the command line: npm start -- FILE reads it where it is',
    cause,
  });
}

/**
 * Writes the request's body to a new file in `folder`; nothing is left behind when it fails.
 * @throws AppError `io` when it is larger than `limit`, the disk is full, or the page broke off.
 */
export async function receiveUpload(
  request: IncomingMessage,
  folder: string,
  name: string,
  limit: number,
): Promise<Grant> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > limit) throw tooLarge(limit);
  const { bavail, bsize } = await statfs(folder);
  if (announced > 0 && announced + reserveBytes > bavail * bsize) throw diskFull();
  const file = newFileId();
  const path = join(folder, file);
  let size = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      done(size > limit ? tooLarge(limit) : null, chunk);
    },
  });
  // Not in the pipeline itself: that would destroy the connection on which the refusal has to be answered.
  const brokenOff = () => {
    if (!request.complete) count.destroy(new Error('the page broke off'));
  };
  request.on('close', brokenOff);
  request.pipe(count);
  try {
    await pipeline(count, createWriteStream(path, { flags: 'wx', mode: 0o600, highWaterMark: 1 << 20 }));
  } catch (error) {
    request.unpipe(count);
    request.resume();
    await rm(path, { force: true });
    if (error instanceof AppError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw diskFull(error);
    throw new AppError('io', 'The file did not arrive whole', { hint: 'try again', cause: error });
  } finally {
    request.off('close', brokenOff);
  }
  return { file, path, name: plainName(name), size, write: false, own: false };
}
