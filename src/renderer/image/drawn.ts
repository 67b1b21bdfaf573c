import type { Region } from '#shared/contract.ts';

/** Pixels as they came, with the region they show. */
export interface Drawn {
  region: Region;
  width: number;
  height: number;
  rgba: Uint8Array;
}
