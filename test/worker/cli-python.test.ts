import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

const cli = resolve(import.meta.dirname, '../../out/main/cli.js');
/** What scripts/cli.mjs does once everything is set up. */
const start = `const { run } = await import(${JSON.stringify(pathToFileURL(cli).href)});
process.exitCode = await run(process.argv.slice(2));
process.exit();
`;

interface Ended {
  code: number | null;
  out: Buffer;
  err: string;
}

describe.runIf(existsSync(cli))('Python on the command line', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'eigenscope-cli-test-'));
    await writeFile(join(folder, 'start.mjs'), start);
    await mkdir(join(folder, 'scripts'));
    await mkdir(join(folder, 'elsewhere'));
    await writeFile(join(folder, 'scripts/beside.py'), 'def double(x):\n    return 2 * x\n');
    await writeFile(join(folder, 'elsewhere/named.txt'), 'named');
    await writeFile(
      join(folder, 'scripts/all.py'),
      [
        'import os, sys',
        'from beside import double',
        'import numpy as np',
        'print(sys.argv[1:3], __name__, __file__)',
        'print(double(np.arange(3.0)) @ np.ones(3))',
        'print(open(sys.argv[2]).read(), os.path.exists(os.path.dirname(sys.argv[2]) + "/all.py"))',
        'sys.stdout.flush()',
        'sys.stdout.buffer.write(b"\\xff\\x00\\n")',
        'print("to stderr", file=sys.stderr)',
        'open("made.txt", "w").write(sys.stdin.read().upper())',
        'sys.exit(7)',
      ].join('\n'),
    );
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  function run(
    args: string[],
    input = '',
    interruptAt: string | null = null,
    cwd = folder,
    env = process.env,
  ): Promise<Ended> {
    return new Promise((done) => {
      const child = spawn(process.execPath, [join(folder, 'start.mjs'), ...args], { cwd, env });
      onTestFinished(() => void child.kill());
      const out: Buffer[] = [];
      let err = '';
      child.stdout.on('data', (bytes: Buffer) => {
        out.push(bytes);
        if (interruptAt !== null && Buffer.concat(out).toString().includes(interruptAt)) child.kill('SIGINT');
      });
      child.stderr.on('data', (bytes: Buffer) => (err += bytes.toString()));
      child.on('close', (code) => done({ code, out: Buffer.concat(out), err }));
      child.stdin.end(input);
    });
  }

  /** A terminal of util-linux's `script`: when a text has been shown since the last answer, the next is typed. */
  async function terminal(
    home: string,
    steps: [string | null, string][],
  ): Promise<{ code: number | null; out: string }> {
    const command = [process.execPath, join(folder, 'start.mjs'), 'repl'].join(' ');
    const env = { ...process.env, HOME: home, TERM: 'xterm' };
    const child = spawn('/usr/bin/script', ['-qefc', command, '/dev/null'], { cwd: folder, env });
    onTestFinished(() => void child.kill());
    let out = '';
    let seen = 0;
    child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()));
    const ended = new Promise<number | null>((done) => child.on('close', done));
    for (const [shown, typed] of steps) {
      if (shown === null) await new Promise((resume) => setTimeout(resume, 500));
      else await expect.poll(() => out.slice(seen)).toContain(shown);
      seen = out.length;
      child.stdin.write(typed);
    }
    const code = await ended;
    return { code, out };
  }

  it.runIf(process.platform !== 'win32')('works in the root of the disk', { timeout: 60_000 }, async () => {
    const code = `import os; print(os.getcwd(), os.path.exists(${JSON.stringify(join(folder, 'elsewhere/named.txt'))}))`;
    const { code: status, out, err } = await run(['-c', code], '', null, '/');
    expect({ status, out: out.toString(), err }).toEqual({ status: 0, out: '/ True\n', err: '' });
  });

  it('holds what it prints into a pipe back as CPython does, and not where PYTHONUNBUFFERED says so', async () => {
    const code = 'import sys; print("text"); sys.stdout.buffer.write(b"bytes\\n")';
    const { PYTHONUNBUFFERED: _, ...plain } = process.env;
    expect((await run(['-c', code], '', null, folder, plain)).out.toString()).toBe('bytes\ntext\n');
    const atOnce = await run(['-c', code], '', null, folder, { ...plain, PYTHONUNBUFFERED: '1' });
    expect(atOnce.out.toString()).toBe('text\nbytes\n');
  });

  it('runs a script as python would: arguments, modules beside it, streams to the byte, files, exit status', async () => {
    const named = join(folder, 'elsewhere/named.txt');
    const { code, out, err } = await run(['run', 'scripts/all.py', '--flag', named], 'typed');
    expect(out.toString('latin1')).toBe(
      `['--flag', '${named}'] __main__ ${folder}/scripts/all.py\n6.0\nnamed False\n\xff\x00\n`,
    );
    expect([code, err]).toEqual([7, 'to stderr\n']);
    expect(await readFile(join(folder, 'made.txt'), 'utf8')).toBe('TYPED');
  });

  it("ends with 1 and CPython's traceback of the script's lines", async () => {
    await writeFile(
      join(folder, 'wrong.py'),
      'import numpy as np\n\ndef f(A):\n    return np.linalg.inv(A)\n\nf(np.zeros((2, 2)))\n',
    );
    const { code, err } = await run(['run', 'wrong.py']);
    expect(code).toBe(1);
    expect(err).toMatch(
      /^Traceback \(most recent call last\):\n {2}File "\/.*\/wrong.py", line 6, in <module>\n.*\n.*\n {2}File "\/.*\/wrong.py", line 4, in f\n/,
    );
    expect(err).toContain('numpy.linalg.LinAlgError: Singular matrix');
    expect(err).not.toContain('eigenscope.zip');
  });

  it('hears Ctrl-C', async () => {
    const { code, err } = await run(['-c', 'import time\nprint("go", flush=True)\ntime.sleep(60)'], '', 'go');
    expect(code).toBe(130);
    expect(err).toMatch(/KeyboardInterrupt\n$/);
  });

  it.runIf(process.platform !== 'win32')('ends what swallows Ctrl-C three times in a row', async () => {
    // A routine that can be stopped hears it as well, once; every "go" is answered with Ctrl-C.
    const code = [
      'import numpy as np',
      'A = np.random.rand(2500, 2500)',
      'def f():',
      '    print("go", flush=True)',
      '    while True: np.linalg.eigh(A)',
      'while True:',
      '    try: f()',
      '    except BaseException: pass',
    ].join('\n');
    const { code: status, out, err } = await run(['-c', code], '', 'go\n');
    expect([status, err]).toEqual([null, '']);
    // A starved machine may end it at the first, which was not heard within a second.
    expect(out.toString()).toMatch(/^(go\n){1,3}$/);
  });

  it('runs -c, prints figures and values as text, and says which files were not kept', async () => {
    const { code, out, err } = await run([
      '-c',
      'import sys; print(sys.argv); from IPython.display import display; display(5); open("/home/lost.txt", "w").close()',
      'x',
    ]);
    expect([code, out.toString()]).toEqual([0, "['-c', 'x']\n5\n"]);
    // The disk is not seen there: what a script meant to keep is not lost in silence.
    expect(err).toMatch(/^note: \/home\/lost\.txt was written in memory alone .*\n$/);
  });

  it('reads Matrix Market files as SciPy does, and what it writes', async () => {
    await writeFile(
      join(folder, 'h.mtx'),
      '%%MatrixMarket matrix coordinate complex hermitian\n% a comment\n2 2 2\n1 1 2.5 0\n2 1 1 -3\n',
    );
    await writeFile(join(folder, 's.mtx'), '%%MatrixMarket matrix array integer skew-symmetric\n2 2\n7\n');
    const { out, err } = await run([
      '-c',
      [
        'import scipy.io as io, numpy as np',
        "print(io.mminfo('h.mtx'), io.mminfo('s.mtx'))",
        "print(io.mmread('h.mtx').toarray(), io.mmread('s.mtx'))",
        "io.mmwrite('w', io.mmread('h.mtx')); io.mmwrite('f.mtx', np.array([[1.5, 1e-300]]))",
        "print((io.mmread('w.mtx') != io.mmread('h.mtx')).nnz, io.mmread('f.mtx'))",
      ].join('\n'),
    ]);
    // As SciPy 1.17.1 prints it.
    expect([out.toString(), err]).toEqual([
      "(2, 2, 2, 'coordinate', 'complex', 'hermitian') (2, 2, 4, 'array', 'integer', 'skew-symmetric')\n" +
        '[[2.5+0.j 1. +3.j]\n [1. -3.j 0. +0.j]] [[ 0 -7]\n [ 7  0]]\n0 [[1.5e+000 1.0e-300]]\n',
      '',
    ]);
  });

  it('answers at a prompt, with blocks, input, errors that end nothing and exit', async () => {
    const typed =
      'x = 20\ndef f(a):\n    return a + 1\n\nf(x)\n1 / 0\nimport numpy as np; np.eye(1)\ninput("? ")\nanswer\nexit(3)\n';
    const { code, out, err } = await run(['repl'], typed);
    expect(out.toString()).toBe("21\narray([[1.]])\n? 'answer'\n");
    expect(err).toContain('File "<python-input-3>", line 1, in <module>\n    1 / 0');
    expect(code).toBe(3);
  });

  it.runIf(existsSync('/usr/bin/script'))(
    'edits lines in a terminal: Ctrl-C at the prompt and in a computation, pasted blocks, the history of another day',
    { timeout: 90_000 },
    async () => {
      const home = join(folder, 'home');
      await mkdir(home, { recursive: true });
      const first = await terminal(home, [
        ['>>> ', 'never entered'],
        ['never entered', '\x03'],
        ['KeyboardInterrupt\r\n', '\x1b[200~def f():\n    x = 6\n\n    return x * 7\n\nf()\n\x1b[201~'],
        ['42\r\n', 'while True: pass\r'],
        ['... ', '\r'],
        [null, '\x03'],
        ['KeyboardInterrupt\r\n', 'input("name? ")\r'],
        ['name? ', '\x04'],
        ['EOFError', 'imp\t'],
        ['import', ' math; math.factorial(5)\r'],
        ['120\r\n', 'exit(3)\r'],
      ]);
      expect(first.code).toBe(3);
      expect(first.out).not.toContain('SyntaxError');
      const second = await terminal(home, [
        ['>>> ', '\x1b[A\x1b[A'],
        ['math.factorial(5)', '\r'],
        ['120\r\n', '\x04'],
      ]);
      expect(second.code).toBe(0);
    },
  );

  it('ends with 2 and a usage line where it is not understood', { timeout: 60_000 }, async () => {
    const wrong: [string[], string][] = [
      [['frobnicate'], 'unknown command frobnicate'],
      [['info'], 'FILE missing'],
      [['info', ''], 'FILE is an empty name'],
      [['convert', 'a.npy'], 'OUT missing'],
      [['convert', 'a.npy', 'b.jpg'], 'its ending says the format'],
      [['info', 'a.npy', '--verbose'], "Unknown option '--verbose'"],
      [['run'], 'FILE missing'],
      [['-m'], 'must be followed by MODULE'],
    ];
    for (const [args, words] of wrong) {
      const { code, out, err } = await run(args);
      expect([args, code, out.toString()]).toEqual([args, 2, '']);
      expect(err).toMatch(/^usage: npm run --silent cli -- .*\nerror: /);
      expect(err).toContain(words);
    }
    expect(await run(['info', 'absent.npy'])).toMatchObject({ code: 1, err: 'error: No such file: absent.npy\n' });
    expect(await run(['convert', 'scripts/all.py', 'no/such/folder.npy'])).toMatchObject({
      code: 1,
      err: 'error: No such folder: no/such\n',
    });
  });

  it('runs what comes by standard input, and modules', { timeout: 60_000 }, async () => {
    const script = await run(['run', '-', 'one'], 'import sys\nprint(sys.argv, __name__)\n1 / 0\n');
    expect([script.code, script.out.toString()]).toEqual([1, "['-', 'one'] __main__\n"]);
    expect(script.err).toContain('File "<stdin>", line 3, in <module>');
    const module = await run(['-m', 'json.tool', '--compact'], '{"a": [1, 2]}');
    expect([module.code, module.out.toString(), module.err]).toEqual([0, '{"a":[1,2]}\n', '']);
    await writeFile(join(folder, 'here.py'), 'import sys\nprint(__name__, sys.argv[1:])\n');
    expect((await run(['-m', 'here', 'x'])).out.toString()).toBe("__main__ ['x']\n");
    expect(await run(['-m', 'nowhere'])).toMatchObject({ code: 1, err: 'python: No module named nowhere\n' });
  });

  it('converts and describes files, as text and as JSON, and explains itself', { timeout: 90_000 }, async () => {
    await writeFile(join(folder, 'in.csv'), 'a,b\n1,2\n3,4\n');
    const converted = await run(['convert', 'in.csv', 'out.npy', '--json']);
    expect(JSON.parse(converted.out.toString())).toMatchObject({ file: 'out.npy', format: 'npy', shape: [2, 2] });
    const told = await run(['-c', 'import numpy as np; print(np.load("out.npy").sum())']);
    expect(told.out.toString()).toBe('10.0\n');
    const info = JSON.parse((await run(['info', 'out.npy', '--json'])).out.toString()) as Record<string, unknown>;
    expect(info).toMatchObject({ shape: [2, 2], dtype: 'float64', rank: 2 });
    const make = 'import numpy as np; np.savez("two.npz", a=np.eye(2), b=np.array([[1j, 2]]))';
    expect((await run(['-c', make])).code).toBe(0);
    const one = await run(['info', 'two.npz']);
    expect(one.out.toString()).toMatch(/^shape +2 × 2\ndtype +float64\n/);
    expect(one.err).toBe('note: two.npz holds 2 arrays; this is a. --array NAME takes another: b\n');
    const other = await run(['convert', 'two.npz', 'b.csv', '--array', 'b']);
    expect(other.out.toString()).toBe('b.csv: 1 × 2 complex128, 10 bytes\n');
    expect(other.err).toContain('numpy.loadtxt reads with dtype=complex');
    const back = 'import numpy as np; print(np.loadtxt("b.csv", dtype=complex, delimiter=","))';
    expect((await run(['-c', back])).out.toString()).toBe('[0.+1.j 2.+0.j]\n');
    expect(await run(['info', 'two.npz', '--array', 'c'])).toMatchObject({
      code: 1,
      err: 'error: two.npz holds no array "c"; it holds a, b\n',
    });
    const picture = await run(['convert', 'two.npz', 'b.png', '--array', 'b']);
    expect(picture.err).toBe(
      'note: the picture has 256 shades, from black for the smallest real part to white for the largest\n',
    );
    expect((await run(['run', '--help'])).out.toString()).toMatch(/^Usage: .* run FILE/);
    expect((await run(['run', 'absent.py'])).code).toBe(2);
  });
});
