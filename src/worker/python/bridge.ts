/** What Python's `numpy` calls: the module `_eigenscope`. Its functions take and give plain numbers and strings. */
import { Cell, type Memory } from './cell.ts';
import { release } from './handles.ts';

export { getArray, liveHandles, putArray } from './handles.ts';

/**
 * The module for `pyodide.registerJsModule('_eigenscope', …)`.
 *
 * @param memory Python's memory: `() => pyodide._module.HEAPU8`.
 */
export function createBridge(memory: Memory): Record<string, unknown> {
  const cell = new Cell(memory);
  return {
    attach: (address: number) => {
      cell.attach(address);
    },
    release,
  };
}
