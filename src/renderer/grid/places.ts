/** Where the person was in each variable, so that going away and coming back changes nothing. */
import type { ArrayId } from '#shared/contract.ts';
import type { Selection } from './selection.ts';

export interface Place extends Selection {
  /** Offset of the view in pixels; absent: the active cell is brought into sight. */
  scroll?: { x: number; y: number };
}

export const places = new Map<ArrayId, Place>();
