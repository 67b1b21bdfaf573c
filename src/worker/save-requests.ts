import { AppError } from '#shared/errors.ts';
import { numpy, quoted } from './code.ts';
import type { Desk } from './desk.ts';
import type { Group } from './serve.ts';
import { type Entry, nbytesOf } from './workspace.ts';

/** Arrays into files the person chose. */
export function saveRequests(desk: Desk): Group<'io.save'> {
  return {
    async 'io.save'({ id, target, format }, call) {
      const entry = desk.workspace.get(id);
      const { path, name } = await desk.files.writable(target);
      if (!['csv', 'tsv', 'npy', 'png'].includes(format)) {
        throw new AppError('value', `Expected csv, tsv, npy or png but received ${String(format)}`, {
          argument: 'format',
        });
      }
      const { array, release } = await desk.borrow(entry);
      try {
        const { size } = await desk.jobs.run(
          {
            task: 'save',
            input: { a: array, columns: entry.columns, path, name, format },
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
  };
}

function saveCode({ name, columns, dtype }: Entry, file: string, format: string): string[] {
  if (format === 'npy') return numpy(`np.save(${quoted(file)}, ${name})`);
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
