import type { ArrayDescriptor } from '#engine/ndarray.ts';
import { emptyArray } from './copies.ts';
import { scene, type SceneName } from './sample-scenes.ts';

/** A picture drawn by calculation, as (h, w, 3) bytes. */
export function sceneTask(input: { scene: SceneName; width: number; height: number }): { array: ArrayDescriptor } {
  const { width, height } = input;
  const array = emptyArray([height, width, 3], 'uint8');
  new Uint8Array(array.buffer, array.offset, array.nbytes).set(scene(input.scene, width, height));
  return { array: array.descriptor() };
}
