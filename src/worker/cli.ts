/**
 * Eigenscope without a window, over the same requests as the page: what a file holds, and one kind of file made into
 * another. `run(argv)` is called by scripts/cli.mjs.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, extname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Args, ComputeMessage, Inspection, Reply, RequestName, Variable } from '#shared/contract.ts';
import type { Grant } from '#shared/control.ts';
import { AppError, fromErrorValue, toErrorValue } from '#shared/errors.ts';
import type { PageChannel } from './connection.ts';
import { Session } from './session.ts';

const help = `Usage: npm run --silent cli -- <command>

  info FILE [--json]  shape, dtype, rank, condition, norms and more of a table, a picture or an .npy file
  convert IN OUT      the numbers of IN as OUT: .csv, .tsv or .npy; pictures also as .png
  --help              this text
`;

/** The formats io.save writes, by the ending of the name. */
const formats: Readonly<Record<string, Args<'io.save'>['format']>> = {
  '.csv': 'csv',
  '.tsv': 'tsv',
  '.npy': 'npy',
  '.png': 'png',
};

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
  const size = await stat(absolute).then(
    (found) => found.size,
    () => null,
  );
  if (size === null && !write) throw new AppError('io', `No such file: ${path}`);
  return { file: path, path: absolute, name: basename(absolute), size: size ?? 0, write };
}

/** Opens a file as the page would with everything as it was detected. */
async function openFile(line: Line, grant: Grant): Promise<Variable> {
  const opened = await line.ask('io.open', { file: grant.file });
  if (opened.kind === 'variable') return opened.variable;
  const { problem, options } = opened.preview;
  if (problem !== null) throw fromErrorValue(problem);
  return line.ask('io.import', { file: grant.file, options, name: 'a' });
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
  ['norm_2', '2-norm'],
  ['norm_nuc', 'nuclear norm'],
  ['trace', 'trace'],
  ['determinant', 'determinant'],
  ['symmetric', 'symmetric'],
  ['positive_definite', 'positive definite'],
  ['skipped', 'left out'],
];

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
    else if (typeof value === 'number' || typeof value === 'string') lines.push([label, String(value)]);
  }
  for (const { title, text } of inspection.findings ?? []) lines.push(['note', `${title}: ${text}`]);
  return lines.map(([label, value]) => `${label.padEnd(18)}${value}\n`).join('');
}

/** JSON has no NaN and no infinities: they are written by their NumPy names, as strings. */
function asJson(variable: Variable, inspection: Inspection): string {
  const { shape, dtype, nbytes, kind, columns } = variable;
  const { id: _id, version: _version, ...found } = inspection;
  const plain = (_key: string, value: unknown) => {
    if (typeof value !== 'number' || Number.isFinite(value)) return value;
    return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  };
  return `${JSON.stringify({ ...found, shape, dtype, nbytes, kind, columns }, plain, 2)}\n`;
}

async function info(path: string, json: boolean): Promise<string> {
  const grant = await grantOf(path, false);
  return withSession([grant], async (line) => {
    const variable = await openFile(line, grant);
    const inspection = await line.ask('array.inspect', { id: variable.id });
    return json ? asJson(variable, inspection) : asText(variable, inspection);
  });
}

async function convert(from: string, to: string): Promise<string> {
  const format = formats[extname(to).toLowerCase()];
  if (format === undefined) {
    throw new AppError(
      'value',
      `${to}: the ending says the format, and it is not one of ${Object.keys(formats).join(', ')}`,
    );
  }
  const grants = [await grantOf(from, false), { ...(await grantOf(to, true)), file: 'target' }] as const;
  return withSession([...grants], async (line) => {
    const variable = await openFile(line, grants[0]);
    const saved = await line.ask('io.save', { id: variable.id, target: grants[1].file, format });
    return `${to}: ${variable.shape.join(' × ')} ${variable.dtype}, ${saved.size.toLocaleString('en')} bytes\n`;
  });
}

async function answer(argv: readonly string[]): Promise<string> {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    throw new AppError('value', (error as Error).message, { hint: 'see --help' });
  }
  const { values, positionals } = parsed;
  const [command, first, second] = positionals;
  if (values.help || command === undefined) return help;
  if (command === 'info' && first !== undefined && positionals.length === 2) return info(first, values.json === true);
  if (command === 'convert' && first !== undefined && second !== undefined && positionals.length === 3) {
    return convert(first, second);
  }
  throw new AppError('value', `Not understood: ${positionals.join(' ')}`, { hint: 'see --help' });
}

/** Does what the arguments say; resolves to the exit code. */
export async function run(argv: readonly string[]): Promise<number> {
  try {
    process.stdout.write(await answer(argv));
    return 0;
  } catch (thrown) {
    const { code, message, hint, stack } = toErrorValue(thrown);
    process.stderr.write(`${code === 'bug' ? (stack ?? message) : message}${hint === undefined ? '' : `; ${hint}`}\n`);
    return 1;
  }
}
