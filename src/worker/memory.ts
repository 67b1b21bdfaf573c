import { readFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { memoryAvailable } from '#engine/memory.ts';
import { AppError } from '#shared/errors.ts';

/** Bytes in words, in powers of ten as file managers show them: "1.7 kB", "800 MB". */
export function bytesText(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let unit = 0;
  let value = bytes;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : Number(value.toPrecision(2))} ${units[unit]}`;
}

/** A count with separators a person can read: 20,000. */
export function count(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 0 });
}

/** Bytes of memory this process may see at all: the machine's, or its container's. */
export function memoryTotal(): number {
  let total = totalmem();
  for (const file of ['/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/memory/memory.limit_in_bytes']) {
    try {
      const limit = Number(readFileSync(file, 'utf8'));
      if (limit > 0) total = Math.min(total, limit);
    } catch {
      // Not in a container of this kind.
    }
  }
  return total;
}

/** The most one job may take now: most of what is free, so that the machine stays usable. */
export function memoryLimit(): number {
  return Math.floor(memoryAvailable() * 0.9);
}

/**
 * Refuses a job that would need more than the machine can give, before it starts.
 * @throws AppError 'memory' with both numbers.
 */
export function requireFree(bytes: number, what: string, hint: string): void {
  if (bytes < 64e6) return;
  const limit = memoryLimit();
  if (bytes <= limit) return;
  throw new AppError('memory', `${what} needs ${bytesText(bytes)} of memory; ${bytesText(limit)} can be used now`, {
    hint,
  });
}
