/** In which order a summation had best take its operands, and what that costs: by the rules of NumPy 2.4. */
import { AppError } from '#shared/errors.ts';

/** Labels of an operand's axes, one character each; axes of an ellipsis have labels of their own. */
export type Labels = readonly string[];

/** Positions of the operands that are contracted, step after step; what a step makes is put behind those that are left. */
export type Path = readonly (readonly number[])[];

/** A way by its name, with the largest intermediate result; false and null for one step, or a path that is known. */
export type Optimize = boolean | string | null | readonly unknown[];

interface Step {
  made: ReadonlySet<string>;
  left: ReadonlySet<string>[];
  /** Operations of the step. */
  cost: number;
  together: ReadonlySet<string>;
}

/** The labels that each operand has and those that remain, and how long each axis is. */
export class Summation {
  private readonly inputs: readonly Labels[];
  private readonly output: Labels;
  private readonly sizes: ReadonlyMap<string, number>;
  private readonly sets: ReadonlySet<string>[];

  constructor(inputs: readonly Labels[], output: Labels, sizes: ReadonlyMap<string, number>) {
    this.inputs = inputs;
    this.output = output;
    this.sizes = sizes;
    this.sets = inputs.map((labels) => new Set(labels));
  }

  /** Pair after pair, each time the one that leaves least to hold, and of these the cheapest. */
  greedy(limit = Infinity, most = Infinity): Path {
    const path: number[][] = [];
    let left = this.sets;
    let spent = 0;
    let given = left.length;
    while (left.length > 1) {
      const pair = this.next(left, given, limit, most - spent);
      if (pair === null) return [...path, left.map((_, k) => k)];
      path.push(pair);
      const step = this.step(pair, left);
      left = step.left;
      spent += step.cost;
      given -= pair.filter((k) => k < given).length;
    }
    return path;
  }

  /** The cheapest of all ways whose intermediate results are within the limit. */
  optimal(limit: number): Path {
    interface Way {
      cost: number;
      path: number[][];
      left: ReadonlySet<string>[];
    }
    let ways: Way[] = [{ cost: 0, path: [], left: this.sets }];
    const cheapest = (): Way => ways.reduce((best, way) => (way.cost < best.cost ? way : best));
    for (let k = 1; k < this.sets.length; k++) {
      const further: Way[] = [];
      for (const { cost, path, left } of ways) {
        for (const pair of pairsOf(left.length, left.length)) {
          const step = this.step(pair, left);
          if (this.size(step.made) <= limit)
            further.push({ cost: cost + step.cost, path: [...path, pair], left: step.left });
        }
      }
      if (further.length === 0) {
        const { path, left } = cheapest();
        return [...path, left.map((_, at) => at)];
      }
      ways = further;
    }
    return cheapest().path;
  }

  /** The path that is asked for. */
  path(optimize: Optimize): Path {
    const { sets, output } = this;
    let limit = Math.max(...[...this.inputs, output].map((labels) => this.size(labels)));
    let way = optimize;
    if (Array.isArray(way) && way[0] === 'einsum_path') return way.slice(1) as Path;
    if (Array.isArray(way) && way.length === 2 && typeof way[0] === 'string') {
      limit = Math.trunc(Number(way[1]));
      way = way[0];
    }
    const every = union(sets);
    if (!way || sets.length < 3 || (every.size === new Set(output).size && output.every((label) => every.has(label))))
      return [sets.map((_, k) => k)];
    if (way === 'optimal') return this.optimal(limit);
    if (way !== true && way !== 'greedy')
      throw new AppError('value', `Path name ${String(way)} not found`, { argument: 'optimize' });
    return this.greedy(
      limit,
      this.step(
        sets.map((_, k) => k),
        sets,
      ).cost,
    );
  }

