/** Python's part of the crunch thread. One interpreter lives there for the whole session, from its first use. */
import type { PythonCompletion, PythonInspection } from '#shared/contract.ts';
import type { ArrayDescriptor } from '#engine/ndarray.ts';
import type { SharedVariable } from './python/names.ts';
import {
  type CellEvents,
  type CellInput,
  type CellResult,
  type FormulaInput,
  PythonSession,
} from './python/python-session.ts';
import type { Task } from './task.ts';

let starting: Promise<PythonSession> | null = null;

function session(): Promise<PythonSession> {
  starting ??= PythonSession.start().catch((error: unknown) => {
    starting = null;
    throw error;
  });
  return starting;
}

export const pythonStartTask: Task<null, null> = async () => {
  await session();
  return null;
};

export const pythonRunTask: Task<CellInput, CellResult, CellEvents> = async (input, context) => {
  const python = await session();
  context.checkpoint();
  context.progress('running', null);
  // An empty batch says that the cell has begun.
  context.partial([]);
  const result = python.run(input, context.interrupts, (outputs) => context.partial(outputs));
  if (result.ended) starting = null;
  return result;
};

export const pythonResetTask: Task<null, null> = async () => {
  (await session()).reset();
  return null;
};

interface CursorInput {
  code: string;
  cursor: number;
  variables: SharedVariable[];
}

export const pythonCompleteTask: Task<
  CursorInput,
  { start: number; end: number; matches: PythonCompletion[] }
> = async ({ code, cursor, variables }) => (await session()).complete(code, cursor, variables);

export const pythonInspectTask: Task<CursorInput, PythonInspection> = async ({ code, cursor, variables }) =>
  (await session()).inspect(code, cursor, variables);

export const pythonWholeTask: Task<
  { code: string },
  { state: 'complete' | 'incomplete' | 'invalid'; indent: string }
> = async ({ code }) => (await session()).whole(code);

export const formulaReadTask: Task<
  { code: string },
  { names: [name: string, known: boolean][]; problem: string | null }
> = async ({ code }) => (await session()).read(code);

export const formulaTask: Task<
  FormulaInput,
  { array: ArrayDescriptor | null; error: string | null; hint: string | null }
> = async (input, context) => {
  const python = await session();
  context.checkpoint();
  const value = python.evaluate(input, context.interrupts);
  // Asked to end or to give way, the routines below fail: that is no error of the expression.
  context.checkpoint();
  return value;
};
