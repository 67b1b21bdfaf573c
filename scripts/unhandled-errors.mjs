/**
 * A reporter for vitest that keeps what went wrong outside every test: a process that ended, a promise nobody caught,
 * a file that could not be loaded, a group whose preparation failed.
 */
import { writeFileSync } from 'node:fs';

const text = ({ message, stack, cause }) =>
  [stack ?? message, ...(cause?.message ? [`caused by: ${cause.message}`] : [])].join('\n');

export default class UnhandledErrors {
  /** Writes them as a JSON list of `where` and `text` to the file that `EIGENSCOPE_UNHANDLED_ERRORS` names. */
  onTestRunEnd(modules, errors) {
    const found = errors.map((error) => ({ where: 'outside every test', text: text(error) }));
    for (const module of modules) {
      const suites = [...module.children.allSuites()];
      for (const error of module.errors()) found.push({ where: module.relativeModuleId, text: text(error) });
      for (const suite of suites) {
        const where = `${module.relativeModuleId}: ${suite.fullName}`;
        for (const error of suite.errors()) found.push({ where, text: text(error) });
      }
    }
    writeFileSync(process.env.EIGENSCOPE_UNHANDLED_ERRORS, JSON.stringify(found));
  }
}
