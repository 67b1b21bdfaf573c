/** The port of the browser window: the same at each start, so that what the page stored under its address is there again. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const file = (data: string): string => join(data, 'port');

/** 0, any free one, when none is kept. */
export function keptPort(data: string): number {
  try {
    const text = readFileSync(file(data), 'utf8');
    const port = /^\d{4,5}$/.test(text) ? Number(text) : 0;
    return port >= 1024 && port <= 65535 ? port : 0;
  } catch {
    return 0;
  }
}

/** Never fails: a theme forgotten is not worth an error. */
export function keepPort(data: string, port: number): void {
  try {
    writeFileSync(file(data), String(port));
  } catch {
    // The next start takes another port.
  }
}
