/**
 * Python's arguments as one string of kinds and the values they stand for, which costs less than objects:
 *
 * | kind | values          | means                         |
 * | ---- | --------------- | ----------------------------- |
 * | a    | handle          | an array                      |
 * | o    | handle          | an object of the engine       |
 * | i    | int             | a Python int                  |
 * | f    | float           | a Python float                |
 * | c    | real, imaginary | a Python complex              |
 * | n    | dtype, value    | a NumPy scalar                |
 * | z    | dtype, re, im   | a complex NumPy scalar        |
 * | s    | str             | a string, a dtype             |
 * | T F N E |              | True, False, None, Ellipsis   |
 * | [ ]  |                 | begin and end of a list       |
 * | :    | three items     | a slice                       |
 * | { }  | keyword pairs   | an object of named parts      |
 * | k    | str, one item   | a keyword argument            |
 */
import { dtypes } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { empty } from '#engine/create.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { PyFloat, type Scalar } from '#engine/scalar.ts';
import { ellipsis, Slice } from '#engine/slicing.ts';
import { getArray, getObject } from './handles.ts';

export interface Arguments {
  args: unknown[];
  kwargs: Record<string, unknown>;
}

/** The arguments that `kinds` and `values` describe. */
export function readArguments(kinds: string, values: readonly unknown[]): Arguments {
  let at = 0;
  let next = 0;
  const args: unknown[] = [];
  const kwargs: Record<string, unknown> = {};
  // A whole float among the operands must stay one; in options and lists it is a number like another.
  const item = (operand: boolean): unknown => {
    const kind = kinds[at++];
    switch (kind) {
      case 'a':
        return getArray(values[next++] as number);
      case 'o':
        return getObject(values[next++] as number);
      case 'i':
      case 's':
        return values[next++];
      case 'f': {
        const value = values[next++] as number;
        return operand && Number.isInteger(value) ? new PyFloat(value) : value;
      }
      case 'c':
        return { re: values[next++], im: values[next++] };
      case 'n':
        return numpyScalar(values[next++] as number, values[next++] as Scalar);
      case 'z':
        return numpyScalar(values[next++] as number, { re: values[next++] as number, im: values[next++] as number });
      case 'T':
        return true;
      case 'F':
        return false;
      case 'N':
        return null;
      case 'E':
        return ellipsis;
      case ':':
        return new Slice(item(false) as number | null, item(false) as number | null, item(false) as number | null);
      case '[': {
        const list: unknown[] = [];
        while (kinds[at] !== ']') list.push(item(false));
        at++;
        return list;
      }
      case '{': {
        const parts: Record<string, unknown> = {};
        while (kinds[at] !== '}') {
          at++;
          const name = values[next++] as string;
          parts[name] = item(false);
        }
        at++;
        return parts;
      }
      default:
        throw new AppError('bug', `the bridge knows no kind '${kind}'`);
    }
  };
  while (at < kinds.length) {
    if (kinds[at] === 'k') {
      at++;
      const name = values[next++] as string;
      kwargs[name] = item(false);
    } else {
      args.push(item(true));
    }
  }
  return { args, kwargs };
}

/** A NumPy scalar is a 0-d array here: its dtype takes part in promotion. */
export function numpyScalar(code: number, value: Scalar): NDArray {
  const made = empty([], dtypes[code]);
  made.write(made.start, value);
  return made;
}
