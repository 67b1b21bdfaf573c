import { readdirSync, readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';

/** How much computing gives way to answering: a tile asked for in the middle of an SVD is drawn at once. */
const giveWay = 10;

/**
 * Runs `load` and lets the threads it starts, such as OpenBLAS's, give way to all others. Linux only, where a thread
 * has a priority of its own; elsewhere it just runs.
 */
export function withGivingThreads<T>(load: () => T): T {
  const before = new Set(threads());
  const loaded = load();
  for (const thread of threads()) if (!before.has(thread)) lower(Number(thread));
  return loaded;
}

/** Lets the calling thread give way to all others. */
export function giveWayHere(): void {
  if (process.platform !== 'linux') return;
  try {
    lower(Number(readlinkSync('/proc/thread-self').split('/').pop()));
  } catch {
    // Without /proc it runs as important as the rest.
  }
}

function threads(): string[] {
  if (process.platform !== 'linux') return [];
  try {
    return readdirSync('/proc/self/task');
  } catch {
    return [];
  }
}

function lower(thread: number): void {
  try {
    if (Number.isInteger(thread) && thread > 0) setPriority(thread, giveWay);
  } catch {
    // Not allowed here; nothing depends on it.
  }
}
