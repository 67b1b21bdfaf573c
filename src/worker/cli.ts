/** Eigenscope without a window. `run(argv)` is called by scripts/cli.mjs. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError, toErrorValue } from '#shared/errors.ts';
import { convert, endings, type FileOptions, formatOf, info, type Told } from './cli-files.ts';
import { prompt } from './python/prompt.ts';
import { runCode, runFile, runInput, runModule } from './python/terminal.ts';

const program = 'npm run --silent cli --';

const help = `Usage: ${program} <command>

  run FILE [args]     runs a Python script, as "python FILE args" would; - is standard input
  -c CODE [args]      runs the code given
  -m MODULE [args]    runs a module of the standard library or of the working folder as a script
  repl                Python's prompt, with history and completion
  info FILE           shape, dtype, rank, condition, norms and more of a table, a picture, .npy, .npz or .mtx
  convert IN OUT      the numbers of IN as OUT: ${endings.join(', ')}
  --help              this text; after a command, more about it

info and convert take --json and, of an .npz with several arrays, --array NAME. The exit status is 0 when all went well,
1 after an error, 2 when the command line is not understood, and what a script says.
`;

/** After "Usage: ", the forms of each command, and what there is to say about it. */
const commands: Readonly<Record<string, { usage: string; about: string }>> = {
  run: {
    usage: 'run FILE [args] | run - [args] | run -c CODE [args] | run -m MODULE [args]',
    about: `Runs a Python script on Eigenscope's engine, without a window. sys.argv, standard input and output, the exit status and
tracebacks are those of \`python FILE args\`. Modules in plain Python beside the script can be imported; the script's
folder, the working folder and files named as arguments can be read and written. There is no network.
  -               the script is what comes by standard input
  -c CODE [args]  runs the code given
  -m MODULE       runs a module, as \`python -m\` does
`,
  },
  repl: {
    usage: 'repl',
    about: `Python's prompt. Tab completes, the arrow keys bring earlier entries back (those of earlier days, too), pasted blocks
are taken whole, Ctrl-C stops, Ctrl-D ends. Without a terminal, entries are read from standard input.
`,
  },
  info: {
    usage: 'info FILE [--json] [--array NAME]',
    about: `Shape, dtype, extremes, rank, condition and norms of a table, a picture, an .npy, .npz or .mtx file.
  --json        as one object, whose NaN and infinities are the strings "nan", "inf", "-inf"
  --array NAME  which array of an .npz; the first if not said
`,
  },
  convert: {
    usage: 'convert IN OUT [--json] [--array NAME]',
    about: `Writes the numbers of IN (a table, a picture, .npy, .npz or .mtx) to OUT, whose ending says the format: .csv, .tsv, .npy,
.npz, .mtx (Matrix Market, matrices alone) or .png (a picture). What was there before is replaced.
  --json        tells what was written as one object
  --array NAME  which array of an .npz; the first if not said
`,
  },
};

/** A command line that is not understood: its exit status is 2, as that of most programs. */
class UsageError extends Error {
  readonly command: string | null;

  constructor(command: string | null, message: string) {
    super(message);
    this.command = command;
  }
}

function usageOf(command: string | null): string {
  return `${program} ${command === null ? '<command>' : commands[command].usage}`;
}

/** The words and options of info and convert. */
function parsed(command: string, argv: readonly string[]): { words: string[]; options: FileOptions } {
  let values: { json?: boolean; array?: string };
  let words: string[];
  try {
    ({ values, positionals: words } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { json: { type: 'boolean' }, array: { type: 'string' } },
    }));
  } catch (error) {
    // Node's advice after the first sentence speaks of other programs.
    throw new UsageError(command, (error as Error).message.replace(/\. .*$/s, ''));
  }
  return { words, options: { json: values.json === true, array: values.array ?? null } };
}

