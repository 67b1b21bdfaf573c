/**
 * Calls every function of one part of the engine with what nobody should give it; run in a process of its own, which
 * must live: `fuzz-child PART ROUNDS SEED`.
 */
import { AppError } from '#shared/errors.ts';
import { knownNames, named } from '#engine/names/call.ts';
import { callNamed, type Named } from '#engine/names/signature.ts';
import { Hostile } from './hostile.ts';

const [part, rounds, seed] = [process.argv[2], Number(process.argv[3] ?? 6), Number(process.argv[4] ?? 1)];
const hostile = new Hostile(seed);
const { pick, uniform } = { pick: hostile.pick.bind(hostile), uniform: hostile.uniform.bind(hostile) };

const isLinalg = (name: string): boolean => /^(scipy\.)?linalg\./.test(name);

/** Arrays where linear algebra wants some, and now and then an option. */
function linalgArguments(name: string, entry: Named): unknown[] {
  const counted = /^scipy\.linalg\.(hilbert|invhilbert|pascal|invpascal|hadamard|helmert|dft)$/.test(name);
  const values: unknown[] = entry.parameters.map((parameter, k) => {
    if (counted && k === 0) return pick([0, 1, 5]);
    if (k < entry.required) return parameter === 'n' ? pick([-2, 0, 3]) : hostile.array();
    return uniform() < 0.8 ? undefined : uniform() < 0.3 ? hostile.array() : hostile.option();
  });
  if (name === 'linalg.multi_dot') values[0] = [hostile.array(), hostile.array()];
  if (/lu_solve/.test(name)) values[0] = [hostile.array(), hostile.array()];
  if (/cho_solve/.test(name)) values[0] = [hostile.array(), uniform() < 0.5];
  if (entry.rest) values[entry.parameters.length - 1] = [hostile.array(), hostile.array()];
  return values;
}

/** As Python would give them: those without a default by place, the others by name. */
function anyArguments({ parameters, required, rest }: Named): [unknown[], Record<string, unknown>] {
  const args = parameters.slice(0, required).map((parameter) => hostile.argument(parameter));
  if (rest >= 0) while (args.length < rest + 2) args.push(hostile.argument(parameters[args.length] ?? 'a'));
  const kwargs: Record<string, unknown> = {};
  for (const [k, parameter] of parameters.entries()) {
    if (k >= args.length && k !== rest && uniform() < 0.25) kwargs[parameter] = hostile.argument(parameter);
  }
  return [args, kwargs];
}

for (const name of knownNames().filter((one) => isLinalg(one) === (part === 'linalg'))) {
  const entry = named(name);
  if (entry === null) throw new Error(`${name} is not known`);
  for (let round = 0; round < rounds; round++) {
    const values = part === 'linalg' ? linalgArguments(name, entry) : [];
    const [args, kwargs] = part === 'linalg' ? [[], {}] : anyArguments(entry);
    console.log(`${name} ${round}`);
    // Of the processor, not of the clock: the machine may be busy with other things.
    const began = process.cpuUsage();
    try {
      if (part === 'linalg') entry.call(values);
      else callNamed(name, entry, args, kwargs);
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'bug') {
        console.log(
          `FAULT ${name} ${round}: ${error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 5).join(' | ') : String(error)}`,
        );
      }
    }
    const { user, system } = process.cpuUsage(began);
    if (user + system > 10e6) console.log(`FAULT ${name} ${round}: took ${(user + system) / 1e6} s`);
  }
}
console.log('done');
