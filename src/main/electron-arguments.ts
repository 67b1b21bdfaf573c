/** What a person or the system put on Electron's command line, among what Chromium puts there. */
import { resolve } from 'node:path';

export interface StartArguments {
  files: string[];
  session: string | null;
}

/** `argv` without the program; under `npm start` (not packaged) the first plain one is the application's folder. */
export function readStartArguments(argv: readonly string[], isPackaged: boolean, folder: string): StartArguments {
  const plain: string[] = [];
  let session: string | null = null;
  let onlyFiles = false;
  for (const argument of argv) {
    if (onlyFiles) plain.push(argument);
    else if (argument === '--') onlyFiles = true;
    else if (argument.startsWith('--session=')) session = resolve(folder, argument.slice('--session='.length));
    else if (!argument.startsWith('-')) plain.push(argument);
  }
  return { files: plain.slice(isPackaged ? 0 : 1).map((file) => resolve(folder, file)), session };
}

/** What a second start handed over; it crosses a process boundary, so it is looked at. */
export function checkStartArguments(value: unknown): StartArguments {
  const given = value as Partial<StartArguments> | null;
  const files = Array.isArray(given?.files) ? given.files.filter((file) => typeof file === 'string') : [];
  return { files, session: typeof given?.session === 'string' ? given.session : null };
}
