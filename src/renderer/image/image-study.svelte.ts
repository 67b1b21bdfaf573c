/** One picture as a person looks at it: its factorisation per colour mode, the rank, how it is compared. */
import { untrack } from 'svelte';
import type { ArrayId, ColourMode, ImageFactorResult, Variable } from '#shared/contract.ts';
import { type AppError, fromErrorValue, toErrorValue } from '#shared/errors.ts';
import { compute } from '../compute-client.ts';
import { againAfterCancel } from '../factor/again.ts';
import { keepLook, lookAt } from '../factor/looks.ts';
import { qualityCurve, type QualityCurve } from './cost.ts';

export type Comparison = 'divider' | 'side' | 'difference';

/** Pictures are factored in float32: its spacing decides what counts as zero. */
export const pictureEps = 2 ** -23;

export class ImageStudy {
  readonly id: ArrayId;
  readonly coloured: boolean;
  #mode = $state<ColourMode>('rgb');
  #comparison = $state<Comparison>('divider');
  #k = $state(0);
  /** 0 to 1 across the stage. */
  divider = $state(0.5);
  error = $state.raw<AppError | null>(null);
  running = $state(false);
  /** The person stopped the exact computation; the first answer stays. */
  cancelled = $state(false);
  /** The compute process no longer knows the factors of the mode shown. */
  gone = $state(false);
  #results = $state.raw<Partial<Record<ColourMode, ImageFactorResult>>>({});
  #abort: AbortController | null = null;
  #kept: { result: ImageFactorResult; curve: QualityCurve } | null = null;

  constructor(variable: Variable) {
    this.id = variable.id;
    this.coloured = variable.shape.length === 3 && (variable.shape[2] ?? 1) >= 3;
    const look = lookAt('image', variable.id);
    if (typeof look['k'] === 'number') this.#k = look['k'];
    if (look['mode'] === 'ycbcr' || look['mode'] === 'grey') this.#mode = look['mode'];
    if (!this.coloured) this.#mode = 'grey';
    if (look['comparison'] === 'side' || look['comparison'] === 'difference') this.#comparison = look['comparison'];
  }

  get result(): ImageFactorResult | null {
    return this.#results[this.#mode] ?? null;
  }

  /** Energy and error of every rank; the same object for the same answer. */
  get curve(): QualityCurve | null {
    const { result } = this;
    if (result === null) return null;
    // Kept by hand: a $derived would end with the view that first made this study.
    if (this.#kept?.result !== result) this.#kept = { result, curve: qualityCurve(result, pictureEps) };
    return this.#kept.curve;
  }

  get mode(): ColourMode {
    return this.#mode;
  }

  set mode(mode: ColourMode) {
    if (mode === this.#mode) return;
    this.stop();
    this.#mode = mode;
    this.cancelled = false;
    this.error = null;
    this.gone = false;
    keepLook('image', this.id, { mode });
  }

  get comparison(): Comparison {
    return this.#comparison;
  }

  set comparison(comparison: Comparison) {
    this.#comparison = comparison;
    keepLook('image', this.id, { comparison });
  }

  /** Ranks that are known. */
  get ranks(): number {
    return this.result?.rank ?? 0;
  }

  /** The rank looked at, within what is known. */
  get k(): number {
    return Math.min(Math.max(1, this.#k), Math.max(1, this.ranks));
  }

  set k(k: number) {
    this.#k = k;
    keepLook('image', this.id, { k });
  }

  /** Factors the picture as it is now, in the mode shown; the last answer stays until the first new one. */
  async run(variable: Variable): Promise<void> {
    this.stop();
    const abort = new AbortController();
    const mode = this.#mode;
    this.#abort = abort;
    this.running = true;
    this.cancelled = false;
    this.error = null;
    try {
      const onPartial = (partial: ImageFactorResult) => {
        if (this.#abort === abort) this.#accept(partial);
      };
      const args = { id: variable.id, mode };
      const { signal } = abort;
      const result = await againAfterCancel(() => compute('image.factor', args, { signal, onPartial }), signal);
      if (this.#abort === abort) this.#accept(result);
    } catch (thrown) {
      if (this.#abort !== abort) return;
      const error = fromErrorValue(toErrorValue(thrown));
      if (error.code === 'cancelled') this.cancelled = true;
      else this.error = error;
    } finally {
      if (this.#abort === abort) {
        this.#abort = null;
        this.running = false;
      }
    }
  }

  /** Stops what runs; a first answer stays. */
  cancel(): void {
    this.#abort?.abort();
  }

  stop(): void {
    const abort = this.#abort;
    this.#abort = null;
    this.running = false;
    abort?.abort();
  }

  #accept(result: ImageFactorResult): void {
    this.#results = { ...this.#results, [result.mode]: result };
    this.gone = false;
    if (this.#k === 0) this.#k = Math.min(result.rank, Math.max(4, Math.round(Math.min(result.m, result.n) / 12)));
  }
}

const studies = new Map<ArrayId, ImageStudy>();
const most = 20;

/** The study of a picture: the same one for as long as the page lives. */
export function imageStudyOf(variable: Variable): ImageStudy {
  return untrack(() => {
    let study = studies.get(variable.id);
    if (study === undefined) {
      study = new ImageStudy(variable);
      studies.set(variable.id, study);
      const [oldest] = studies.keys();
      if (studies.size > most && oldest !== undefined) studies.delete(oldest);
    }
    return study;
  });
}
