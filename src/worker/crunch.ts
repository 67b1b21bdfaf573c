/** A thread of the compute process that works off one task at a time; started by `jobs.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { native } from '#engine/native.ts';
import { AppError, toErrorValue } from '#shared/errors.ts';
import { giveWayHere } from './priority.ts';
import { cancelled, control, type FromThread, GaveWay, type Task, type TaskContext, type ToThread } from './task.ts';
import { tasks } from './tasks.ts';

if (parentPort === null) throw new Error('crunch.js is a thread of the compute process and cannot run by itself');
const desk = parentPort;

if ((workerData as { lane?: string } | null)?.lane === 'crunch') giveWayHere();

const tell = (message: FromThread) => desk.postMessage(message);

desk.on('message', (message: ToThread) => void run(message));

async function run({ job, task, input, control: memory }: ToThread): Promise<void> {
  const flag = new Int32Array(memory);
  let ended = false;
  const checkpoint = () => {
    const asked = Atomics.load(flag, 0);
    if (asked === control.cancel) throw cancelled();
    if (asked === control.giveWay) throw new GaveWay();
  };
  const context: TaskContext<unknown> = {
    interrupts: new Int32Array(memory, 4, 1),
    progress(phase, fraction) {
      tell({ kind: 'progress', job, phase, fraction });
    },
    partial(value) {
      tell({ kind: 'partial', job, value });
    },
    checkpoint,
    onStop(stop) {
      const watch = setInterval(() => {
        if (!ended && Atomics.load(flag, 0) === control.run) return;
        clearInterval(watch);
        if (!ended) stop();
      }, 25);
    },
  };
  try {
    const work = tasks[task as keyof typeof tasks] as Task<unknown, unknown, unknown> | undefined;
    if (work === undefined) throw new Error(`There is no task ${task}`);
    checkpoint();
    native().watchStop(flag);
    const value = await work(input, context);
    tell({ kind: 'done', job, value });
  } catch (error) {
    // A routine that was asked to end throws an error of its own.
    const asked = Atomics.load(flag, 0);
    if (error instanceof GaveWay || asked === control.giveWay) {
      tell({ kind: 'gave-way', job });
    } else {
      const stopped = asked === control.cancel && !(error instanceof AppError);
      tell({ kind: 'failed', job, error: toErrorValue(stopped ? cancelled() : error) });
    }
  } finally {
    ended = true;
    native().watchStop(null);
  }
}
