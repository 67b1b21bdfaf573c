import { checkedSize } from '#engine/kernels/matrix-view.ts';
import { FactorPreview } from '#engine/kernels/factor-preview.ts';
import { type ArrayDescriptor, NDArray } from '#engine/ndarray.ts';
import { complexParts } from '#shared/contract.ts';
import { AppError } from '#shared/errors.ts';
import type { Desk } from './desk.ts';
import { realType } from '#engine/linalg/matrices.ts';
import { svdMemory } from '#engine/linalg/svd.ts';
import { workDType } from './factoring.ts';
import type { SvdFactor } from './factors.ts';
import { count, requireFree } from './memory.ts';
import type { Group } from './serve.ts';
import { svdFlops } from './speed.ts';
import type { SvdAnswer } from './svd-task.ts';
import { numpy } from './code.ts';
import { checkRegion } from './cells.ts';
import type { Entry } from './workspace.ts';

/** An exact SVD expected sooner than this comes without a first answer. */
const patienceMs = 1500;

/** Singular values and what is made of them. */
export function svdRequests(desk: Desk): Group<'linalg.svd' | 'svd.preview' | 'svd.rebuild'> {
  const { workspace, factors, jobs, speed } = desk;

  return {
    async 'linalg.svd'({ a: id, full_matrices }, call) {
      const entry = workspace.get(id);
      const { m, n } = matrixShape(entry);
      const full = full_matrices === true;
      const code = numpy(`U, s, Vh = np.linalg.svd(${entry.name}${full ? '' : ', full_matrices=False'})`);
      const known = factors.knownSvd(id, entry.version, full);
      if (known !== null) {
        desk.setCode(code);
        return factors.svdResult(known);
      }
      const dtype = workDType(entry.dtype);
      const array = await entry.held.get();
      requireFree(
        svdMemory(array, full),
        `The SVD of ${entry.name} (${count(m)} × ${count(n)}, ${dtype})`,
        full && m !== n
          ? 'Choose the reduced SVD, which keeps only min(m, n) vectors.'
          : 'Take fewer rows or columns, or close what you no longer need.',
      );
      const flops = svdFlops(m, n) * (dtype.startsWith('complex') ? 4 : 1);
      const work = realType(dtype) === 'float32' ? 'svd32' : 'svd64';
      const estimate = speed.milliseconds(work, flops);
      const r = Math.min(m, n);
      const first = estimate > patienceMs && r > 60 ? firstRank(m, n, r) : null;
      const borrowed = await desk.borrow(entry);
      let factor: SvdFactor | null = null;
      const take = (answer: SvdAnswer): SvdFactor => {
        const last = factor?.channels[0];
        const ids = {
          u: hide(desk, `${entry.name}_U`, answer.u, last?.u, `svd(${entry.name})`),
          s: hide(desk, `${entry.name}_s`, answer.s, last?.s, `svd(${entry.name})`),
          vh: hide(desk, `${entry.name}_Vh`, answer.vh, last?.vh, `svd(${entry.name})`),
        };
        factor = {
          kind: 'svd',
          id: factor?.id ?? factors.newId(),
          a: id,
          version: entry.version,
          m,
          n,
          rank: answer.s.shape[0],
          exact: answer.exact,
          elapsed_ms: answer.elapsed_ms,
          full,
          certificate: null,
          notes: answer.notes,
          channels: [{ name: entry.name, ...ids, own: null, plane: 0, energy_total: answer.energy_total }],
        };
        factors.put(factor, entry);
        return factor;
      };
      let partials = Promise.resolve();
      try {
        const { certificate } = await jobs.run(
          {
            task: 'svd',
            input: { a: borrowed.array, name: entry.name, full, first },
            title: `SVD of ${entry.name}`,
            lane: 'crunch',
            estimate,
            onPartial: (answer) => {
              const taken = take(answer);
              if (answer.exact) speed.learn(work, flops, answer.elapsed_ms);
              partials = partials
                .then(async () => call.partial(await factors.svdResult(taken)))
                // Evicted in this very moment: the final answer says so.
                .catch(() => undefined);
            },
          },
          call,
        );
        await partials;
        if (factor === null) throw new Error('svd ended without an answer');
        const done: SvdFactor = { ...(factor as SvdFactor), certificate };
        factors.amend(done);
        desk.setCode(code);
        return await factors.svdResult(done);
      } finally {
        borrowed.release();
      }
    },

    async 'svd.preview'({ factor: id, k, region: asked, width, height, residual, part }, call) {
      const factor = factors.svd(id);
      const { region } = checkRegion([factor.m, factor.n], asked, 0);
      const rank = checkRank(k, factor.rank);
      if (residual === true && factors.original(id) === null) throw stale();
      const preview = await factors.preview(id);
      if (part !== undefined && !complexParts.includes(part))
        throw new AppError('value', `Expected magnitude, real or imaginary but received ${String(part)}`, {
          argument: 'part',
        });
      if (part !== undefined && preview instanceof FactorPreview)
        throw new AppError('dtype', 'Only complex matrices have parts', { argument: 'part' });
      const { values, absmax } =
        preview instanceof FactorPreview
          ? await preview.values(
              region,
              width,
              height,
              rank,
              residual === true,
              0,
              new Float32Array(call.pixels(checkedSize(width, height) * 4).buffer),
            )
          : await preview.values(region, width, height, rank, residual === true, part);
      return { k: rank, width, height, values, absmax };
    },

    async 'svd.rebuild'({ factor: id, k, residual, name }, call) {
      const factor = factors.svd(id);
      const rank = checkRank(k, factor.rank);
      const [channel] = factor.channels;
      if (channel === undefined) throw stale();
      const original = factors.original(id);
      if (residual && original === null) throw stale();
      const [u, s, vh] = await Promise.all([channel.u, channel.s, channel.vh].map((array) => factors.array(array)));
      requireFree(
        factor.m * factor.n * u.itemsize,
        `The rank-${rank} matrix of ${count(factor.m)} × ${count(factor.n)}`,
        'Close what you no longer need.',
      );
      const source = workspace.find(factor.a)?.name ?? 'A';
      const a = residual ? await desk.borrow(original!) : null;
      try {
        const { array } = await jobs.run(
          {
            task: 'rebuild',
            input: {
              a: a?.array ?? null,
              u: u.descriptor(),
              s: s.descriptor(),
              vh: vh.descriptor(),
              k: rank,
              residual,
            },
            title: `Rank-${rank} ${residual ? 'residual' : 'approximation'} of ${source}`,
            lane: 'side',
            estimate: speed.milliseconds('gemm64', 2 * factor.m * factor.n * rank),
          },
          call,
        );
        const origin = residual ? `${source} − rank ${rank}` : `rank ${rank} of ${source}`;
        return await desk.addVariable(
          { name, array, origin, columns: workspace.find(factor.a)?.columns ?? null, label: `New ${name}` },
          (given) =>
            numpy(
              `U, s, Vh = np.linalg.svd(${source}, full_matrices=False)`,
              `${given} = ${residual ? `${source} - ` : ''}(U[:, :${rank}] * s[:${rank}]) @ Vh[:${rank}]`,
            ),
        );
      } finally {
        a?.release();
      }
    },
  };
}

