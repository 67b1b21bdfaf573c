/**
 * Two or more sides of a comparison, in turns of several calls each, so that a slow moment of the machine falls on all
 * of them and none pays for what the other left: cold caches, sleeping threads, a slow clock.
 */

/** Seconds of each of `calls` calls, one after the other; each may be the mean of `loops`. */
export type Side = (calls: number, loops: number) => number[] | Promise<number[]>;

/** BLAS's threads spin for a tenth of a second after their work, on cores that the other side would then share. */
const spinning = 180;

/** A turn lasts about this many seconds, and has this many calls at most. */
const turn = 0.1;
const longest = 99;

/** Our own side. */
export function side(run: () => unknown): Side {
  return (calls, loops) =>
    Array.from({ length: calls }, () => {
      const began = performance.now();
      for (let k = 0; k < loops; k++) run();
      return (performance.now() - began) / 1000 / loops;
    });
}

/**
 * The seconds of every side's calls over `rounds` turns. Each turn begins with a call that does not count: as with
 * Python's timeit, what is compared is work that goes on, not its first moment.
 */
export async function inTurns(
  sides: readonly Side[],
  rounds: number,
  { loops = 1, pause = spinning } = {},
): Promise<number[][]> {
  const times: number[][] = sides.map(() => []);
  const turns: { calls: number; before: number }[] = [];
  for (const measure of sides) {
    // The first calls of all pay for compiling and for memory.
    await measure(1, Math.min(loops, 500));
    const [once] = await measure(1, Math.min(loops, 500));
    const call = Math.max(1e-9, once * loops);
    // A call of half a second has no first moment worth speaking of.
    turns.push({ calls: Math.max(1, Math.min(longest, Math.ceil(turn / call))), before: call < 0.5 ? 1 : 0 });
  }
  for (let round = 0; round < rounds; round++) {
    for (const [at, measure] of sides.entries()) {
      await new Promise((done) => setTimeout(done, pause));
      const { calls, before } = turns[at];
      times[at].push(...(await measure(before + calls, loops)).slice(before));
    }
  }
  return times;
}
