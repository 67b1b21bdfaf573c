/** The page's one line to the compute process: `compute(name, args)`, `on(event, callback)`, `connection`. */
import type { Args, EventName, Events, Reply, RequestName } from '#shared/contract.ts';
import { ComputeConnection, type RequestOptions } from './compute-connection.svelte.ts';
import { connect } from './shell.ts';

/** State of the line: `state`, `restart`, `session`, `epoch`; a rune, so views may read it in their markup. */
export const connection = new ComputeConnection(connect);

/**
 * Asks the compute process, by the contract's names.
 *
 * @throws AppError with the code the compute process gave; `cancelled` once `signal` is aborted; `worker-lost`
 * when the process ended before it answered.
 * @example
 * const svd = await compute('linalg.svd', { a: variable.id }, { signal, onPartial: (first) => show(first) });
 */
export function compute<N extends RequestName>(
  name: N,
  args: Args<N>,
  options: RequestOptions<N> = {},
): Promise<Reply<N>> {
  return connection.compute(name, args, options);
}

/** Listens to an event of the compute process; returns the way to stop. */
export function on<N extends EventName>(name: N, callback: (data: Events[N]) => void): () => void {
  return connection.on(name, callback);
}
