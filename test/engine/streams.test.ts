/** Programs of many draws, replayed step by step on the engine's own streams. */
import { expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import { array } from '#engine/create.ts';
import { call } from '#engine/names/call.ts';
import { generatorNames } from '#engine/names/random-names.ts';
import { callNamed } from '#engine/names/signature.ts';
import { NDArray } from '#engine/ndarray.ts';
import { asarray } from '#engine/create.ts';
import { astype } from '#engine/cast.ts';
import { default_rng } from '#engine/random/generator.ts';
import { type Stored, stored } from './recorded-calls.ts';
import { recordedCases } from './recorded-file.ts';

interface Want {
  array?: Stored;
  state?: [number, number, string, string[]];
  error?: string;
  message?: string;
}
interface Program {
  kind: 'legacy' | 'generator';
  seed: number | number[];
  steps: [name: string, args: unknown[], want: Want][];
}

const programs = recordedCases<Program[]>('streams');

const restored = (x: unknown): unknown => {
  if (Array.isArray(x)) return x.map(restored);
  return x !== null && typeof x === 'object' ? BigInt((x as { int: string }).int) : x;
};

const bytesOf = (a: NDArray): string => {
  const packed = astype(a, a.dtype, { order: 'C' });
  return Buffer.from(new Uint8Array(packed.buffer, packed.offset, packed.nbytes)).toString('base64');
};

/** One step; the state of the legacy stream that was taken last is `kept`. */
function difference(
  name: string,
  args: unknown[],
  want: Want,
  ask: (name: string, args: unknown[]) => unknown,
  kept: { state: unknown },
): string {
  if (name === 'set_state') {
    if (kept.state !== null) ask('set_state', [kept.state]);
    return '';
  }
  if (name === 'get_state') {
    kept.state = ask('get_state', [false]);
    const { state, has_gauss, gauss } = kept.state as {
      state: { key: NDArray; pos: number };
      has_gauss: number;
      gauss: number;
    };
    const [pos, has, , key] = want.state ?? [];
    const ours = [state.pos, has_gauss, (state.key.tolist() as number[]).slice(0, 4).map(String).join()].join(' ');
    return ours === [pos, has, key?.join()].join(' ') && (has === 0 || Number.isFinite(gauss)) ? '' : `state ${ours}`;
  }
  let got: unknown;
  try {
    const given = name === 'shuffle' ? [array(args[0] as number[])] : args;
    const result = ask(name, given);
    got = name === 'shuffle' ? given[0] : result;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return want.error !== undefined && error.message === want.message
      ? ''
      : `refused: ${error.message}, not ${want.message ?? 'given'}`;
  }
  if (want.error !== undefined) return `gave a result instead of ${want.message}`;
  if (want.array === undefined) return '';
  const theirs = stored(want.array);
  const ours =
    got instanceof NDArray ? got : asarray(got instanceof Uint8Array ? [...got] : (got as number), theirs.dtype);
  if (ours.dtype !== theirs.dtype || ours.shape.join() !== theirs.shape.join())
    return `${ours.dtype} (${ours.shape.join()}) instead of ${theirs.dtype} (${theirs.shape.join()})`;
  if (name === 'multivariate_normal') {
    const apart = (ours.tolist() as number[][])
      .flat()
      .map((x, k) => Math.abs(x - (theirs.tolist() as number[][]).flat()[k]));
    return Math.max(...apart) < 1e-12 ? '' : 'another normal draw';
  }
  return bytesOf(ours) === bytesOf(theirs)
    ? ''
    : `${JSON.stringify(ours.tolist(), (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v))} differs`;
}

test.each(programs.map((program, k) => [`${program.kind} ${k}`, program] as const))(
  '%s',
  (_, { kind, seed, steps }) => {
    const kept = { state: null };
    let ask = (name: string, args: unknown[]): unknown => call(`random.${name}`, args);
    if (kind === 'legacy') ask('seed', [seed]);
    else {
      const generator = default_rng(seed);
      const methods = generatorNames(generator);
      // Its options are an object in TypeScript.
      ask = (name, args) =>
        name === 'choice' ? generator.choice(...(args as [number, number])) : callNamed(name, methods[name], args);
    }
    const wrong = steps.flatMap(([name, args, want], k) => {
      const d = difference(name, restored(args) as unknown[], want, ask, kept);
      return d === '' ? [] : [`${k} ${name}(${JSON.stringify(args)}): ${d.slice(0, 200)}`];
    });
    expect(wrong).toEqual([]);
  },
);
