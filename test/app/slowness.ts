/** How busy this machine is: limits of time that a quiet one keeps are stretched by it, and by nothing else. */
import { spawnSync } from 'node:child_process';

/** What an empty Node process takes on a quiet machine of two cores, in milliseconds. */
const quiet = 60;

/** The middle of a few starts of an empty process against a quiet machine's; 1 at least. */
export function slowness(): number {
  const times = Array.from({ length: 5 }, () => {
    const began = performance.now();
    spawnSync(process.execPath, ['-e', '0']);
    return performance.now() - began;
  }).sort((a, b) => a - b);
  return Math.max(1, (times[2] ?? quiet) / quiet);
}
