/** The SVD of one variable as a person looks at it: the answer, how it is going, the rank chosen. */
import { untrack } from 'svelte';
import { type ArrayId, type ComplexPart, complexParts, type SvdResult, type Variable } from '#shared/contract.ts';
import { type AppError, fromErrorValue, toErrorValue } from '#shared/errors.ts';
import { compute } from '../compute-client.ts';
import { tailEnergies, type Spectrum } from '../sentences/spectrum.ts';
import { againAfterCancel } from './again.ts';
import { learnDuration } from './estimate.ts';
import { keepLook, lookAt } from './looks.ts';

export type ChartScale = 'log' | 'linear' | 'energy';

export const epsOf = (dtype: Variable['dtype']): number =>
  dtype === 'float32' || dtype === 'complex64' ? 2 ** -23 : 2 ** -52;

interface Figures {
  result: SvdResult;
  spectrum: Spectrum;
  energy: Float64Array;
}
const nothing = new Float64Array();

export class SvdStudy {
  readonly id: ArrayId;
  result = $state.raw<SvdResult | null>(null);
  error = $state.raw<AppError | null>(null);
  /** Version of the variable that `error` speaks of. */
  errorVersion = $state(-1);
  running = $state(false);
  /** The person stopped it; the first answer may be there nevertheless. */
  cancelled = $state(false);
  /** The compute process no longer knows the factors; the numbers shown are still right. */
  gone = $state(false);
  #k = $state(0);
  #scale = $state<ChartScale>('log');
  #part = $state<ComplexPart>('magnitude');
  #eps = 2 ** -52;
  #abort: AbortController | null = null;
  #kept: Figures | null = null;

  constructor(id: ArrayId) {
    this.id = id;
    const look = lookAt('svd', id);
    this.#k = typeof look['k'] === 'number' ? look['k'] : 0;
    if (look['scale'] === 'linear' || look['scale'] === 'energy') this.#scale = look['scale'];
    this.#part = complexParts.find((part) => part === look['part']) ?? 'magnitude';
  }

  /** What the sentences and figures are computed from; the same object for the same answer. */
  get spectrum(): Spectrum | null {
    return this.#figures()?.spectrum ?? null;
  }

  /** Percent of the energy in the first 1, 2, … values. */
  get energy(): Float64Array {
    return this.#figures()?.energy ?? nothing;
  }

  // Kept by hand: a $derived would end with the view that first made this study.
  #figures(): Figures | null {
    const { result } = this;
    if (result === null) return null;
    if (this.#kept?.result !== result) {
      const { singular_values: values, m, n, energy_total: total, exact } = result;
      const spectrum = { values, m, n, total, exact, eps: this.#eps };
      const tails = tailEnergies(spectrum);
      const whole = tails[0];
      const share = (_: unknown, i: number) => (whole > 0 ? 100 * (1 - tails[i + 1] / whole) : 100);
      this.#kept = { result, spectrum, energy: Float64Array.from({ length: tails.length - 1 }, share) };
    }
    return this.#kept;
  }

  get ranks(): number {
    return this.result?.singular_values.length ?? 0;
  }

  /** The rank looked at, within what is known. */
  get k(): number {
    return Math.min(Math.max(1, this.#k), Math.max(1, this.ranks));
  }

  set k(k: number) {
    this.#k = k;
    keepLook('svd', this.id, { k });
  }

  get scale(): ChartScale {
    return this.#scale;
  }

  set scale(scale: ChartScale) {
    this.#scale = scale;
    keepLook('svd', this.id, { scale });
  }

  /** What of complex numbers the approximation shows. */
  get part(): ComplexPart {
    return this.#part;
  }

  set part(part: ComplexPart) {
    this.#part = part;
    keepLook('svd', this.id, { part });
  }

  /** Factors the variable as it is now; the last answer stays until the first new one. */
  async run(variable: Variable): Promise<void> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.#eps = epsOf(variable.dtype);
    this.running = true;
    this.cancelled = false;
    this.error = null;
    try {
      const onPartial = (partial: SvdResult) => {
        if (this.#abort === abort) this.#accept(partial);
      };
      const args = { a: variable.id, full_matrices: false };
      const { signal } = abort;
      const result = await againAfterCancel(() => compute('linalg.svd', args, { signal, onPartial }), signal);
      if (this.#abort !== abort) return;
      this.#accept(result);
      learnDuration(result.m, result.n, result.elapsed_ms);
    } catch (thrown) {
      if (this.#abort !== abort) return;
      const error = fromErrorValue(toErrorValue(thrown));
      if (error.code === 'cancelled') this.cancelled = true;
      else {
        this.error = error;
        this.errorVersion = variable.version;
      }
    } finally {
      if (this.#abort === abort) {
        this.#abort = null;
        this.running = false;
      }
    }
  }

  cancel(): void {
    this.#abort?.abort();
  }

  #accept(result: SvdResult): void {
    this.result = result;
    this.gone = false;
    if (this.#k === 0) this.#k = suggestedRank(result, this.#eps);
  }
}

/** A first rank worth looking at: half of the error gone, and never all of it. */
function suggestedRank({ singular_values: values, energy_total: total, m, n, exact }: SvdResult, eps: number): number {
  const tails = tailEnergies({ values, m, n, total, exact, eps });
  for (let k = 1; k < values.length; k++) if (tails[k] <= 0.01 * tails[0]) return k;
  return Math.max(1, Math.ceil(values.length / 4));
}

const studies = new Map<ArrayId, SvdStudy>();
const most = 40;

/** The study of a variable: the same one for as long as the page lives. */
export function svdStudyOf(id: ArrayId): SvdStudy {
  return untrack(() => {
    let study = studies.get(id);
    if (study === undefined) {
      study = new SvdStudy(id);
      studies.set(id, study);
      const [oldest] = studies.keys();
      if (studies.size > most && oldest !== undefined) studies.delete(oldest);
    }
    return study;
  });
}
