import { Worker } from 'node:worker_threads';
import type { Progress, RequestName } from '#shared/contract.ts';
import { AppError, fromErrorValue } from '#shared/errors.ts';
import type { tasks } from './tasks.ts';
import { cancelled, control, type FromThread, type Task, type ToThread } from './task.ts';

type Tasks = typeof tasks;
export type TaskName = keyof Tasks;
type Input<N extends TaskName> = Parameters<Tasks[N]>[0];
type Output<N extends TaskName> = Awaited<ReturnType<Tasks[N]>>;
type Partial<N extends TaskName> = Tasks[N] extends Task<infer _I, infer _O, infer P> ? P : never;

/** Who asked, as the page numbers its requests. */
export interface Requester {
  request: number;
  name: RequestName;
  signal: AbortSignal;
  /** The page that asked. */
  page: object;
}

export interface JobPlan<N extends TaskName> {
  task: N;
  /** Or a way to make it at the moment the job begins. */
  input: Input<N> | (() => Input<N>);
  /** For people: "SVD of iris". */
  title: string;
  /** `crunch` factors, `side` does what is shorter: a file opens while a matrix is factored. */
  lane: LaneName;
  background?: boolean;
  /** Milliseconds it may take, null when nobody can say. */
  estimate?: number | null;
  /** How long it may take to heed Cancel. */
  patience?: number;
  onPartial?: (value: Partial<N>) => void;
  /** Which share of its request's work this job is, when it is not all of it, and the milliseconds that come after. */
  part?: { from: number; to: number; later: number };
}

export type LaneName = 'crunch' | 'side';

interface Job {
  readonly number: number;
  readonly plan: JobPlan<TaskName>;
  readonly requester: Requester;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly control: Int32Array<SharedArrayBuffer>;
  phase: string;
  fraction: number | null;
  started: number | null;
  settled: boolean;
  stopTimer: NodeJS.Timeout | null;
}

interface Lane {
  readonly name: LaneName;
  thread: Worker | null;
  running: Job | null;
  waiting: Job[];
}

/**
 * OpenBLAS's getrf on several threads calls itself about log₂ n times, and each time lays half a megabyte on the stack:
 * at n = 900 that is more than the 4 MB a thread of Node has. Python contains its recursion within its own stack if
 * JavaScript's does not end first. Memory is taken only where the stack reaches.
 */
const stackSizeMb = 256;

/** How long a job may take to heed Cancel before its thread is given up. */
const patienceMs = 400;
/** The same where the machine is so busy that the job hardly runs. */
const longestPatienceMs = 4000;

/** Ctrl-C, as Python hears it. */
const pythonInterrupt = 2;

/**
 * The queue of long work: one job at a time per lane, those a person started before background ones. A background
 * job that runs gives way at its next checkpoint and starts over later.
 */
