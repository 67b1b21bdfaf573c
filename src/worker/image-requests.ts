import { checkedSize } from '#engine/kernels/matrix-view.ts';
import type { ColourMode, FactorId } from '#shared/contract.ts';
import { AppError } from '#shared/errors.ts';
import { checkRegion, extent } from './cells.ts';
import { numpy, quoted } from './code.ts';
import type { Desk } from './desk.ts';
import type { ImageFactor } from './factors.ts';
import type { ImageFactorAnswer } from './image-task.ts';
import type { Requester } from './jobs.ts';
import { count, requireFree } from './memory.ts';
import type { Group } from './serve.ts';
import { svdFlops } from './speed.ts';
import { checkRank, hide, stale } from './svd-requests.ts';
import type { Entry } from './workspace.ts';

type Names = 'image.factor' | 'image.preview' | 'image.quality' | 'image.jpeg_of_size' | 'image.rebuild' | 'image.save';

/** An exact factorisation expected sooner than this comes without a first answer. */
const patienceMs = 1200;

/** Pictures and their singular values. */
export function imageRequests(desk: Desk): Group<Names> {
  const { workspace, factors, jobs, speed } = desk;

  /** The factors of a picture at one rank, for a task on another thread. */
  const atRank = async (id: FactorId, k: unknown) => {
    const factor = factors.image(id);
    const rank = checkRank(k, factor.rank);
    const channels = await Promise.all(
      factor.channels.map(async ({ u, s, vh }) => ({
        u: (await factors.array(u)).descriptor(),
        s: (await factors.array(s)).descriptor(),
        vh: (await factors.array(vh)).descriptor(),
      })),
    );
    return { factor, input: { mode: factor.mode, k: rank, channels } };
  };

  const rebuilt = async (id: FactorId, k: unknown, call: Requester, doing: string) => {
    const { factor, input } = await atRank(id, k);
    const name = workspace.find(factor.a)?.name ?? 'the picture';
    requireFree(factor.m * factor.n * 3, `The rank-${input.k} picture`, 'Close what you no longer need.');
    const { array } = await jobs.run(
      {
        task: 'image-rebuild',
        input,
        title: `${doing} rank ${input.k} of ${name}`,
        lane: 'side',
        estimate: rankEstimate(factor, input.k),
      },
      call,
    );
    return { factor, k: input.k, name, array };
  };

  const rankEstimate = ({ m, n, channels }: ImageFactor, k: number) =>
    channels.length * (speed.milliseconds('gemm32', 2 * m * n * k) + (m * n) / 50_000);

  return {
    async 'image.factor'({ id, mode }, call) {
      const entry = workspace.get(id);
      const { m, n, chosen } = pictureShape(entry, mode);
      const code = factorCode(entry, chosen);
      const known = factors.knownImage(id, entry.version, chosen);
      if (known !== null) {
        desk.setCode(code);
        return factors.imageResult(known);
      }
      const channelCount = chosen === 'grey' ? 1 : 3;
      const r = Math.min(m, n);
      requireFree(
        channelCount * 4 * (m * r + r * n) + 4 * (2 * m * n + 5 * r * r),
        `Factoring ${entry.name} (${count(n)} × ${count(m)} pixels, ${channelCount === 1 ? 'one channel' : `${channelCount} channels`})`,
        'Open the picture reduced, or factor it in grey.',
      );
      const flops = svdFlops(m, n);
      const estimate = channelCount * speed.milliseconds('svd32', flops);
      const first = estimate > patienceMs && r > 60 ? firstRank(m, n, r, channelCount) : null;
      const borrowed = await desk.borrow(entry);
      let factor: ImageFactor | null = null;
      const take = (answer: ImageFactorAnswer): ImageFactor => {
        const channels = answer.channels.map((channel, index) => {
          const last = factor?.channels[index];
          const label = `${entry.name}_${channel.name.replaceAll(' ', '_')}`;
          const origin = `svd(${entry.name})`;
          return {
            name: channel.name,
            u: hide(desk, `${label}_U`, channel.u, last?.u, origin),
            s: hide(desk, `${label}_s`, channel.s, last?.s, origin),
            vh: hide(desk, `${label}_Vh`, channel.vh, last?.vh, origin),
            own: channel.own === null ? null : (last?.own ?? hide(desk, label, channel.own, undefined, origin)),
            plane: channel.plane,
            energy_total: channel.energy_total,
          };
        });
        const { exact, excess_error, elapsed_ms } = answer;
        const rank = answer.channels[0].s.shape[0];
        factor = {
          kind: 'image',
          id: factor?.id ?? factors.newId(),
          a: id,
          version: entry.version,
          mode: chosen,
          m,
          n,
          rank,
          exact,
          elapsed_ms,
          excess_error,
          channels,
        };
        factors.put(factor, entry);
        return factor;
      };
      const title = `SVD of ${entry.name}`;
      const later = (channel: number) => ({
        from: channel / channelCount,
        to: (channel + 1) / channelCount,
        later: ((channelCount - 1 - channel) / channelCount) * estimate,
      });
      try {
        const plan = { task: 'image-factor', title, lane: 'crunch' } as const;
        const whole = { a: borrowed.array, mode: chosen };
        let done: ImageFactor;
        if (first === null) {
          done = take(await jobs.run({ ...plan, input: { ...whole, rank: null }, estimate }, call));
        } else {
          const quick = { from: 0, to: 0, later: estimate };
          const answer = await jobs.run({ ...plan, input: { ...whole, rank: first }, part: quick }, call);
          call.partial(await factors.imageResult(take(answer)));
          // One job per channel: what a person starts meanwhile comes between them.
          const channels: ImageFactorAnswer['channels'] = [];
          const began = performance.now();
          for (const [index, { own, plane, name, energy_total }] of answer.channels.entries()) {
            const started = performance.now();
            const exact = await jobs.run(
              {
                task: 'image-channel',
                input: { a: own ?? borrowed.array, plane: own === null ? plane : 0, name },
                title,
                lane: 'crunch',
                estimate: estimate / channelCount,
                part: later(index),
              },
              call,
            );
            speed.learn('svd32', flops, performance.now() - started);
            channels.push({ ...exact, own, plane, name, energy_total });
          }
          done = take({ channels, exact: true, excess_error: null, elapsed_ms: performance.now() - began });
        }
        desk.setCode(code);
        return await factors.imageResult(done);
      } finally {
        borrowed.release();
      }
    },

    async 'image.preview'({ factor: id, k, region: asked, width, height, difference }, call) {
      const factor = factors.image(id);
      const { region } = checkRegion([factor.m, factor.n], asked, 0);
      const rank = checkRank(k, factor.rank);
      if (difference === true && factors.original(id) === null && factor.channels.some(({ own }) => own === null))
        throw stale();
      const preview = await factors.picturePreview(id);
      const into = call.pixels(checkedSize(width, height) * 4);
      const rgba = await preview.rgba(region, width, height, rank, factor.mode, difference === true, into);
      return { k: rank, width, height, rgba };
    },

    async 'image.quality'({ factor: id, k }, call) {
      const { factor, input } = await atRank(id, k);
      const original = factors.original(id);
      if (original === null) throw stale();
      const borrowed = await desk.borrow(original);
      try {
        return await jobs.run(
          {
            task: 'image-quality',
            input: { ...input, a: borrowed.array },
            title: `Quality of rank ${input.k}`,
            lane: 'side',
            background: true,
            estimate: rankEstimate(factor, input.k),
          },
          call,
        );
      } finally {
        borrowed.release();
      }
    },

    async 'image.jpeg_of_size'({ id, bytes }, call) {
      const entry = workspace.get(id);
      pictureShape(entry, 'rgb');
      if (!(Number.isFinite(bytes) && bytes > 0))
        throw new AppError('value', 'Expected a number of bytes', { argument: 'bytes' });
      const borrowed = await desk.borrow(entry);
      try {
        return await jobs.run(
          {
            task: 'jpeg-of-size',
            input: { a: borrowed.array, bytes },
            title: `JPEG of ${entry.name}`,
            lane: 'side',
            background: true,
          },
          call,
        );
      } finally {
        borrowed.release();
      }
    },

    async 'image.rebuild'({ factor: id, k, name }, call) {
      const done = await rebuilt(id, k, call, 'Rebuilding');
      return desk.addVariable(
        { name, array: done.array, origin: `rank ${done.k} of ${done.name}`, kind: 'image', label: `New ${name}` },
        (given) => rankCode(given, done.name, done.factor, done.k),
      );
    },

    async 'image.save'({ factor: id, k, target, format }, call) {
      const grant = await desk.files.writable(target);
      if (format !== 'png' && format !== 'jpeg')
        throw new AppError('value', `Expected png or jpeg but received ${String(format)}`, { argument: 'format' });
      const done = await rebuilt(id, k, call, 'Rebuilding');
      const { size } = await jobs.run(
        {
          task: 'picture-save',
          input: { a: done.array, path: grant.path, name: grant.name, format },
          title: `Saving ${grant.name}`,
          lane: 'side',
        },
        call,
      );
      desk.setCode([
        ...rankCode('picture', done.name, done.factor, done.k),
        'from PIL import Image',
        `Image.fromarray(picture).save(${quoted(grant.name)})`,
      ]);
      return { file: target, name: grant.name, size };
    },
  };
}

