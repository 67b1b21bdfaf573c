import { existsSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { AppError } from '#shared/errors.ts';

/** Where the build put Python's room (scripts/build-python.mjs): beside out/main. */
export function roomFolder(): string {
  for (let at = import.meta.dirname; ; at = dirname(at)) {
    const candidate = outsideArchive(join(at, 'python', 'room.zip'));
    if (existsSync(candidate)) return dirname(candidate);
    if (dirname(at) === at) {
      throw new AppError('io', "Python's part of the app is missing", { hint: 'Install the app again.' });
    }
  }
}

/** A path that the system itself can read: what is unpacked from Electron's archive lies beside it. */
export function outsideArchive(path: string): string {
  return path.replace(`app.asar${sep}`, `app.asar.unpacked${sep}`);
}
