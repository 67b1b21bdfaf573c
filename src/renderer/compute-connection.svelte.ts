/**
 * The page's end of the line to the compute process: numbers the requests, matches the replies, carries
 * partial answers and events, and comes back by itself when the process was started again.
 */
import type {
  Args,
  Channel,
  ComputeMessage,
  EventName,
  Events,
  PageMessage,
  PartialReply,
  Reply,
  RequestName,
  Restart,
} from '#shared/contract.ts';
import { AppError, fromErrorValue, toErrorValue } from '#shared/errors.ts';

export interface RequestOptions<N extends RequestName> {
  /** Aborting it cancels the request: the promise rejects with code `cancelled` at once. */
  signal?: AbortSignal;
  /** Called with each intermediate answer, in order. */
  onPartial?: (value: PartialReply<N>) => void;
}

type Hello = Extract<ComputeMessage, { kind: 'hello' }>;

interface Pending {
  name: RequestName;
  args: unknown;
  resolve: (value: unknown) => void;
  reject: (error: AppError) => void;
  onPartial: ((value: unknown) => void) | undefined;
  /** On the wire of the present connection. */
  sent: boolean;
  /** Its Cancel was pressed: when the process ends over it, that is what was wanted. */
  cancelling: boolean;
  /** Already asked twice: once more would only meet the same end. */
  repeated: boolean;
}

/** What only reads and costs little is asked again after a restart; nobody needs to hear of it. */
const repeatable: ReadonlySet<RequestName> = new Set<RequestName>([
  'system.info',
  'workspace.state',
  'array.cells',
  'array.statistics',
  'array.range',
  'array.tile',
  'array.thumbnail',
  'array.inspect',
  'image.view',
  'samples.list',
]);

const firstDelayMs = 50;
const longestDelayMs = 1000;
/** How long the process may stay away before waiting requests are given up. */
const patienceMs = 15_000;

export type ConnectionState = 'connecting' | 'open' | 'reconnecting' | 'lost';

/**
 * One line to the compute process.
 *
 * @example
 * const line = new ComputeConnection(connect);
 * line.open();
 * const info = await line.compute('system.info', {});
 */
export class ComputeConnection {
  /** `lost` after 15 s without an answer; it keeps trying. */
  state = $state<ConnectionState>('connecting');
  /** Why the process was started again, as its last greeting said; null after an ordinary start. */
  restart = $state.raw<Restart | null>(null);
  session = $state('');
  /** Why the last attempt to connect failed; null while connected. */
  problem = $state.raw<AppError | null>(null);
  /** Grows with every greeting: views reload what they keep when it changes. */
  epoch = $state(0);

