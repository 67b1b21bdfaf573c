import { plaid } from './scenes/plaid.ts';
import { studio } from './scenes/studio.ts';
import { valley } from './scenes/valley.ts';

const scenes = { valley, studio, plaid };

/** The pictures that ship as code. */
export type SceneName = keyof typeof scenes;

export function isSceneName(name: string): name is SceneName {
  return Object.hasOwn(scenes, name);
}

/**
 * A picture drawn by calculation alone, the same on every machine: `width` × `height` pixels of RGB bytes, row by row.
 *
 * `scene('plaid', 960, 720).length === 960 * 720 * 3`
 */
export function scene(name: SceneName, width: number, height: number): Uint8Array {
  return scenes[name](width, height);
}
