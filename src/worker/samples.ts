import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Sample } from '#shared/contract.ts';
import { AppError } from '#shared/errors.ts';

/** An entry of samples/index.json: a text file beside it, or a picture that is drawn. */
export interface ShippedSample extends Sample {
  file?: string;
  header?: boolean;
  scene?: { name: string; width: number; height: number };
}

let folder: string | null = null;
let list: Promise<ShippedSample[]> | null = null;

/** The folder of samples: beside the build, from src/worker and out/main alike. */
export function samplesFolder(): string {
  if (folder !== null) return folder;
  for (let at = import.meta.dirname; ; at = dirname(at)) {
    const candidate = join(at, 'samples');
    if (existsSync(join(candidate, 'index.json'))) return (folder = candidate);
    if (dirname(at) === at) throw new AppError('io', 'The samples were not installed with the app');
  }
}

/** The samples that ship. */
export function shippedSamples(): Promise<ShippedSample[]> {
  list ??= readFile(join(samplesFolder(), 'index.json'), 'utf8').then((text) => JSON.parse(text) as ShippedSample[]);
  return list;
}
