import { ComplexPreview } from '#engine/kernels/complex-preview.ts';
import { FactorPreview } from '#engine/kernels/factor-preview.ts';
import { NDArray } from '#engine/ndarray.ts';
import type { ArrayId, Certificate, ColourMode, FactorId, ImageFactorResult, SvdResult } from '#shared/contract.ts';
import { AppError } from '#shared/errors.ts';
import { type Entry, nbytesOf, type Workspace } from './workspace.ts';

/** One factored matrix by the ids of its hidden arrays. */
export interface FactorArrays {
  name: string;
  u: ArrayId;
  s: ArrayId;
  vh: ArrayId;
  /** What was factored, when it is not the variable itself (or a plane of it). */
  own: ArrayId | null;
  plane: number;
  energy_total: number;
}

interface Common {
  id: FactorId;
  a: ArrayId;
  /** Version of the variable that was factored. */
  version: number;
  m: number;
  n: number;
  rank: number;
  exact: boolean;
  elapsed_ms: number;
  channels: FactorArrays[];
}

export type Factor =
  | (Common & { kind: 'svd'; full: boolean; certificate: Certificate | null; notes: string[] })
  | (Common & { kind: 'image'; mode: ColourMode; excess_error: number | null });

export type SvdFactor = Extract<Factor, { kind: 'svd' }>;
export type ImageFactor = Extract<Factor, { kind: 'image' }>;

interface Kept {
  factor: Factor;
  /** The bytes that were factored: edits of the variable copy them first. */
  original: Entry | null;
  release: () => void;
  preview: FactorPreview | ComplexPreview | null;
  used: number;
}

/**
 * The factorisations of this session. Their arrays are hidden entries of the workspace, so that the journal keeps
 * them and the page can ask for tiles; the least recently used ones go when they take too much memory.
 */
export class Factors {
  readonly #workspace: Workspace;
  readonly #budget: () => number;
  readonly #kept = new Map<FactorId, Kept>();
  #next = 1;
  #clock = 0;
  onchange: (() => void) | null = null;

  constructor(workspace: Workspace, budget: () => number) {
    this.#workspace = workspace;
    this.#budget = budget;
  }

  newId(): FactorId {
    return `f${this.#next++}`;
  }

  /** @throws AppError 'value' when it is no longer kept. */
  get(id: unknown): Factor {
    return this.#find(id).factor;
  }

  svd(id: unknown): SvdFactor {
    const factor = this.get(id);
    if (factor.kind !== 'svd')
      throw new AppError('value', 'This factorisation is of a picture', { argument: 'factor' });
    return factor;
  }

  image(id: unknown): ImageFactor {
    const factor = this.get(id);
    if (factor.kind !== 'image')
      throw new AppError('value', 'This factorisation is not of a picture', { argument: 'factor' });
    return factor;
  }

  /** The SVD of this version of a variable, when it was computed before. */
  knownSvd(a: ArrayId, version: number, full: boolean): SvdFactor | null {
    for (const { factor } of this.#kept.values()) {
      if (factor.kind === 'svd' && factor.exact && factor.a === a && factor.version === version && factor.full === full)
        return factor;
    }
    return null;
  }

  knownImage(a: ArrayId, version: number, mode: ColourMode): ImageFactor | null {
    for (const { factor } of this.#kept.values()) {
      if (
        factor.kind === 'image' &&
        factor.exact &&
        factor.a === a &&
        factor.version === version &&
        factor.mode === mode
      )
        return factor;
    }
    return null;
  }

