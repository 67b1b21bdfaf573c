/** What the command line does with files, over the same requests as the page: what one holds, and one kind made into another. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { floatText, scalarText } from '#engine/print-number.ts';
import type {
  Args,
  ComplexNumber,
  ComputeMessage,
  Inspection,
  Reply,
  RequestName,
  Variable,
} from '#shared/contract.ts';
import type { Grant } from '#shared/control.ts';
import { AppError, fromErrorValue } from '#shared/errors.ts';
import type { PageChannel } from './connection.ts';
import { Session } from './session.ts';
import { nameFromFile } from './workspace.ts';

/** What a command prints: the answer, and what is to be known beside it. */
export interface Told {
  text: string;
  notes: string[];
}

export interface FileOptions {
  json: boolean;
  /** Which array of an .npz is meant; null is the first. */
  array: string | null;
}

/** The formats io.save writes, by the ending of the name. */
const formats: Readonly<Record<string, Args<'io.save'>['format']>> = {
  '.csv': 'csv',
  '.tsv': 'tsv',
  '.npy': 'npy',
  '.npz': 'npz',
  '.mtx': 'mtx',
  '.png': 'png',
};

/** The format that the ending of a name says, or null. */
export function formatOf(path: string): Args<'io.save'>['format'] | null {
  return formats[extname(path).toLowerCase()] ?? null;
}

export const endings: readonly string[] = Object.keys(formats);

interface Line {
  ask<N extends RequestName>(name: N, args: Args<N>): Promise<Reply<N>>;
}

/** A page of its own in this process. */
function openLine(session: Session): Line {
  const waiting = new Map<number, (message: Extract<ComputeMessage, { kind: 'reply' }>) => void>();
  const channel: PageChannel = {
    onmessage: null,
    onclose: null,
    post(message) {
      if (message.kind === 'reply') waiting.get(message.id)?.(message);
    },
    close() {},
  };
  session.connect(channel);
  let next = 0;
  return {
    ask: <N extends RequestName>(name: N, args: Args<N>) =>
      new Promise<Reply<N>>((done, fail) => {
        const id = ++next;
        waiting.set(id, (reply) => {
          waiting.delete(id);
          if (reply.ok) done(reply.value as Reply<N>);
          else fail(fromErrorValue(reply.error));
        });
        channel.onmessage?.({ kind: 'request', id, name, args });
      }),
  };
}

async function grantOf(path: string, write: boolean): Promise<Grant> {
  const absolute = resolve(path);
  const found = await stat(absolute).catch(() => null);
  if (found?.isDirectory()) throw new AppError('io', `${path} is a folder, not a file`);
  if (found === null && !write) throw new AppError('io', `No such file: ${path}`);
  if (write) {
    const folder = await stat(dirname(absolute)).catch(() => null);
    if (!folder?.isDirectory()) throw new AppError('io', `No such folder: ${dirname(path)}`);
  }
  return { file: path, path: absolute, name: basename(absolute), size: found?.size ?? 0, write, own: true };
}

/** Opens a file as the page would with everything as it was detected. */
async function openFile(
  line: Line,
  grant: Grant,
  array: string | null,
): Promise<{ variable: Variable; notes: string[] }> {
  const opened = await line.ask('io.open', { file: grant.file });
  if (opened.kind === 'table') {
    if (array !== null) throw new AppError('value', `--array chooses from an .npz; ${grant.file} is a table`);
    const { problem, options, warnings } = opened.preview;
    if (problem !== null) throw fromErrorValue(problem);
    const name = nameFromFile(grant.name);
    return { variable: await line.ask('io.import', { file: grant.file, options, name }), notes: warnings };
  }
  const { variables } = await line.ask('workspace.state', {});
  const names = variables.map(({ name }) => name).sort();
  if (array !== null) {
    const chosen = variables.find(({ name }) => name === array);
    if (chosen === undefined) {
      throw new AppError(
        'value',
        `${grant.file} holds no array ${JSON.stringify(array)}; it holds ${names.join(', ')}`,
      );
    }
    return { variable: chosen, notes: [] };
  }
  const { variable } = opened;
  if (names.length === 1) return { variable, notes: opened.notes };
  const others = names.filter((name) => name !== variable.name).join(', ');
  return {
    variable,
    notes: [
      `${grant.file} holds ${names.length} arrays; this is ${variable.name}. --array NAME takes another: ${others}`,
      ...opened.notes.slice(1),
    ],
  };
}