/** What is asked of files, or null. */
function files(command: string, argv: readonly string[]): Promise<Told> {
  const { words, options } = parsed(command, argv);
  const wanted = command === 'info' ? ['FILE'] : ['IN', 'OUT'];
  if (words.length < wanted.length)
    throw new UsageError(command, `${wanted.slice(words.length).join(' and ')} missing`);
  const empty = words.findIndex((word) => word === '');
  if (empty >= 0) throw new UsageError(command, `${wanted[empty] ?? 'argument'} is an empty name`);
  if (words.length > wanted.length) {
    throw new UsageError(command, `too many arguments: ${words.slice(wanted.length).join(' ')}`);
  }
  if (command === 'info') return info(words[0], options);
  const format = formatOf(words[1]);
  if (format === null) {
    throw new UsageError(command, `${words[1]}: its ending says the format, and must be one of ${endings.join(', ')}`);
  }
  return convert(words[0], words[1], format, options);
}

/** Python takes its arguments as they are: options after the script are the script's. */
function python(command: string, argv: readonly string[]): Promise<number> {
  const threadFile = join(import.meta.dirname, 'script.js');
  if (command === 'repl') {
    if (argv.length > 0) throw new UsageError('repl', `repl takes no arguments: ${argv.join(' ')}`);
    return prompt(threadFile);
  }
  const [target, ...rest] = argv;
  if (target === '-c' || target === '-m') {
    if (rest.length === 0)
      throw new UsageError('run', `${target} must be followed by ${target === '-c' ? 'CODE' : 'MODULE'}`);
    return (target === '-c' ? runCode : runModule)(threadFile, rest[0], rest.slice(1));
  }
  if (target === '-') return runInput(threadFile, rest);
  if (target === undefined) throw new UsageError('run', 'FILE missing');
  if (target.startsWith('-')) throw new UsageError('run', `unknown option ${target}`);
  return runFile(threadFile, target, rest);
}

/** True where the help is asked for; what follows a script belongs to the script. */
function asksHelp(command: string, rest: readonly string[]): boolean {
  const own = command === 'run' ? rest.slice(0, 1) : rest;
  return own.includes('--help') || own.includes('-h');
}

async function answer(argv: readonly string[]): Promise<number> {
  const [command, ...rest] = argv;
  if (command === undefined || command === '--help' || command === '-h' || command === 'help') {
    process.stdout.write(help);
    return 0;
  }
  if (command === '-c' || command === '-m' || command === '-') return python('run', argv);
  if (!Object.hasOwn(commands, command)) {
    throw new UsageError(null, command.startsWith('-') ? `unknown option ${command}` : `unknown command ${command}`);
  }
  if (asksHelp(command, rest)) {
    process.stdout.write(`Usage: ${usageOf(command)}\n\n${commands[command].about}`);
    return 0;
  }
  if (command === 'run' || command === 'repl') return python(command, rest);
  const { text, notes } = await files(command, rest);
  await written(text);
  for (const note of notes) process.stderr.write(`note: ${note}\n`);
  return 0;
}

/** Waits until standard output took the text; whoever reads no further is no error. @throws AppError 'io' when it cannot. */
function written(text: string): Promise<void> {
  return new Promise((done, fail) => {
    const failed = ({ code, message }: NodeJS.ErrnoException): void => {
      if (code === 'EPIPE') done();
      else fail(new AppError('io', `Standard output cannot be written: ${message}`));
    };
    process.stdout.once('error', failed);
    process.stdout.write(text, (error) => {
      if (error) failed(error);
      else done();
    });
  });
}

/** Does what the arguments say; resolves to the exit status. */
export async function run(argv: readonly string[]): Promise<number> {
  try {
    return await answer(argv);
  } catch (thrown) {
    if (thrown instanceof UsageError) {
      process.stderr.write(`usage: ${usageOf(thrown.command)}\nerror: ${thrown.message}; --help tells more\n`);
      return 2;
    }
    const { code, message, argument, hint, stack } = toErrorValue(thrown);
    if (thrown instanceof AppError && argument === 'FILE') {
      process.stderr.write(`python: ${message}\n`);
      return 2;
    }
    process.stderr.write(
      `error: ${code === 'bug' ? (stack ?? message) : message}\n${hint === undefined ? '' : `${hint}\n`}`,
    );
    return 1;
  }
}
