/** What the machine can do at most, measured: multiply-adds in registers, and a triad through memory. */
import { cpus } from 'node:os';
import { native } from '#engine/native.ts';
import { type Figure, median } from './report.ts';

/** a := b + s · c over 96 MB moves three streams, and a fourth where the cache fetches what it is about to overwrite. */
export function machinePeak(): Figure[] {
  const rounds = [1, 2, 3, 4, 5];
  const { threads } = native().blas();
  const addon = native();
  const flops = (count: number): number => median(rounds.map(() => addon.peakFlops(count)));
  const [one, all] = [flops(1), flops(threads)];
  const room = new Float64Array(3 * (1 << 22));
  const triad = (count: number): number => median(rounds.map(() => addon.peakTriad(room, count)));
  const [oneStream, allStreams] = [triad(1), triad(threads)];
  const clock = cpus()[0]?.speed ?? 0;
  const perClock = clock > 0 ? `; ${(one / (clock * 1e6)).toPrecision(3)} a clock at the ${clock} MHz it claims` : '';
  const giga = (x: number): string => (x / 1e9).toPrecision(3);
  return [
    {
      part: 'engine',
      name: 'the machine’s peak: float64 multiplications and additions',
      value: all / 1e9,
      unit: 'GFLOP/s',
      note: `${threads} threads; one thread ${giga(one)}, ${addon.vectorBits()} bits wide${perClock}`,
    },
    {
      part: 'engine',
      name: 'the machine’s peak: memory, a triad of three streams of 32 MB',
      value: allStreams / 1e9,
      unit: 'GB/s',
      note: `${threads} threads; one thread ${giga(oneStream)}`,
    },
  ];
}
