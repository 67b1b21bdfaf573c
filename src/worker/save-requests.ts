import { rename, rm, writeFile } from 'node:fs/promises';
import { AppError } from '#shared/errors.ts';
import { numpy, quoted } from './code.ts';
import type { Desk } from './desk.ts';
import { fileError } from './files.ts';
import type { Group } from './serve.ts';
import { type Entry, nbytesOf } from './workspace.ts';

/** Arrays into files the person chose. */
export function saveRequests(desk: Desk): Group<'io.save' | 'io.save_picture'> {
  return {
    async 'io.save'({ id, target, format }, call) {
      const entry = desk.workspace.get(id);
      const { path, name } = await desk.files.writable(target);
      if (!['csv', 'tsv', 'npy', 'npz', 'mtx', 'png'].includes(format)) {
        throw new AppError('value', `Expected csv, tsv, npy, npz, mtx or png but received ${String(format)}`, {
          argument: 'format',
        });
      }
      const { array, release } = await desk.borrow(entry);
      try {
        const { size } = await desk.jobs.run(
          {
            task: 'save',
            input: { a: array, variable: entry.name, columns: entry.columns, path, name, format },
            title: `Saving ${name}`,
            lane: 'side',
            estimate: nbytesOf(entry) / (format === 'npy' ? 4e5 : 6e4),
          },
          call,
        );
        desk.setCode(saveCode(entry, name, format));
        return { file: target, name, size };
      } finally {
        release();
      }
    },

    async 'io.save_picture'({ target, png }) {
      const { path, name } = await desk.files.writable(target);
      const isPng = png instanceof Uint8Array && png.length > 8 && pngSignature.every((byte, i) => png[i] === byte);
      if (!isPng || png.length > mostPictureBytes) {
        throw new AppError('value', 'Expected the bytes of a PNG picture', { argument: 'png' });
      }
      const temporary = `${path}.part`;
      try {
        await writeFile(temporary, png);
        await rename(temporary, path);
      } catch (error) {
        await rm(temporary, { force: true });
        throw fileError(error, name, 'write');
      }
      return { file: target, name, size: png.length };
    },
  };
}

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const mostPictureBytes = 64 * 1024 * 1024;

function saveCode({ name, columns, dtype }: Entry, file: string, format: string): string[] {
  if (format === 'npy') return numpy(`np.save(${quoted(file)}, ${name})`);
  if (format === 'npz') return numpy(`np.savez_compressed(${quoted(file)}, ${name}=${name})`);
  if (format === 'mtx') return ['import scipy.io', `scipy.io.mmwrite(${quoted(file)}, ${name})`];
  if (format === 'png') {
    const levels =
      dtype === 'uint8' ? name : `np.round((${name} - ${name}.min()) * 255 / np.ptp(${name})).astype(np.uint8)`;
    return ['from PIL import Image', ...numpy(`Image.fromarray(${levels}).save(${quoted(file)})`)];
  }
  const delimiter = format === 'csv' ? ',' : '\\t';
  const header = columns === null ? '' : `, header=${quoted(columns.join(format === 'csv' ? ',' : '\t'))}, comments=""`;
  return numpy(
    `np.savetxt(${quoted(file)}, ${name}, delimiter="${delimiter}", fmt="${dtype.startsWith('float') ? '%.17g' : '%s'}"${header})`,
  );
}
