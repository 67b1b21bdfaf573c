/** Drawings in SVG as pictures, for `savefig`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { AppError } from '#shared/errors.ts';
import type { DrawingAnswer, DrawingTask } from './drawing-thread.ts';

/** Longer than any drawing takes. */
const patienceMs = 30_000;

/**
 * The bytes of a picture in base64, with its width and height before them: "640 480 iVBORw0…".
 *
 * @throws AppError 'value' for what is no drawing, 'io' when the thread's file is missing.
 */
export function picture(svg: string, format: DrawingTask['format'], scale: number): string {
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const { port1, port2 } = new MessageChannel();
  const workerData: DrawingTask = { svg, format, scale, signal, port: port2 };
  const thread = new Worker(threadFile(), { workerData, transferList: [port2] });
  Atomics.wait(signal, 0, 0, patienceMs);
  const answer = (receiveMessageOnPort(port1)?.message ?? { error: 'no answer' }) as DrawingAnswer;
  void thread.terminate();
  port1.close();
  if ('error' in answer) throw new AppError('value', `the drawing could not be made a picture: ${answer.error}`);
  const { data, width, height } = answer;
  return `${width} ${height} ${Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64')}`;
}

/** The build puts it beside the thread that runs Python, whose code may lie in a folder of parts. */
function threadFile(): string {
  for (const folder of ['.', '..']) {
    const path = join(import.meta.dirname, folder, 'drawing.js');
    if (existsSync(path)) return path;
  }
  throw new AppError('io', 'pictures of drawings need the built app', { hint: 'Save as .svg.' });
}
