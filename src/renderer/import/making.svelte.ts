/** A variable that a dialog makes: under way, given up, or refused with the reason. */
import type { Variable } from '#shared/contract.ts';
import { type AppError, fromErrorValue, toErrorValue } from '#shared/errors.ts';
import { listed } from './listed.ts';

export class Making {
  error = $state.raw<AppError | null>(null);
  #abort = $state.raw<AbortController | null>(null);

  get busy(): boolean {
    return this.#abort !== null;
  }

  /** Gives the variable to `done` once the workspace lists it; giving up is no error. */
  async run(make: (signal: AbortSignal) => Promise<Variable>, done: (variable: Variable) => void): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    this.error = null;
    try {
      const variable = await make(abort.signal);
      await listed(variable.id);
      done(variable);
    } catch (thrown) {
      const error = fromErrorValue(toErrorValue(thrown));
      if (error.code !== 'cancelled') this.error = error;
    } finally {
      this.#abort = null;
    }
  }

  giveUp(): void {
    this.#abort?.abort();
  }
}
