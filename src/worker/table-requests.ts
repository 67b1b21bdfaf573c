import type { FileId, Opened, TableOptions, TablePreview } from '#shared/contract.ts';
import { AppError } from '#shared/errors.ts';
import { numpy, quoted } from './code.ts';
import type { Desk } from './desk.ts';
import type { Requester } from './jobs.ts';
import type { Group } from './serve.ts';
import type { TableImportAnswer } from './table-import-task.ts';
import { nameFromFile } from './workspace.ts';

/** Opening files: what they are, what a table would become, and the import itself. */
export function tableRequests(desk: Desk): Group<'io.open' | 'io.preview' | 'io.import'> {
  const preview = async (file: FileId, options: Partial<TableOptions>, call: Requester): Promise<TablePreview> => {
    const { path, name, size } = await desk.files.readable(file);
    const answer = await desk.jobs.run(
      { task: 'table-preview', input: { path, name, size, options }, title: `Looking into ${name}`, lane: 'side' },
      call,
    );
    return { file, ...answer };
  };

  return {
    async 'io.open'({ file, max_pixels }, call): Promise<Opened> {
      const grant = await desk.files.readable(file);
      if (max_pixels !== undefined && !(Number.isFinite(max_pixels) && max_pixels >= 1)) {
        throw new AppError('value', 'Expected a number of pixels', { argument: 'max_pixels' });
      }
      const answer = await desk.jobs.run(
        {
          task: 'open',
          input: { path: grant.path, name: grant.name, size: grant.size, maxPixels: max_pixels ?? null },
          title: `Opening ${grant.name}`,
          lane: 'side',
        },
        call,
      );
      if (answer.kind === 'table') return { kind: 'table', preview: { file, ...answer.preview } };
      const several = answer.kind === 'array' && answer.others.length > 0;
      const base = nameFromFile(grant.name);
      for (const other of answer.kind === 'array' ? answer.others : []) {
        const chosen = desk.workspace.freeName(nameFromFile(other.name));
        await desk.addVariable(
          { name: chosen, array: other.array, origin: grant.name, kind: 'matrix', label: `Open ${grant.name}` },
          (given) => numpy(`${given} = ${other.code}`),
        );
      }
      const name = desk.workspace.freeName(several ? nameFromFile(answer.first) : base);
      const variable = await desk.addVariable(
        {
          name,
          array: answer.array,
          origin: grant.name,
          kind: answer.kind === 'picture' ? 'image' : 'matrix',
          label: `Open ${grant.name}`,
        },
        (given) =>
          answer.kind === 'picture'
            ? pictureCode(given, grant.name, answer.grey, answer.reduced)
            : numpy(`${given} = ${(answer.kind === 'array' ? answer.code : null) ?? `np.load(${quoted(grant.name)})`}`),
      );
      return { kind: 'variable', variable, notes: answer.notes };
    },

    'io.preview': ({ file, options }, call) => preview(file, options ?? {}, call),

    async 'io.import'({ file, options, name }, call) {
      const grant = await desk.files.readable(file);
      const chosen = desk.workspace.checkName(name);
      const answer = await desk.jobs.run(
        {
          task: 'table-import',
          input: { path: grant.path, name: grant.name, options },
          title: `Importing ${grant.name}`,
          lane: 'side',
        },
        call,
      );
      const variable = await desk.addVariable(
        {
          name: chosen,
          array: answer.array,
          origin: grant.name,
          columns: answer.columns,
          label: `Import ${grant.name}`,
        },
        (given) => importCode(given, grant.name, options, answer),
      );
      if (answer.notes.length > 0) {
        desk.broadcast('notice', {
          tone: answer.invalid + answer.ragged > 0 ? 'warn' : 'info',
          title: `${variable.name} was imported`,
          text: answer.notes.join(' '),
        });
      }
      return variable;
    },
  };
}

function pictureCode(name: string, file: string, grey: boolean, reduced: boolean): string[] {
  const lines = [
    'from PIL import Image, ImageOps',
    'import numpy as np',
    `picture = ImageOps.exif_transpose(Image.open(${quoted(file)})).convert(${grey ? '"L"' : '"RGB"'})`,
  ];
  if (reduced) lines.push('picture.thumbnail((4000, 4000))');
  return [...lines, `${name} = np.asarray(picture)`];
}

/** NumPy code that imports the same numbers. */
export function importCode(
  name: string,
  file: string,
  options: TableOptions,
  answer: Pick<TableImportAnswer, 'imported' | 'fields' | 'missing' | 'invalid' | 'dropped' | 'ragged' | 'quoted'>,
): string[] {
  const skip = options.skip + (options.header ? 1 : 0);
  const holes = answer.missing + answer.invalid > 0;
  const encoding =
    options.encoding === 'utf-8' ? 'utf-8-sig' : options.encoding === 'windows-1252' ? 'cp1252' : 'utf-16';
  const plain = options.encoding === 'utf-8' && options.decimal === '.';
  const source = plain
    ? quoted(file)
    : options.decimal === ','
      ? `(line.replace(",", ".") for line in open(${quoted(file)}, encoding="${encoding}"))`
      : quoted(file);
  const args = [source];
  if (options.delimiter !== ' ')
    args.push(`delimiter=${options.delimiter === '\t' ? '"\\t"' : quoted(options.delimiter)}`);
  if (skip > 0) args.push(`${holes ? 'skip_header' : 'skiprows'}=${skip}`);
  if (answer.imported.length < answer.fields)
    args.push(`usecols=(${answer.imported.join(', ')}${answer.imported.length === 1 ? ',' : ''})`);
  if (!plain && options.decimal === '.') args.push(`encoding="${encoding}"`);
  if (answer.quoted && !holes) args.push("quotechar='\"'");
  if (!holes) args.push('ndmin=2');
  if (answer.ragged > 0) return raggedCode(name, file, options, answer, skip, encoding);
  const lines = [`${name} = np.${holes ? 'genfromtxt' : 'loadtxt'}(${args.join(', ')})`];
  if (holes) lines.push(...missingCode(name, options));
  return numpy(...lines);
}

function missingCode(name: string, options: TableOptions): string[] {
  if (options.missing === 'zero') return [`${name} = np.nan_to_num(${name})`];
  return options.missing === 'drop-row' ? [`${name} = ${name}[~np.isnan(${name}).any(axis=1)]`] : [];
}

/** NumPy refuses rows of different lengths: they are cut and filled first. */
function raggedCode(
  name: string,
  file: string,
  options: TableOptions,
  { imported, fields }: Pick<TableImportAnswer, 'imported' | 'fields'>,
  skip: number,
  encoding: string,
): string[] {
  const delimiter = options.delimiter === '\t' ? '"\\t"' : quoted(options.delimiter);
  const line = options.decimal === ',' ? 'line.replace(",", ".")' : 'line';
  const split = options.delimiter === ' ' ? `${line}.split()` : `${line}.rstrip("\\n").split(${delimiter})`;
  return numpy(
    `rows = [${split} for line in open(${quoted(file)}, encoding="${encoding}") if line.strip()][${skip}:]`,
    `lines = [";".join((row + ["nan"] * ${fields})[:${fields}]) for row in rows]`,
    `${name} = np.genfromtxt(lines, delimiter=";", usecols=(${imported.join(', ')},))`,
    ...missingCode(name, options),
  );
}