function pictureShape(entry: Entry, mode: unknown): { m: number; n: number; chosen: ColourMode } {
  const { rows: m, cols: n, planes } = extent(entry.shape);
  if (entry.dtype !== 'uint8' || entry.shape.length < 2 || (planes !== 1 && planes !== 3)) {
    throw new AppError(
      'dtype',
      `${entry.name} is no picture: it is ${entry.dtype} of shape (${entry.shape.join(', ')})`,
      {
        argument: 'id',
        hint: 'Pictures are uint8 of shape (h, w) or (h, w, 3). A matrix is factored under Factor.',
      },
    );
  }
  if (m === 0 || n === 0) throw new AppError('shape', 'The picture has no pixels', { argument: 'id' });
  if (mode !== 'rgb' && mode !== 'ycbcr' && mode !== 'grey')
    throw new AppError('value', `There is no colour mode ${String(mode)}`, { argument: 'mode' });
  // A grey picture has one channel, whatever is asked for.
  return { m, n, chosen: planes === 1 ? 'grey' : mode };
}

/** Singular values a first answer brings within about a second, over all channels. */
function firstRank(m: number, n: number, r: number, channels: number): number {
  const affordable = Math.floor(45e9 / (channels * 12 * m * n));
  return Math.max(32, Math.min(affordable, 256, Math.floor(r / 3)));
}

