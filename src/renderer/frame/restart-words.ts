/** What to say after the compute process was started again. */
import type { Restart } from '#shared/contract.ts';

export interface RestartWords {
  tone: 'info' | 'warn';
  title: string;
  text: string;
}

const because: Record<Restart['reason'], (job: string | null) => string> = {
  cancelled: (job) => (job === null ? 'Cancelled' : `${job} was cancelled`),
  crashed: (job) => `The compute process stopped unexpectedly${during(job)}`,
  killed: (job) => `The compute process was killed${during(job)}`,
  'out-of-memory': (job) => `The machine ran out of memory${during(job)}`,
};

function during(job: string | null): string {
  return job === null ? '' : ` while working on “${job}”`;
}

/**
 * The title names what happened, the text what came back and what did not.
 * @example
 * restartWords({ reason: 'cancelled', job: 'SVD of iris', restored: 3, lost: [] });
 * // { tone: 'info', title: 'SVD of iris was cancelled', text: 'Everything that was open is back.' }
 */
export function restartWords(restart: Restart): RestartWords {
  const { reason, job, restored, lost } = restart;
  const title = because[reason](job);
  if (lost.length > 0) {
    const came = restored === 1 ? '1 matrix came back' : `${restored} matrices came back`;
    return { tone: 'warn', title, text: `${came}. Not restored: ${lost.join(', ')}.` };
  }
  if (reason === 'cancelled') return { tone: 'info', title, text: 'Everything that was open is back.' };
  const back = ['nothing was open', 'the matrix that was open is back', 'both matrices are back'];
  const text = `It is running again, and ${back[restored] ?? `all ${restored} matrices are back`}.`;
  return { tone: 'warn', title, text };
}
