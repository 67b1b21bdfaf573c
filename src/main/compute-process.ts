/**
 * Keeps one compute process running for a window: starts it, hands it files and connections, and starts it
 * again when it dies, telling the next one why. Both windows use it; only how a process is launched differs.
 */
import type { FileId, Restart } from '#shared/contract.ts';
import type { ControlMessage, ControlReply, Grant } from '#shared/control.ts';
import { AppError, type ErrorValue, toErrorValue } from '#shared/errors.ts';

/** How a process ended, as far as its launcher can tell. */
export interface Ending {
  code: number | null;
  signal: string | null;
  /** The system or V8 said that memory ran out. */
  outOfMemory: boolean;
  /** The last lines it wrote to its error output. */
  lastWords: string;
}

/** A launched process. `Handle` is what carries a connection: a socket (Node) or a port (Electron). */
export interface ComputeChild<Handle> {
  readonly pid: number | undefined;
  send(message: ControlMessage, handle?: Handle): void;
  kill(): void;
}

/** Starts a process and reports what it says and how it ends; `onEnd` is called exactly once. */
export type Launch<Handle> = (
  onReply: (reply: ControlReply) => void,
  onEnd: (ending: Ending) => void,
) => ComputeChild<Handle>;

export type ComputeState =
  { name: 'starting' } | { name: 'ready' } | { name: 'failed'; error: ErrorValue } | { name: 'closed' };

export interface ComputeOptions<Handle> {
  launch: Launch<Handle>;
  session: string;
  app: string;
  granted: Grant[];
  onPid?: (pid: number | null) => void;
  onState?: (state: ComputeState) => void;
  /** One sentence for the terminal whenever the process was started again. */
  onRestart?: (restart: Pick<Restart, 'reason' | 'job'>) => void;
}

interface Waiting<Handle> {
  message: ControlMessage;
  handle: Handle;
  drop: () => void;
  limit: ReturnType<typeof setTimeout>;
}

/** Milliseconds before each start in a row of quick deaths; one more death ends the row for good. */
const delays = [0, 100, 300, 800, 1500] as const;
/** A process that lived this long after `ready` did not die of its own start. */
const soundAfterMs = 10_000;
/** A process that says neither `ready` nor `failed` for so long hangs. A large journal is read within seconds. */
const startLimitMs = 120_000;
/** How long a connection waits for a process that is being started again. */
const connectLimitMs = 60_000;
/** How long `shutdown` may take: the journal is flushed in it. */
const shutdownLimitMs = 15_000;

const crashSignals: ReadonlySet<string> = new Set([
  'SIGSEGV',
  'SIGBUS',
  'SIGILL',
  'SIGFPE',
  'SIGABRT',
  'SIGTRAP',
  'SIGSYS',
]);

/** Why a process ended that nobody asked to end. */
export function reasonOf(ending: Ending, cancelling: boolean): Restart['reason'] {
  if (cancelling) return 'cancelled';
  if (ending.outOfMemory) return 'out-of-memory';
  if (ending.signal !== null) return crashSignals.has(ending.signal) ? 'crashed' : 'killed';
  // A shell's way to report signals; also what Electron gives on POSIX systems.
  if (ending.code === 137 || ending.code === 143) return 'killed';
  return 'crashed';
}

/**
 * One window's compute process.
 *
 * @example
 * const compute = new ComputeProcess({ launch: forkCompute(script), session, app: '1.0.0', granted: [] });
 * compute.start();
 * compute.connect({ kind: 'socket', request, head }, socket, () => socket.destroy());
 * await compute.stop();
 */
export class ComputeProcess<Handle> {
  readonly #options: ComputeOptions<Handle>;
  readonly #grants = new Map<FileId, Grant>();
  #opened: FileId[];
  #child: ComputeChild<Handle> | null = null;
  #state: ComputeState = { name: 'starting' };
  #waiting: Waiting<Handle>[] = [];
  #restart: Pick<Restart, 'reason' | 'job'> | null = null;
  #job: string | null = null;
  #cancelling = false;
  #quickDeaths = 0;
  #readyAt = 0;
  #stopping = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #onStopped: (() => void) | null = null;

  constructor(options: ComputeOptions<Handle>) {
    this.#options = options;
    for (const grant of options.granted) this.#grants.set(grant.file, grant);
    this.#opened = options.granted.map((grant) => grant.file);
  }