  readonly #connect: () => Promise<Channel<ComputeMessage, PageMessage>>;
  readonly #pending = new Map<number, Pending>();
  readonly #listeners = new Map<EventName, Set<(data: never) => void>>();
  readonly #greeted = new Set<(hello: Hello) => void>();
  #channel: Channel<ComputeMessage, PageMessage> | null = null;
  // Random, so that a job of another window is never taken for one of ours.
  #next = Math.floor(Math.random() * 2 ** 30) * 2 ** 16;
  #delay = firstDelayMs;
  #lostTimer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(connect: () => Promise<Channel<ComputeMessage, PageMessage>>) {
    this.#connect = connect;
  }

  /** Begins to connect, and from then on stays connected until `close`. */
  open(): void {
    this.#startPatience();
    void this.#dial();
  }

  /** Ends the line; everything that waits rejects with `worker-lost`. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#lostTimer);
    this.#channel?.close();
    this.#giveUp();
  }

  /**
   * Asks the compute process.
   * @throws AppError with the code the other side gave; `cancelled` after an abort; `worker-lost` when the
   * process ended before it answered.
   */
  compute<N extends RequestName>(name: N, args: Args<N>, options: RequestOptions<N> = {}): Promise<Reply<N>> {
    const { signal, onPartial } = options;
    return new Promise<Reply<N>>((resolve, reject) => {
      if (signal?.aborted) {
        reject(cancelled());
        return;
      }
      const id = this.#next++;
      const onAbort = () => {
        this.cancel(id);
        this.#pending.delete(id);
        reject(cancelled());
      };
      const settle = () => signal?.removeEventListener('abort', onAbort);
      signal?.addEventListener('abort', onAbort, { once: true });
      const pending: Pending = {
        name,
        args,
        resolve: (value) => {
          settle();
          resolve(value as Reply<N>);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
        onPartial: onPartial as ((value: unknown) => void) | undefined,
        sent: false,
        cancelling: false,
        repeated: false,
      };
      this.#pending.set(id, pending);
      if (this.state === 'open') this.#send(id, pending);
      else if (this.state === 'lost') {
        this.#pending.delete(id);
        pending.reject(lost());
      }
    });
  }

  /** Asks for a request to be cancelled; its promise rejects when the compute process says so. */
  cancel(id: number): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    pending.cancelling = true;
    if (pending.sent) this.#channel?.post({ kind: 'cancel', id });
  }

  /** True while this page waits for the request of that number. */
  owns(id: number): boolean {
    return this.#pending.has(id);
  }

  /** Listens to an event; returns the way to stop. */
  on<N extends EventName>(name: N, callback: (data: Events[N]) => void): () => void {
    const set = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, set);
    const listener = callback as (data: never) => void;
    set.add(listener);
    return () => set.delete(listener);
  }

  /** Calls back with every greeting: at the first connection and after each restart. */
  onHello(callback: (hello: Hello) => void): () => void {
    this.#greeted.add(callback);
    return () => this.#greeted.delete(callback);
  }

  async #dial(): Promise<void> {
    if (this.#closed) return;
    let channel: Channel<ComputeMessage, PageMessage>;
    try {
      channel = await this.#connect();
    } catch (thrown) {
      this.problem = fromErrorValue(toErrorValue(thrown));
      this.#redialSoon();
      return;
    }
    if (this.#closed) {
      channel.close();
      return;
    }
    this.#channel = channel;
    channel.onclose = () => {
      if (this.#channel === channel) this.#dropped();
    };
    channel.onmessage = (message) => {
      if (this.#channel === channel) this.#receive(message);
    };
  }

  #redialSoon(): void {
    if (this.#closed) return;
    setTimeout(() => void this.#dial(), this.#delay);
    this.#delay = Math.min(this.#delay * 2, longestDelayMs);
  }

  #dropped(): void {
    this.#channel = null;
    if (this.#closed) return;
    if (this.state === 'open') {
      this.state = 'reconnecting';
      this.#startPatience();
    }
    for (const [id, pending] of this.#pending) {
      if (!pending.sent) continue;
      if (repeatable.has(pending.name) && !pending.repeated && !pending.cancelling) {
        pending.sent = false;
        pending.repeated = true;
      } else {
        this.#pending.delete(id);
        pending.reject(pending.cancelling ? cancelled() : lost());
      }
    }
    this.#redialSoon();
  }

  #startPatience(): void {
    clearTimeout(this.#lostTimer);
    this.#lostTimer = setTimeout(() => {
      this.state = 'lost';
      this.#giveUp();
    }, patienceMs);
  }

  #giveUp(): void {
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    for (const pending of waiting) pending.reject(lost());
  }

  #send(id: number, pending: Pending): void {
    pending.sent = true;
    this.#channel?.post({ kind: 'request', id, name: pending.name, args: pending.args });
  }

  #receive(message: ComputeMessage): void {
    switch (message.kind) {
      case 'hello':
        clearTimeout(this.#lostTimer);
        this.#delay = firstDelayMs;
        this.session = message.session;
        this.problem = null;
        this.restart = message.restart;
        this.state = 'open';
        this.epoch += 1;
        for (const [id, pending] of this.#pending) if (!pending.sent) this.#send(id, pending);
        for (const callback of this.#greeted) callback(message);
        return;
      case 'reply': {
        const pending = this.#pending.get(message.id);
        if (pending === undefined) return;
        this.#pending.delete(message.id);
        if (message.ok) pending.resolve(message.value);
        else pending.reject(fromErrorValue(message.error));
        return;
      }
      case 'partial':
        this.#pending.get(message.id)?.onPartial?.(message.value);
        return;
      case 'event':
        for (const listener of this.#listeners.get(message.name) ?? []) listener(message.data as never);
    }
  }
}

function cancelled(): AppError {
  return new AppError('cancelled', 'Cancelled');
}

function lost(): AppError {
  return new AppError('worker-lost', 'The compute process ended before it answered', {
    hint: 'Everything that was open comes back by itself; try again.',
  });
}
