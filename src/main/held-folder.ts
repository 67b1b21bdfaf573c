/**
 * Folders that one process holds at a time, by a `lock` file that names the holder. A holder that died
 * without letting go is recognised, so a crash never locks a person out of their session.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#shared/errors.ts';

/** A folder this process holds until `release`. */
export interface HeldFolder {
  readonly folder: string;
  /** Names a further process that uses the folder: it stays locked while that one lives too. */
  readonly sharedWith: (pid: number | null) => void;
  readonly release: () => void;
}

const orphanLimitMs = 10_000;

interface Holder {
  pid: number;
  started: string | null;
}

/** When the process began, in clock ticks since boot: tells a living holder from another process with its number. */
function startOf(pid: number): string | null {
  if (process.platform !== 'linux') return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in brackets and may hold spaces; field 22 counts from after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: it lives, under another user.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return holder.started === null || startOf(holder.pid) === holder.started;
}

function holdersOf(folder: string): Holder[] {
  try {
    const holders: unknown = JSON.parse(readFileSync(join(folder, 'lock'), 'utf8'));
    return Array.isArray(holders) ? (holders as Holder[]).filter((holder) => Number.isInteger(holder.pid)) : [];
  } catch {
    return [];
  }
}

/** True while a living process holds the folder. */
export function isHeld(folder: string): boolean {
  return holdersOf(folder).some(isAlive);
}

/** True when the one who took the folder is gone and only what it had started still works on an orderly end. */
function isOrphaned(folder: string): boolean {
  const [owner, ...others] = holdersOf(folder);
  return owner !== undefined && !isAlive(owner) && others.some(isAlive);
}

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/**
 * Waits, 10 s at most, while folders of `parent` are held only by what a dead owner had started: after a crash a
 * journal may still be on its way to the disk.
 */
export function waitForOrphans(parent: string): void {
  const deadline = Date.now() + orphanLimitMs;
  while (foldersIn(parent).some(isOrphaned) && Date.now() < deadline) pause(25);
}

/** Runs `work` while no other process is between its look at the locks and its own lock. */
function alone<T>(parent: string, work: () => T): T {
  const gate = join(parent, '.choosing');
  const deadline = Date.now() + 5000;
  for (;;) {
    try {
      mkdirSync(gate);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      // The gate is held for milliseconds; an old one was left by a process that died inside.
      const age = Date.now() - (statSync(gate, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
      if (age > 4000 || Date.now() > deadline) rmSync(gate, { recursive: true, force: true });
      else pause(20);
    }
  }
  try {
    return work();
  } finally {
    try {
      rmdirSync(gate);
    } catch {
      // Taken over as stale; nothing to give back.
    }
  }
}

function take(folder: string): HeldFolder {
  const write = (holders: Holder[]) => {
    const temporary = join(folder, `.lock-${process.pid}-${randomBytes(4).toString('hex')}`);
    try {
      writeFileSync(temporary, JSON.stringify(holders));
      renameSync(temporary, join(folder, 'lock'));
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  };
  const own: Holder = { pid: process.pid, started: startOf(process.pid) };
  write([own]);
  return {
    folder,
    sharedWith: (pid) => {
      try {
        write(pid === null ? [own] : [own, { pid, started: startOf(pid) }]);
      } catch {
        // On a full disk the lock names its owner alone, which holds the folder as long as it lives.
      }
    },
    release: () => rmSync(join(folder, 'lock'), { force: true }),
  };
}

function foldersIn(parent: string): string[] {
  if (!statSync(parent, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => join(parent, entry.name));
}

/**
 * Holds exactly this folder, made when it does not exist.
 * @throws AppError `io` when another window holds it, or it cannot be written.
 */
export function holdFolder(folder: string): HeldFolder {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return alone(folder, () => {
      if (isHeld(folder)) {
        throw new AppError('io', `The session ${folder} is open in another window`, {
          hint: 'close that window, or name another folder with --session',
        });
      }
      return take(folder);
    });
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('io', `The folder ${folder} cannot be used: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * Holds the folder of `parent` that is free and was used last; a new one when there is none.
 * `usedAt` gives a folder's last use in milliseconds, or null for one that must not be taken.
 * @throws AppError `io` when `parent` cannot be written.
 */
export function holdLatest(
  parent: string,
  usedAt: (folder: string) => number | null,
  newName: () => string,
): HeldFolder {
  try {
    mkdirSync(parent, { recursive: true, mode: 0o700 });
    return alone(parent, () => {
      const free = foldersIn(parent)
        .map((folder) => ({ folder, used: usedAt(folder) }))
        .filter((candidate): candidate is { folder: string; used: number } => candidate.used !== null)
        .filter((candidate) => !isHeld(candidate.folder))
        .sort((a, b) => b.used - a.used);
      const folder = free[0]?.folder ?? join(parent, newName());
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return take(folder);
    });
  } catch (error) {
    throw new AppError('io', `The folder ${parent} cannot be used: ${(error as Error).message}`, {
      hint: 'free some space or set EIGENSCOPE_HOME to a folder that can be written',
      cause: error,
    });
  }
}