  get state(): ComputeState {
    return this.#state;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Launches the first process; also begins anew after a final failure. */
  start(): void {
    if (this.#stopping || this.#child !== null) return;
    clearTimeout(this.#timer);
    this.#quickDeaths = 0;
    this.#launch();
  }

  /** Lets the process know a file; it is told again to every later one. */
  grant(grant: Grant): void {
    this.#grants.set(grant.file, grant);
    if (this.#state.name === 'ready') this.#send({ kind: 'grant', grant });
  }

  grantOf(file: FileId): Grant | undefined {
    return this.#grants.get(file);
  }

  revoke(file: FileId): void {
    if (this.#grants.delete(file) && this.#state.name === 'ready') this.#send({ kind: 'revoke', file });
  }

  /** Hands a page's connection over, now or as soon as the process is ready; `drop` when there will be none. */
  connect(message: ControlMessage, handle: Handle, drop: () => void): void {
    if (this.#stopping || this.#state.name === 'failed') drop();
    else if (this.#state.name === 'ready') this.#send(message, handle);
    else {
      const limit = setTimeout(() => {
        this.forget(handle);
        drop();
      }, connectLimitMs);
      this.#waiting.push({ message, handle, drop, limit });
    }
  }

  /** Forgets a connection that waits and whose page has gone. */
  forget(handle: Handle): void {
    for (const waiting of this.#waiting) if (waiting.handle === handle) clearTimeout(waiting.limit);
    this.#waiting = this.#waiting.filter((waiting) => waiting.handle !== handle);
  }

  /** Ends the process, its journal flushed; resolves when it is gone. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    this.#dropWaiting();
    if (this.#child === null) {
      this.#enter({ name: 'closed' });
      return;
    }
    const child = this.#child;
    const gone = new Promise<void>((resolve) => (this.#onStopped = resolve));
    this.#send({ kind: 'shutdown' });
    const limit = setTimeout(() => child.kill(), shutdownLimitMs);
    await gone;
    clearTimeout(limit);
  }

  #enter(state: ComputeState): void {
    this.#state = state;
    this.#options.onState?.(state);
  }

  #send(message: ControlMessage, handle?: Handle): void {
    this.#child?.send(message, handle);
  }

  #dropWaiting(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { drop, limit } of waiting) {
      clearTimeout(limit);
      drop();
    }
  }

  #launch(): void {
    this.#job = null;
    this.#cancelling = false;
    this.#readyAt = 0;
    this.#enter({ name: 'starting' });
    const child = this.#options.launch(
      (reply) => {
        if (this.#child === child) this.#receive(reply);
      },
      (ending) => {
        if (this.#child === child) this.#ended(ending);
      },
    );
    this.#child = child;
    this.#options.onPid?.(child.pid ?? null);
    this.#timer = setTimeout(() => child.kill(), startLimitMs);
    child.send({
      kind: 'start',
      session: this.#options.session,
      app: this.#options.app,
      restart: this.#restart,
      granted: [...this.#grants.values()],
      opened: this.#opened,
    });
  }

  #receive(reply: ControlReply): void {
    switch (reply.kind) {
      case 'ready': {
        clearTimeout(this.#timer);
        this.#readyAt = Date.now();
        // What was granted while it started is not in its `start`.
        for (const grant of this.#grants.values()) this.#send({ kind: 'grant', grant });
        this.#enter({ name: 'ready' });
        const waiting = this.#waiting;
        this.#waiting = [];
        for (const { message, handle, limit } of waiting) {
          clearTimeout(limit);
          this.#send(message, handle);
        }
        // Announced once; a later process must not open the files again.
        if (waiting.length > 0) this.#opened = [];
        return;
      }
      case 'failed':
        this.#fail(reply.error);
        this.#child?.kill();
        return;
      case 'busy':
        this.#job = reply.job;
        return;
      case 'cancelling':
        this.#cancelling = true;
        this.#job = reply.job;
        return;
      case 'closed':
        return;
    }
  }

  #ended(ending: Ending): void {
    clearTimeout(this.#timer);
    this.#child = null;
    this.#options.onPid?.(null);
    if (this.#stopping) {
      this.#enter({ name: 'closed' });
      this.#onStopped?.();
      return;
    }
    if (this.#state.name === 'failed') {
      this.#restart = null;
      return;
    }
    const reason = reasonOf(ending, this.#cancelling);
    this.#restart = { reason, job: this.#job };
    const sound = this.#readyAt > 0 && (reason === 'cancelled' || Date.now() - this.#readyAt >= soundAfterMs);
    this.#quickDeaths = sound ? 0 : this.#quickDeaths + 1;
    if (this.#readyAt > 0) this.#opened = [];
    const delay = delays[Math.max(0, this.#quickDeaths - 1)];
    if (delay === undefined) {
      const said = ending.lastWords.trim();
      this.#fail(
        toErrorValue(
          new AppError('worker-lost', `The compute process ended ${this.#quickDeaths} times in a row`, {
            hint:
              `What was open is kept in ${this.#options.session}. Start with --session and an empty folder to begin afresh.` +
              (said ? ` Its last words: ${said}` : ''),
          }),
        ),
      );
      return;
    }
    this.#options.onRestart?.(this.#restart);
    this.#enter({ name: 'starting' });
    this.#timer = setTimeout(() => this.#launch(), delay);
  }

  #fail(error: ErrorValue): void {
    this.#enter({ name: 'failed', error });
    this.#dropWaiting();
  }
}
