/** A thread that makes a picture of one drawing: Python waits for it, and sharp answers only in promises. */
import { type MessagePort, workerData } from 'node:worker_threads';
import sharp from 'sharp';

/** What the thread is given. */
export interface DrawingTask {
  svg: string;
  format: 'png' | 'jpeg' | 'raw';
  /** Pixels of the picture per pixel of the drawing. */
  scale: number;
  /** Set to 1 when the answer has been posted. */
  signal: Int32Array;
  port: MessagePort;
}

/** The picture, or why there is none. */
export type DrawingAnswer = { data: Uint8Array; width: number; height: number } | { error: string };

const { svg, format, scale, signal, port } = workerData as DrawingTask;

async function picture(): Promise<DrawingAnswer> {
  const drawing = sharp(Buffer.from(svg), { density: 72 * scale, limitInputPixels: 1 << 28 }).flatten({
    background: '#ffffff',
  });
  const made = format === 'raw' ? drawing.raw() : drawing.toFormat(format, format === 'jpeg' ? { quality: 92 } : {});
  const { data, info } = await made.toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

const answer = await picture().catch((error: unknown): DrawingAnswer => ({ error: String(error) }));
port.postMessage(answer);
Atomics.store(signal, 0, 1);
Atomics.notify(signal, 0);
