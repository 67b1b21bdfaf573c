/** Where the person was in each variable, so that going away and coming back changes nothing. */
import type { ArrayId } from '#shared/contract.ts';
import type { Selection } from './selection.ts';

export interface Place extends Selection {
  /** Offset of the view in pixels; absent: the active cell is brought into sight. */
  scroll?: { x: number; y: number };
}

export const places = new Map<ArrayId, Place>();

/** The plane of each three-dimensional array that was looked at last, in whatever view. */
export const planes = new Map<ArrayId, number>();

/** It, as long as the array still has it. */
export const planeOf = (id: ArrayId, count: number): number => Math.min(planes.get(id) ?? 0, Math.max(0, count - 1));
