import { eye, ones, zeros } from '#engine/create.ts';
import type { ArrayDescriptor, NDArray } from '#engine/ndarray.ts';
import { RandomState } from '#engine/random/random-state.ts';
import { elements } from './factoring.ts';
import type { TaskContext } from './task.ts';

export interface GenerateInput {
  what: 'zeros' | 'ones' | 'eye' | 'random' | 'randn' | 'hilbert';
  rows: number;
  cols: number;
  seed: number;
}

/** A matrix of a kind; random ones are what NumPy's `random.seed` and `rand` or `randn` give. */
export function generateTask(
  { what, rows, cols, seed }: GenerateInput,
  context: TaskContext<never>,
): { array: ArrayDescriptor } {
  return { array: make().descriptor() };

  function make(): NDArray {
    switch (what) {
      case 'zeros':
        return zeros([rows, cols]);
      case 'ones':
        return ones([rows, cols]);
      case 'eye':
        return eye(rows, cols);
      case 'hilbert':
        return filled((data, first) => {
          for (let i = 0; i < data.length; i++)
            data[i] = 1 / (Math.floor((first + i) / cols) + ((first + i) % cols) + 1);
        });
      case 'random':
      case 'randn': {
        const random = new RandomState(seed);
        return filled((data) =>
          data.set(elements(what === 'random' ? random.rand(data.length) : random.randn(data.length))),
        );
      }
    }
  }

  function filled(fill: (data: Float64Array, first: number) => void): NDArray {
    const array = zeros([rows, cols]);
    const data = elements(array) as Float64Array;
    for (let first = 0; first < data.length; first += 1 << 18) {
      context.progress('filling', first / data.length);
      context.checkpoint();
      fill(data.subarray(first, first + (1 << 18)), first);
    }
    return array;
  }
}
