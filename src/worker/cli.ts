/**
 * Eigenscope without a window, over the same requests as the page: what a file holds, and one kind of file made into
 * another. `run(argv)` is called by scripts/cli.mjs.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, extname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type {
  ComplexNumber,
  Args,
  ComputeMessage,
  Inspection,
  Reply,
  RequestName,
  Variable,
} from '#shared/contract.ts';
import type { Grant } from '#shared/control.ts';
import { AppError, fromErrorValue, toErrorValue } from '#shared/errors.ts';
import type { PageChannel } from './connection.ts';
import { prompt, runCode, runFile } from './python/terminal.ts';
import { Session } from './session.ts';

const help = `Usage: npm run --silent cli -- <command>

  run FILE [args]     runs a Python script, as "python FILE args" would
  -c CODE [args]      runs the code given
  repl                Python's prompt, with history and completion
  info FILE [--json]  shape, dtype, rank, condition, norms and more of a table, a picture, .npy, .npz or .mtx
  convert IN OUT [--json]
                      the numbers of IN as OUT: .csv, .tsv, .npy, .npz or .mtx; pictures also as .png
  --help              this text; after a command, more about it
`;

const helpOf: Readonly<Record<string, string>> = {
  run: `Usage: npm run --silent cli -- run FILE [args]

Runs a Python script on Eigenscope's engine, without a window. sys.argv, standard input and output, the exit status and
tracebacks are those of \`python FILE args\`. Modules in plain Python beside the script can be imported; the script's
folder, the working folder and files named as arguments can be read and written. There is no network.
  run -c CODE [args]  runs the code given
`,
  repl: `Usage: npm run --silent cli -- repl

Python's prompt. Tab completes, the arrow keys bring earlier entries back, Ctrl-C stops, Ctrl-D ends.
`,
  info: `Usage: npm run --silent cli -- info FILE [--json]

Shape, dtype, extremes, rank, condition and norms of a table, a picture, an .npy, .npz (its first array) or .mtx file; --json gives them as one object
whose NaN and infinities are the strings "nan", "inf", "-inf".
`,
  convert: `Usage: npm run --silent cli -- convert IN OUT [--json]

Writes the numbers of IN to OUT, whose ending says the format: .csv, .tsv, .npy, .npz or .mtx (Matrix
Market); pictures also .png. --json tells what
was written as one object.
`,
};

/** The formats io.save writes, by the ending of the name. */
const formats: Readonly<Record<string, Args<'io.save'>['format']>> = {
  '.csv': 'csv',
  '.tsv': 'tsv',
  '.npy': 'npy',
  '.npz': 'npz',
  '.mtx': 'mtx',
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

const isComplexNumber = (value: unknown): value is ComplexNumber =>
  typeof value === 'object' && value !== null && 're' in value;

/** As Python writes it: (1+2j). */
const complexText = ({ re, im }: ComplexNumber): string => `(${re}${im < 0 || Object.is(im, -0) ? '' : '+'}${im}j)`;

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
    else if (isComplexNumber(value)) lines.push([label, complexText(value)]);
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

async function convert(from: string, to: string, json: boolean): Promise<string> {
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
    if (json) {
      const { shape, dtype } = variable;
      return `${JSON.stringify({ file: to, size: saved.size, format, shape, dtype }, null, 2)}\n`;
    }
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
  if (values.help || command === undefined) return helpOf[command ?? ''] ?? help;
  if (command === 'info' && first !== undefined && positionals.length === 2) return info(first, values.json === true);
  if (command === 'convert' && first !== undefined && second !== undefined && positionals.length === 3) {
    return convert(first, second, values.json === true);
  }
  throw new AppError('value', `Not understood: ${positionals.join(' ')}`, { hint: 'see --help' });
}

/** Python takes its arguments as they are: options after the script are the script's. */
function python(argv: readonly string[]): Promise<number> | null {
  const threadFile = join(import.meta.dirname, 'script.js');
  const [command, target, ...rest] = argv;
  const asked = target === '--help' || target === '-h';
  if (command === 'run' && target !== undefined && !asked) {
    if (target === '-c' && rest.length > 0) return runCode(threadFile, rest[0], rest.slice(1));
    return runFile(threadFile, target, rest);
  }
  if (command === '-c' && target !== undefined) return runCode(threadFile, target, rest);
  if (command === 'repl' && target === undefined) return prompt(threadFile);
  return null;
}

/** Does what the arguments say; resolves to the exit code. */
export async function run(argv: readonly string[]): Promise<number> {
  try {
    const status = await python(argv);
    if (status !== null) return status;
    process.stdout.write(await answer(argv));
    return 0;
  } catch (thrown) {
    const { code, message, argument, hint, stack } = toErrorValue(thrown);
    if (argument === 'FILE') {
      process.stderr.write(`python: ${message}\n`);
      return 2;
    }
    process.stderr.write(`${code === 'bug' ? (stack ?? message) : message}${hint === undefined ? '' : `; ${hint}`}\n`);
    return 1;
  }
}