  /** Keeps a factorisation, or puts the exact one in the place of its first answer. */
  put(factor: Factor, original: Entry): void {
    const known = this.#kept.get(factor.id);
    if (known !== undefined) {
      known.preview?.close();
      known.preview = null;
      const stay = new Set(factor.channels.flatMap(arrayIds));
      for (const id of known.factor.channels.flatMap(arrayIds)) if (!stay.has(id)) this.#drop(id);
      known.factor = factor;
      known.used = ++this.#clock;
    } else {
      // An older factorisation of the same kind of the same variable is what this one replaces.
      for (const [id, { factor: other }] of this.#kept) {
        if (other.kind === factor.kind && other.a === factor.a && sameWay(other, factor)) this.#forget(id);
      }
      this.#kept.set(factor.id, {
        factor,
        original,
        release: original.held.share(),
        preview: null,
        used: ++this.#clock,
      });
    }
    this.#evict();
    this.onchange?.();
  }

  /** The same arrays with more known about them. */
  amend(factor: Factor): void {
    const kept = this.#kept.get(factor.id);
    if (kept === undefined) return;
    kept.factor = factor;
    this.onchange?.();
  }

  /** Forgets a factorisation that did not come to its end before anything of it was shown. */
  remove(id: FactorId): void {
    this.#forget(id);
    this.onchange?.();
  }

  /** Rank-k pictures of a factored photograph, ready for a slider. */
  async picturePreview(id: unknown): Promise<FactorPreview> {
    const preview = await this.preview(id);
    if (preview instanceof FactorPreview) return preview;
    throw new AppError('dtype', 'A complex matrix is not a photograph', { argument: 'factor' });
  }

  /** Rank-k pictures of a factorisation, ready for a slider. */
  async preview(id: unknown): Promise<FactorPreview | ComplexPreview> {
    const kept = this.#find(id);
    if (kept.preview !== null) return kept.preview;
    const { factor } = kept;
    const channels = await Promise.all(
      factor.channels.map(async ({ u, s, vh, own, plane }) => {
        const original = own === null ? kept.original : this.#workspace.get(own);
        return {
          u: await this.array(u),
          s: await this.array(s),
          vh: await this.array(vh),
          a: original === null ? null : await original.held.get(),
          plane,
        };
      }),
    );
    // Full factors have more columns than singular values: a preview takes those that count.
    const trimmed = channels.map((channel) => {
      const r = channel.s.shape[0];
      return { ...channel, u: leading(channel.u, 1, r), vh: leading(channel.vh, 0, r) };
    });
    if (kept.preview === null && kept.factor === factor) {
      const [only] = trimmed;
      kept.preview =
        only?.u.entries === 2
          ? new ComplexPreview(only)
          : new FactorPreview(trimmed, { sampling: factor.kind === 'image' ? 'area' : 'cells' });
    }
    return kept.preview ?? this.preview(id);
  }

  /** The variable's entry as it was when it was factored; null when only newer values are left. */
  original(id: unknown): Entry | null {
    return this.#find(id).original;
  }

  /** One of a factorisation's arrays. */
  array(id: ArrayId): Promise<NDArray> {
    return this.#workspace.get(id).held.get();
  }

  async svdResult(factor: SvdFactor): Promise<SvdResult> {
    const { id, a, version, m, n, rank, exact, certificate, elapsed_ms, notes } = factor;
    const [{ u, s, vh, energy_total }] = factor.channels as [FactorArrays];
    const singular_values = await this.#values(s);
    return {
      factor: id,
      a,
      version,
      u,
      s,
      vh,
      m,
      n,
      rank,
      singular_values,
      energy_total,
      exact,
      certificate,
      elapsed_ms,
      notes,
    };
  }

  async imageResult(factor: ImageFactor): Promise<ImageFactorResult> {
    const { id, a, version, mode, m, n, rank, exact, elapsed_ms, excess_error } = factor;
    const channels = await Promise.all(
      factor.channels.map(async ({ name, s, energy_total }) => ({
        name,
        singular_values: await this.#values(s),
        energy_total,
      })),
    );
    return { factor: id, a, version, mode, m, n, rank, exact, elapsed_ms, excess_error, channels };
  }

  /** Code that gives kept arrays their names, when they are U, s and Vh of one SVD. */
  codeFor(ids: readonly ArrayId[], names: readonly string[]): string[] | null {
    for (const { factor } of this.#kept.values()) {
      if (factor.kind !== 'svd') continue;
      const [channel] = factor.channels;
      if (channel === undefined || !ids.every((id) => arrayIds(channel).includes(id))) continue;
      const a = this.#workspace.find(factor.a)?.name ?? 'A';
      const name = (id: ArrayId) => (ids.includes(id) ? names[ids.indexOf(id)] : '_');
      const full = factor.full ? '' : ', full_matrices=False';
      return [
        'import numpy as np',
        `${name(channel.u)}, ${name(channel.s)}, ${name(channel.vh)} = np.linalg.svd(${a}${full})`,
      ];
    }
    return null;
  }

  toJSON(): unknown {
    return { next: this.#next, kept: [...this.#kept.values()].map(({ factor }) => factor) };
  }

  /** Takes over what the journal kept; factorisations whose arrays were lost are passed over. */
  restore(saved: unknown): void {
    const { next, kept } = (saved ?? {}) as { next?: unknown; kept?: unknown };
    if (typeof next === 'number') this.#next = next;
    if (!Array.isArray(kept)) return;
    for (const factor of kept as Factor[]) {
      try {
        const ids = factor.channels.flatMap(arrayIds);
        if (ids.length === 0 || ids.some((id) => this.#workspace.find(id) === undefined)) continue;
        const original = this.#workspace.find(factor.a);
        const same = original !== undefined && original.version === factor.version ? original : null;
        // Without its certificate an interrupted exact result is still exact; a first answer stays one.
        this.#kept.set(factor.id, {
          factor,
          original: same,
          release: same?.held.share() ?? (() => undefined),
          preview: null,
          used: ++this.#clock,
        });
      } catch {
        // Written by another version: the variable can be factored again.
      }
    }
    this.#dropOrphans();
  }

  async #values(s: ArrayId): Promise<Float64Array> {
    const array = await this.array(s);
    const start = array.offset / array.data.BYTES_PER_ELEMENT;
    return Float64Array.from(array.data.subarray(start, start + array.size) as Float64Array);
  }

  #find(id: unknown): Kept {
    const kept = typeof id === 'string' ? this.#kept.get(id) : undefined;
    if (kept === undefined) {
      throw new AppError('value', 'This factorisation is no longer kept', {
        argument: 'factor',
        hint: 'Factor the matrix again.',
      });
    }
    kept.used = ++this.#clock;
    return kept;
  }

  #forget(id: FactorId): void {
    const kept = this.#kept.get(id);
    if (kept === undefined) return;
    this.#kept.delete(id);
    kept.preview?.close();
    kept.release();
    for (const array of kept.factor.channels.flatMap(arrayIds)) this.#drop(array);
  }

  #drop(id: ArrayId): void {
    if (this.#workspace.find(id)?.hidden === true) this.#workspace.set(id, null);
  }

  #evict(): void {
    const budget = this.#budget();
    const inOrder = [...this.#kept.values()].sort((a, b) => b.used - a.used);
    let bytes = 0;
    for (const [index, { factor }] of inOrder.entries()) {
      for (const id of factor.channels.flatMap(arrayIds)) {
        const entry = this.#workspace.find(id);
        if (entry !== undefined) bytes += nbytesOf(entry);
      }
      if (index > 0 && (bytes > budget || index >= 24)) this.#forget(factor.id);
    }
  }

  /** Hidden arrays that no factorisation speaks of: left by a job that was killed. */
  #dropOrphans(): void {
    const used = new Set([...this.#kept.values()].flatMap(({ factor }) => factor.channels.flatMap(arrayIds)));
    for (const entry of this.#workspace.all())
      if (entry.hidden && !used.has(entry.id)) this.#workspace.set(entry.id, null);
  }
}

function arrayIds({ u, s, vh, own }: FactorArrays): ArrayId[] {
  return own === null ? [u, s, vh] : [u, s, vh, own];
}

function sameWay(a: Factor, b: Factor): boolean {
  if (a.kind === 'svd' && b.kind === 'svd') return a.full === b.full;
  return a.kind === 'image' && b.kind === 'image' && a.mode === b.mode;
}

/** The first `count` rows (axis 0) or columns (axis 1), as a view. */
function leading(array: NDArray, axis: 0 | 1, count: number): NDArray {
  if (array.shape[axis] === count) return array;
  const descriptor = array.descriptor();
  descriptor.shape[axis] = count;
  return NDArray.from(descriptor);
}
