/** A reporter for vitest that keeps what went wrong outside every test: a process that ended, a promise nobody caught. */
import { writeFileSync } from 'node:fs';

export default class UnhandledErrors {
  /** Writes the messages as a JSON list to the file that `EIGENSCOPE_UNHANDLED_ERRORS` names. */
  onTestRunEnd(_modules, errors) {
    const texts = errors.map(({ message, stack, cause }) =>
      [stack ?? message, ...(cause?.message ? [`caused by: ${cause.message}`] : [])].join('\n'),
    );
    writeFileSync(process.env.EIGENSCOPE_UNHANDLED_ERRORS, JSON.stringify(texts));
  }
}