export class Jobs {
  readonly #crunchFile: string;
  readonly #lanes: Record<LaneName, Lane> = {
    crunch: { name: 'crunch', thread: null, running: null, waiting: [] },
    side: { name: 'side', thread: null, running: null, waiting: [] },
  };
  #next = 1;
  #ticker: NodeJS.Timeout | null = null;
  /** Called when the list of jobs changed, and four times a second while one runs. */
  onchange: (() => void) | null = null;
  /** Called with the title of the job on the crunch, or null. */
  onbusy: ((title: string | null) => void) | null = null;
  /** Called when a job on the crunch does not heed Cancel: only the end of the process frees the cores. */
  onstuck: ((title: string) => void) | null = null;

  constructor(crunchFile: string) {
    this.#crunchFile = crunchFile;
  }

  /** Starts the threads ahead of the first job, so that it does not wait for them. */
  warm(): void {
    for (const lane of Object.values(this.#lanes)) this.#thread(lane);
  }

  /** The jobs running and waiting, as one page is told of them: requests of others have the number -1. */
  list(page: object): Progress[] {
    const now = performance.now();
    return Object.values(this.#lanes)
      .flatMap((lane) => (lane.running === null ? lane.waiting : [lane.running, ...lane.waiting]))
      .filter((job) => !job.settled)
      .sort((a, b) => a.number - b.number)
      .map((job) => progressOf(job, now, page));
  }

  /** Whether a job that a person started runs or waits there. */
  occupied(name: LaneName): boolean {
    const { running, waiting } = this.#lanes[name];
    return [running, ...waiting].some((job) => job !== null && !job.settled && job.plan.background !== true);
  }

  /** Queues a job; rejects with `cancelled` when the requester's signal fires first. */
  run<N extends TaskName>(plan: JobPlan<N>, requester: Requester): Promise<Output<N>> {
    return new Promise<Output<N>>((resolve, reject) => {
      if (requester.signal.aborted) {
        reject(cancelled());
        return;
      }
      const job: Job = {
        number: this.#next++,
        plan: plan,
        requester,
        resolve: resolve as (value: unknown) => void,
        reject,
        control: new Int32Array(new SharedArrayBuffer(8)),
        phase: 'waiting',
        fraction: null,
        started: null,
        settled: false,
        stopTimer: null,
      };
      const lane = this.#lanes[plan.lane];
      requester.signal.addEventListener('abort', () => this.#cancel(lane, job), { once: true });
      this.#enqueue(lane, job);
      this.#advance(lane);
      this.#changed();
    });
  }

  async close(): Promise<void> {
    if (this.#ticker !== null) clearInterval(this.#ticker);
    await Promise.all(Object.values(this.#lanes).map(async (lane) => lane.thread?.terminate()));
  }

  #enqueue(lane: Lane, job: Job): void {
    const background = job.plan.background === true;
    const before = background
      ? lane.waiting.findIndex((other) => other.plan.background === true && other.number > job.number)
      : lane.waiting.findIndex((other) => other.plan.background === true);
    if (before < 0) lane.waiting.push(job);
    else lane.waiting.splice(before, 0, job);
    const { running } = lane;
    if (!background && running?.plan.background === true && Atomics.load(running.control, 0) === control.run) {
      Atomics.store(running.control, 0, control.giveWay);
    }
  }

  #advance(lane: Lane): void {
    if (lane.running !== null) return;
    const job = lane.waiting.shift();
    if (job === undefined) {
      if (lane.name === 'crunch') this.onbusy?.(null);
      return;
    }
    lane.running = job;
    job.started = performance.now();
    job.phase = 'starting';
    const message: ToThread = {
      kind: 'run',
      job: job.number,
      task: job.plan.task,
      input: typeof job.plan.input === 'function' ? job.plan.input() : job.plan.input,
      control: job.control.buffer,
    };
    if (lane.name === 'crunch') this.onbusy?.(job.plan.title);
    this.#thread(lane).postMessage(message);
  }

  #thread(lane: Lane): Worker {
    if (lane.thread !== null) return lane.thread;
    const resourceLimits = { stackSizeMb };
    const thread = new Worker(this.#crunchFile, { name: lane.name, workerData: { lane: lane.name }, resourceLimits });
    lane.thread = thread;
    thread.on('message', (message: FromThread) => this.#heard(lane, message));
    thread.on('error', (error) => this.#fell(lane, thread, error));
    thread.on('exit', () => this.#fell(lane, thread, new Error(`The ${lane.name} thread ended`)));
    return thread;
  }

  #heard(lane: Lane, message: FromThread): void {
    const job = lane.running;
    if (job === null || job.number !== message.job) return;
    switch (message.kind) {
      case 'progress':
        job.phase = message.phase;
        job.fraction = message.fraction;
        return;
      case 'partial':
        if (!job.settled) job.plan.onPartial?.(message.value as never);
        return;
      case 'gave-way':
        Atomics.store(job.control, 0, control.run);
        job.phase = 'waiting';
        job.fraction = null;
        job.started = null;
        lane.running = null;
        if (!job.settled) this.#enqueue(lane, job);
        break;
      case 'done':
        this.#settle(job, () => job.resolve(message.value));
        lane.running = null;
        break;
      case 'failed':
        this.#settle(job, () => job.reject(fromErrorValue(message.error)));
        lane.running = null;
        break;
    }
    this.#advance(lane);
    this.#changed();
  }

  #settle(job: Job, how: () => void): void {
    if (job.stopTimer !== null) clearTimeout(job.stopTimer);
    job.stopTimer = null;
    if (job.settled) return;
    job.settled = true;
    how();
  }

  #cancel(lane: Lane, job: Job): void {
    if (job.settled) return;
    const { background = false } = job.plan;
    // A page that went away wants no answer, but nobody asked for the cores back. Nor for those of what runs by itself
    // and ends soon: the page looks at something else, and that is no reason to end.
    const wantsCores = !background && job.requester.signal.reason !== 'disconnected';
    if (lane.running === job) {
      this.#stop(lane, job, wantsCores);
    } else {
      this.#drop(lane, job);
    }
    // What runs by itself must not take the cores that a person wanted back, be it what this job was waiting for.
    const others = lane.running === null ? lane.waiting : [lane.running, ...lane.waiting];
    const isLast = others.every((other) => other === job || other.plan.background === true);
    if (wantsCores && isLast && lane.name === 'crunch') {
      for (const other of lane.waiting.filter(({ plan }) => plan.background === true)) this.#drop(lane, other);
      const { running } = lane;
      if (running?.plan.background === true && running.stopTimer === null) this.#stop(lane, running, true);
    }
    this.#changed();
  }

  /** Takes a job out of the queue. */
  #drop(lane: Lane, job: Job): void {
    lane.waiting = lane.waiting.filter((other) => other !== job);
    this.#settle(job, () => job.reject(cancelled()));
  }

  /** Asks a running job to end; with `wantsCores` they come back even if it does not listen. */
  #stop(lane: Lane, job: Job, wantsCores: boolean): void {
    Atomics.store(job.control, 0, control.cancel);
    Atomics.store(job.control, 1, pythonInterrupt);
    Atomics.notify(job.control, 0);
    job.phase = 'stopping';
    if (job.plan.background === true) this.#settle(job, () => job.reject(cancelled()));
    if (!wantsCores) return;
    const patience = job.plan.patience ?? patienceMs;
    const began = performance.now();
    const usedBefore = process.cpuUsage();
    job.stopTimer = setTimeout(() => {
      if (lane.running !== job) return;
      if (lane.name === 'crunch') {
        giveUp();
        return;
      }
      // Reading ends by itself soon; the person need not wait for it.
      this.#settle(job, () => job.reject(cancelled()));
      this.#changed();
      const { thread } = lane;
      job.stopTimer = setTimeout(() => {
        if (lane.running === job && lane.thread === thread) void thread?.terminate();
      }, 3000);
      job.stopTimer.unref();
    }, patience);
    // A job that hardly runs, because other programs have the cores, has had no time to listen, nor holds them.
    const giveUp = (): void => {
      if (lane.running !== job) return;
      const { user, system } = process.cpuUsage(usedBefore);
      const patient = (user + system) / 1000 < patience && performance.now() - began < longestPatienceMs;
      if (patient) job.stopTimer = setTimeout(giveUp, 50);
      else this.onstuck?.(job.plan.title);
    };
  }

  /** A thread ended by itself: its job fails, the next one gets a new thread. */
  #fell(lane: Lane, thread: Worker, error: Error): void {
    if (lane.thread !== thread) return;
    lane.thread = null;
    const job = lane.running;
    lane.running = null;
    if (job !== null) {
      const memory = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
      this.#settle(job, () =>
        job.reject(memory ? new AppError('memory', `${job.plan.title} ran out of memory`, { cause: error }) : error),
      );
    }
    this.#advance(lane);
    this.#changed();
  }

  #changed(): void {
    const active = Object.values(this.#lanes).some((lane) => lane.running !== null);
    if (active && this.#ticker === null) {
      this.#ticker = setInterval(() => this.onchange?.(), 250);
      this.#ticker.unref();
    }
    if (!active && this.#ticker !== null) {
      clearInterval(this.#ticker);
      this.#ticker = null;
    }
    this.onchange?.();
  }
}

function progressOf(job: Job, now: number, page: object): Progress {
  const elapsed = job.started === null ? 0 : now - job.started;
  const estimate = job.plan.estimate ?? null;
  let left: number | null = null;
  let { fraction } = job;
  if (fraction !== null && fraction > 0.02) left = (elapsed * (1 - fraction)) / fraction;
  else if (estimate !== null && job.started !== null) {
    left = Math.max(0, estimate - elapsed);
    // An estimate can be wrong: it never claims to be done.
    fraction ??= Math.min(0.97, elapsed / estimate);
  }
  const { part } = job.plan;
  if (part !== undefined) {
    if (fraction !== null) fraction = part.from + fraction * (part.to - part.from);
    if (left !== null) left += part.later;
  }
  return {
    request: job.requester.page === page ? job.requester.request : -1,
    name: job.requester.name,
    title: job.plan.title,
    phase: job.phase,
    fraction: job.started === null ? null : fraction,
    elapsed_ms: elapsed,
    left_ms: left,
    background: job.plan.background === true,
  };
}