  /** The steps of a path as a table, in NumPy's words. */
  report(path: Path): string {
    const all = union(this.sets);
    const { inputs, output } = this;
    const letters = this.letters();
    const text = (labels: Iterable<string>): string => [...labels].map((label) => letters.get(label)).join('');
    const byLength = (a: string, b: string): number =>
      (this.sizes.get(a) ?? 1) - (this.sizes.get(b) ?? 1) || (text(a) < text(b) ? -1 : 1);
    const inner = inputs.reduce((total, labels) => total + new Set(labels).size, 0) > all.size;
    const naive = this.size(all) * (Math.max(1, inputs.length - 1) + Number(inner));
    let left = this.sets;
    let spent = 1;
    let [widest, largest] = [0, 0];
    const names = inputs.map(text);
    const lines = path.map((positions, k) => {
      const chosen = [...positions].sort((a, b) => b - a);
      const step = this.step(chosen, left);
      left = step.left;
      spent += step.cost;
      widest = Math.max(widest, step.together.size);
      largest = Math.max(largest, this.size(step.made));
      const taken = chosen.map((at) => names.splice(at, 1)[0]);
      names.push(text(k === path.length - 1 ? output : [...step.made].sort(byLength)));
      const now = `${taken.join(',')}->${names.at(-1) ?? ''}`;
      const then = `${names.join(',')}->${text(output)}`;
      return `${String(step.together.size).padStart(4)}    ${now.padStart(24)} ${then.padStart(40)}`;
    });
    const facts: [string, string][] = [
      ['Complete contraction', `${inputs.map(text).join(',')}->${text(output)}`],
      ['Naive scaling', String(all.size)],
      ['Optimized scaling', String(widest)],
      ['Naive FLOP count', scientific(naive)],
      ['Optimized FLOP count', scientific(spent)],
      ['Theoretical speedup', (naive / spent).toFixed(3)],
      ['Largest intermediate', `${scientific(largest)} elements`],
    ];
    const rule = '-'.repeat(74);
    const head = `scaling ${'current'.padStart(24)} ${'remaining'.padStart(40)}`;
    return [...facts.map(([name, value]) => `${name.padStart(22)}:  ${value}`), rule, head, rule, ...lines].join('\n');
  }

  private next(left: readonly ReadonlySet<string>[], given: number, limit: number, most: number): number[] | null {
    let best: { pair: number[]; kept: number; cost: number } | null = null;
    let meets = false;
    for (const pair of pairsOf(left.length, given)) {
      const shares = [...left[pair[0]]].some((label) => left[pair[1]].has(label));
      // Products of what has no label in common come last.
      if (meets && !shares) continue;
      const { made, cost } = this.step(pair, left);
      if (this.size(made) > limit || cost > most) continue;
      const kept = this.size(made) - this.size(left[pair[0]]) - this.size(left[pair[1]]);
      if (best === null || (shares && !meets) || kept < best.kept || (kept === best.kept && cost < best.cost))
        best = { pair, kept, cost };
      meets ||= shares;
    }
    return best?.pair ?? null;
  }

  private size(labels: Iterable<string>): number {
    let product = 1;
    for (const label of labels) product *= this.sizes.get(label) ?? 1;
    return product;
  }

  private step(chosen: readonly number[], left: readonly ReadonlySet<string>[]): Step {
    const together = union(chosen.map((k) => left[k]));
    const rest = left.filter((_, k) => !chosen.includes(k));
    const wanted = union([new Set(this.output), ...rest]);
    const made = new Set([...together].filter((label) => wanted.has(label)));
    const operations = Math.max(1, chosen.length - 1) + Number(made.size !== together.size);
    return { made, left: [...rest, made], cost: this.size(together) * operations, together };
  }

  /** Letters of the labels: axes of an ellipsis take the last that are free. */
  private letters(): Map<string, string> {
    const used = new Set([...this.inputs.flat(), ...this.output]);
    const dots = [...used].filter((label) => !alphabet.includes(label)).sort();
    const free = [...alphabet].filter((letter) => !used.has(letter));
    const places = dots.map((label, k): [string, string] => [label, free[free.length - dots.length + k]]);
    return new Map([...[...used].map((label): [string, string] => [label, label]), ...places]);
  }
}

const alphabet = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Pairs of operands in NumPy's order: those that were given first, then each that was made with all before it. */
function pairsOf(count: number, given: number): number[][] {
  const pairs: number[][] = [];
  for (let i = 0; i < given; i++) for (let j = i + 1; j < given; j++) pairs.push([i, j]);
  for (let j = given; j < count; j++) for (let i = 0; i < j; i++) pairs.push([i, j]);
  return pairs;
}

function union(sets: readonly ReadonlySet<string>[]): Set<string> {
  const all = new Set<string>();
  for (const set of sets) for (const label of set) all.add(label);
  return all;
}

/** As Python writes `.3e`. */
function scientific(value: number): string {
  return value.toExponential(3).replace(/e([+-])(\d)$/, 'e$10$2');
}
