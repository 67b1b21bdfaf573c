/** Results for Python: one array as a number, everything else as text that is JSON but for nan and infinities. */
import { NDArray } from '#engine/ndarray.ts';
import { isComplex, PyFloat } from '#engine/scalar.ts';
import type { Cell } from './cell.ts';
import { putArray, putObject } from './handles.ts';

export type Result = number | string | boolean | undefined;

export function giveResult(cell: Cell, value: unknown): Result {
  if (value instanceof NDArray) return cell.give(value);
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'boolean') return value;
  return text(value);
}

function text(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (value instanceof NDArray) return `{"a":${putArray(value)}}`;
  if (value instanceof PyFloat) return `{"f":${number(value.value)}}`;
  if (Array.isArray(value)) return `[${value.map(text).join(',')}]`;
  if (isComplex(value)) return `{"c":[${number(value.re)},${number(value.im)}]}`;
  switch (typeof value) {
    case 'number':
      return number(value);
    case 'bigint':
      return value.toString();
    case 'boolean':
    case 'string':
      return JSON.stringify(value);
    default:
      return `{"o":${putObject(value)}}`;
  }
}

function number(value: number): string {
  return Object.is(value, -0) ? '-0.0' : String(value);
}