/** Puts a result into the workspace unseen, in the place of an earlier answer when there is one. */
export function hide(
  desk: Desk,
  name: string,
  array: ArrayDescriptor,
  last: string | undefined,
  origin: string,
): string {
  const { workspace } = desk;
  const made = NDArray.from(array);
  const before = last === undefined ? undefined : workspace.find(last);
  if (before !== undefined)
    return workspace.set(before.id, { ...workspace.revise(before, made), version: before.version + 1 })!.id;
  const entry = workspace.make({ name, array: made, origin, hidden: true });
  return workspace.set(entry.id, entry)!.id;
}

/** @throws AppError 'linalg' as NumPy's, when it is not a matrix. */
export function matrixShape(entry: Entry): { m: number; n: number } {
  if (entry.shape.length < 2) {
    throw new AppError(
      'linalg',
      `${entry.shape.length}-dimensional array given. Array must be at least two-dimensional`,
      { argument: 'a' },
    );
  }
  if (entry.shape.length > 2) {
    throw new AppError('linalg', `${entry.name} has ${entry.shape.length} dimensions; a matrix has two`, {
      argument: 'a',
      hint:
        entry.kind === 'image'
          ? 'A colour picture is factored channel by channel: use Image.'
          : 'Choose one plane of it.',
    });
  }
  const [m = 0, n = 0] = entry.shape;
  if (m === 0 || n === 0) throw new AppError('linalg', 'Arrays cannot be empty', { argument: 'a' });
  return { m, n };
}

export function checkRank(k: unknown, rank: number): number {
  if (typeof k !== 'number' || !Number.isFinite(k))
    throw new AppError('value', `Expected a rank but received ${String(k)}`, { argument: 'k' });
  return Math.max(0, Math.min(rank, Math.round(k)));
}

export function stale(): AppError {
  return new AppError('value', 'The matrix changed since it was factored', {
    argument: 'factor',
    hint: 'Factor it again.',
  });
}

/** Singular values a first answer brings: as many as about a second allows. */
function firstRank(m: number, n: number, r: number): number {
  const affordable = Math.floor(30e9 / (12 * m * n));
  return Math.max(20, Math.min(affordable, 200, Math.floor(r / 4)));
}
