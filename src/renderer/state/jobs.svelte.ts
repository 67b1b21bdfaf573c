/** What the compute process is busy with. */
import type { Progress } from '#shared/contract.ts';
import { connection, on } from '../compute-client.ts';

/** What runs by itself is shown only when it takes its time. */
const quietMs = 800;

class Jobs {
  all = $state.raw<Progress[]>([]);
  /** Requests whose Cancel was pressed, until they are gone from the list. */
  #cancelling = $state.raw<ReadonlySet<number>>(new Set());

  /** The one to show: what a person asked for before what runs by itself. */
  get shown(): Progress | null {
    const loud = (job: Progress) => job.elapsed_ms > quietMs && job.name !== 'samples.thumbnail';
    return this.all.find((job) => !job.background) ?? this.all.find(loud) ?? null;
  }

  get waiting(): Progress[] {
    const { shown } = this;
    return this.all.filter((job) => job !== shown && !job.background);
  }

  isCancelling(job: Progress): boolean {
    return this.#cancelling.has(job.request);
  }

  canCancel(job: Progress): boolean {
    return connection.owns(job.request) && !this.isCancelling(job);
  }

  cancel(job: Progress): void {
    this.#cancelling = new Set([...this.#cancelling, job.request]);
    connection.cancel(job.request);
  }

  follow(): void {
    on('jobs.changed', ({ jobs }) => {
      this.all = jobs;
      if (this.#cancelling.size > 0) {
        const left = new Set(jobs.map((job) => job.request).filter((id) => this.#cancelling.has(id)));
        if (left.size !== this.#cancelling.size) this.#cancelling = left;
      }
    });
    connection.onHello(() => {
      this.all = [];
      this.#cancelling = new Set();
    });
  }
}

export const jobs = new Jobs();
