/** Work that was lost only because another job was cancelled is asked for once more. */
import { AppError } from '#shared/errors.ts';
import { connection } from '../compute-client.ts';

/** How long a restart may take. */
const patienceMs = 15_000;

/**
 * Asks; when the compute process ended meanwhile to cancel something else, waits until it is back and asks again.
 * @throws what `ask` throws, also `worker-lost` when the process crashed or was killed.
 */
export async function againAfterCancel<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'worker-lost' || signal.aborted) throw error;
    if (!(await endedForCancel())) throw error;
    return ask();
  }
}

function endedForCancel(): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => settle(false), patienceMs);
    const stop = connection.onHello((hello) => settle(hello.restart?.reason === 'cancelled'));
    function settle(cancelled: boolean): void {
      clearTimeout(timer);
      stop();
      resolve(cancelled);
    }
  });
}