function planesCode(name: string, mode: ColourMode, grey: boolean): string[] {
  if (mode === 'grey')
    return grey
      ? [`planes = [${name}.astype(np.float32)]`]
      : [`planes = [np.round(${name} @ [0.299, 0.587, 0.114]).astype(np.float32)]`];
  if (mode === 'rgb') return [`planes = [${name}[..., c].astype(np.float32) for c in range(3)]`];
  return [
    'to_ycc = np.array([[0.299, 0.587, 0.114], [-0.168735892, -0.331264108, 0.5], [0.5, -0.418687589, -0.081312411]])',
    `ycc = ${name} @ to_ycc.T + [0, 128, 128]`,
    'planes = [ycc[..., c].astype(np.float32) for c in range(3)]',
  ];
}

function factorCode(entry: Entry, mode: ColourMode): string[] {
  return numpy(
    ...planesCode(entry.name, mode, entry.shape.length === 2),
    'factors = [np.linalg.svd(plane, full_matrices=False) for plane in planes]',
  );
}

function rankCode(name: string, source: string, { mode, channels }: ImageFactor, k: number): string[] {
  const grey = mode === 'grey' && channels[0]?.own === null;
  const lines = [
    ...planesCode(source, mode, grey),
    'factors = [np.linalg.svd(plane, full_matrices=False) for plane in planes]',
    `rebuilt = [(U[:, :${k}] * s[:${k}]) @ Vh[:${k}] for U, s, Vh in factors]`,
  ];
  if (mode === 'grey') return numpy(...lines, `${name} = np.clip(np.round(rebuilt[0]), 0, 255).astype(np.uint8)`);
  if (mode === 'rgb')
    return numpy(...lines, `${name} = np.clip(np.round(np.stack(rebuilt, axis=-1)), 0, 255).astype(np.uint8)`);
  return numpy(
    ...lines,
    'rgb = (np.stack(rebuilt, axis=-1) - [0, 128, 128]) @ np.linalg.inv(to_ycc).T',
    `${name} = np.clip(np.round(rgb), 0, 255).astype(np.uint8)`,
  );
}
