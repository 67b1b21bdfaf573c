/** Measured quality of the rank shown, and of a JPEG of its size: asked for once the hand rests. */
import { untrack } from 'svelte';
import { compute } from '../compute-client.ts';
import { storedNumbers } from './cost.ts';
import type { ImageStudy } from './image-study.svelte.ts';

const restMs = 300;

export interface Measured {
  factor: string;
  k: number;
  psnr: number;
}

export interface Jpeg {
  factor: string;
  k: number;
  bytes: number;
  psnr: number;
  qualities: [number, number];
}

/** Follows a study while its view is open; call `follow` in an effect. */
export class Quality {
  measured = $state.raw<Measured | null>(null);
  jpeg = $state.raw<Jpeg | null>(null);
  /** The JPEG could not be made: said in its row instead of a number. */
  jpegFailed = $state(false);

  /** Asks for the rank shown after a rest; returns the way to give up. */
  follow(study: ImageStudy, dragging: boolean): () => void {
    const { result, k, gone } = study;
    if (!result || gone || dragging) return () => undefined;
    const { factor } = result;
    const knows = (one: Measured | Jpeg | null) => one?.factor === factor && one.k === k;
    if (untrack(() => knows(this.measured) && knows(this.jpeg))) return () => undefined;
    const abort = new AbortController();
    const timer = setTimeout(() => void this.#ask(study, factor, k, abort.signal), restMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }

  async #ask(study: ImageStudy, factor: string, k: number, signal: AbortSignal): Promise<void> {
    const { result } = study;
    if (!result) return;
    if (this.measured?.factor !== factor || this.measured.k !== k) {
      try {
        const { psnr } = await compute('image.quality', { factor, k }, { signal });
        this.measured = { factor, k, psnr };
      } catch {
        // The estimate stays in its place, marked as one.
      }
    }
    // A JPEG keeps the colours; next to a grey picture it would be compared with something else.
    if (signal.aborted || (study.mode === 'grey' && study.coloured)) return;
    const bytes = storedNumbers(result.m, result.n, k) * result.channels.length;
    this.jpegFailed = false;
    try {
      const jpeg = await compute('image.jpeg_of_size', { id: study.id, bytes }, { signal });
      this.jpeg = { factor, k, ...jpeg };
    } catch {
      if (!signal.aborted) this.jpegFailed = true;
    }
  }
}