/** Runs `work` with a session that leaves nothing behind. */
async function withSession<T>(grants: Grant[], work: (line: Line) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'eigenscope-cli-'));
  try {
    const session = await Session.open(
      { kind: 'start', session: folder, app: 'cli', restart: null, granted: grants, opened: [] },
      join(import.meta.dirname, 'crunch.js'),
      () => undefined,
      () => process.exit(1),
    );
    const result = await work(openLine(session));
    await session.close();
    return result;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const rows: readonly (readonly [keyof Inspection, string])[] = [
  ['min', 'minimum'],
  ['max', 'maximum'],
  ['mean', 'mean'],
  ['nan_count', 'NaN cells'],
  ['inf_count', 'infinite cells'],
  ['rank', 'rank'],
  ['condition', 'condition'],
  ['norm_fro', 'Frobenius norm'],
  ['norm_1', '1-norm'],
  ['norm_2', '2-norm'],
  ['norm_inf', 'infinity norm'],
  ['norm_nuc', 'nuclear norm'],
  ['trace', 'trace'],
  ['determinant', 'determinant'],
  ['symmetric', 'symmetric'],
  ['positive_definite', 'positive definite'],
  ['skipped', 'left out'],
];

/** A number as Python writes it; whole ones without their point. */
function numberText(value: number): string {
  return floatText(value).replace(/\.0$/, '');
}

const isComplex = (value: unknown): value is ComplexNumber =>
  typeof value === 'object' && value !== null && 're' in value;

function asText(variable: Variable, inspection: Inspection): string {
  const lines: [string, string][] = [
    ['shape', variable.shape.join(' × ')],
    ['dtype', variable.dtype],
    ['bytes', variable.nbytes.toLocaleString('en')],
  ];
  if (variable.columns !== null) {
    const names = variable.columns.slice(0, 12).join(', ');
    lines.push(['columns', variable.columns.length > 12 ? `${names}, …` : names]);
  }
  for (const [key, label] of rows) {
    const value = inspection[key];
    if (typeof value === 'boolean') lines.push([label, value ? 'yes' : 'no']);
    else if (typeof value === 'number') lines.push([label, numberText(value)]);
    else if (typeof value === 'string') lines.push([label, value]);
    else if (isComplex(value)) lines.push([label, scalarText(value, 'complex128')]);
  }
  for (const { title, text } of inspection.findings ?? []) lines.push(['note', `${title}: ${text}`]);
  return lines.map(([label, value]) => `${label.padEnd(18)}${value}\n`).join('');
}

/** JSON has no NaN and no infinities: they are written by their NumPy names, as strings. */
function asJson(variable: Variable, inspection: Inspection): string {
  const { name, shape, dtype, nbytes, kind, columns } = variable;
  const { id: _id, version: _version, ...found } = inspection;
  const plain = (_key: string, value: unknown) =>
    typeof value !== 'number' || Number.isFinite(value) ? value : floatText(value);
  return `${JSON.stringify({ name, ...found, shape, dtype, nbytes, kind, columns }, plain, 2)}\n`;
}

/** What the file at `path` holds. */
export async function info(path: string, { json, array }: FileOptions): Promise<Told> {
  const grant = await grantOf(path, false);
  return withSession([grant], async (line) => {
    const { variable, notes } = await openFile(line, grant, array);
    const inspection = await line.ask('array.inspect', { id: variable.id });
    return { text: json ? asJson(variable, inspection) : asText(variable, inspection), notes };
  });
}

/** Writes the numbers of the file at `from` to `to` as `format`. */
export async function convert(
  from: string,
  to: string,
  format: Args<'io.save'>['format'],
  { json, array }: FileOptions,
): Promise<Told> {
  const grants = [await grantOf(from, false), { ...(await grantOf(to, true)), file: 'target' }] as const;
  return withSession([...grants], async (line) => {
    const { variable, notes } = await openFile(line, grants[0], array);
    const saved = await line.ask('io.save', { id: variable.id, target: grants[1].file, format });
    const { name, shape, dtype } = variable;
    if (dtype.startsWith('complex') && (format === 'csv' || format === 'tsv')) {
      notes.push(`complex numbers are written as 1+2j, which numpy.loadtxt reads with dtype=complex`);
    }
    if (format === 'png' && dtype !== 'uint8') {
      const part = dtype.startsWith('complex') ? 'real part' : 'number';
      notes.push(`the picture has 256 shades, from black for the smallest ${part} to white for the largest`);
    }
    if (json)
      return {
        text: `${JSON.stringify({ file: to, name, size: saved.size, format, shape, dtype }, null, 2)}\n`,
        notes,
      };
    const size = saved.size.toLocaleString('en');
    return { text: `${to}: ${shape.join(' × ')} ${dtype}, ${size} bytes\n`, notes };
  });
}
