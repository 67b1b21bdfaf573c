/** Files of answers recorded from NumPy and SciPy. */
import { readFileSync } from 'node:fs';

/**
 * The cases of `test/conformance/NAME.json`. Read, not imported: of an import the compiler works out a type, and the
 * type of a million recorded values takes it longer than all the code.
 */
export function recordedCases<T>(name: string): T {
  const text = readFileSync(new URL(`../conformance/${name}.json`, import.meta.url), 'utf8');
  return (JSON.parse(text) as { cases: T }).cases;
}
