import type { ArrayDescriptor } from '#engine/ndarray.ts';
import type { ErrorValue } from '#shared/errors.ts';
import { AppError } from '#shared/errors.ts';

/** What a task on another thread can tell and ask while it runs. */
export interface TaskContext<P> {
  /** `fraction` 0 to 1, or null when it cannot be known. */
  progress(phase: string, fraction: number | null): void;
  partial(value: P): void;
  /** Ends the task here when somebody asked for it: call between phases. */
  checkpoint(): void;
  /** Calls back as soon as the task is asked to end, for work that can be told to stop. Asynchronous tasks only. */
  onStop(stop: () => void): void;
  /** Becomes 2 when the task is asked to end, as Python hears of Ctrl-C. */
  readonly interrupts: Int32Array;
}

export type Task<I, O, P = never> = (input: I, context: TaskContext<P>) => O | Promise<O>;

export type InputOf<T> = T extends Task<infer I, unknown, never> ? I : never;

/** Values of the first cell of a task's control memory. */
export const control = { run: 0, cancel: 1, giveWay: 2 } as const;

export type ToThread = { kind: 'run'; job: number; task: string; input: unknown; control: SharedArrayBuffer };

export type FromThread =
  | { kind: 'progress'; job: number; phase: string; fraction: number | null }
  | { kind: 'partial'; job: number; value: unknown }
  | { kind: 'done'; job: number; value: unknown }
  | { kind: 'failed'; job: number; error: ErrorValue }
  /** It stopped because another job goes first, and must be run again. */
  | { kind: 'gave-way'; job: number };

/** Thrown by `checkpoint` when a background task must give way. */
export class GaveWay extends Error {}

export function cancelled(): AppError {
  return new AppError('cancelled', 'Cancelled');
}

export type { ArrayDescriptor };
