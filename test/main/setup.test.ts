/** Set-up's own decisions, and the command line without a window. */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from './window.ts';

const root = resolve(import.meta.dirname, '../..');

interface SetUpModule {
  checkNode(version: string): void;
  setUp(options: { need: string[]; log: (line: string) => void }): Promise<boolean>;
}
interface SystemModule {
  commandFor(tool: string, missing: Record<string, string | null>[]): string;
}
const load = async <T>(name: string) => (await import(pathToFileURL(join(root, 'scripts', name)).href)) as T;
const setup = await load<SetUpModule>('setup.mjs');
const system = await load<SystemModule>('setup-system.mjs');

describe('set-up', () => {
  it.each(['20.19.0', '20.20.2', '22.0.0', '26.1.0'])('takes Node %s', (version) => {
    expect(() => setup.checkNode(version)).not.toThrow();
  });

  it.each(['18.20.0', '20.18.9', '16.0.0'])('refuses Node %s and says what to do', (version) => {
    expect(() => setup.checkNode(version)).toThrow(`Eigenscope needs Node 20.19 or newer; this is ${version}`);
  });

  it('knows the command of each package tool', () => {
    const missing = [
      { apt: 'g++', dnf: 'gcc-c++', pacman: 'gcc', zypper: 'gcc-c++', brew: null, vcpkg: null },
      {
        apt: 'libopenblas-dev',
        dnf: 'openblas-devel',
        pacman: 'openblas',
        zypper: 'openblas-devel',
        brew: 'openblas',
        vcpkg: 'openblas',
      },
    ];
    expect(system.commandFor('apt', missing)).toBe('sudo apt-get install --no-install-recommends g++ libopenblas-dev');
    expect(system.commandFor('dnf', missing)).toBe('sudo dnf install gcc-c++ openblas-devel');
    expect(system.commandFor('pacman', missing)).toBe('sudo pacman -S --needed gcc openblas');
    expect(system.commandFor('zypper', missing)).toBe('sudo zypper install gcc-c++ openblas-devel');
    expect(system.commandFor('brew', missing)).toMatch(/^xcode-select --install\n\s+brew install openblas$/);
    expect(system.commandFor('vcpkg', missing)).toContain('vcpkg install openblas');
  });

  it('does nothing when nothing changed, and says nothing', async () => {
    const lines: string[] = [];
    const need = ['system', 'dependencies'];
    expect(await setup.setUp({ need, log: (line) => lines.push(line) })).toBe(false);
    expect(lines).toEqual([]);
  });

  it.runIf(process.platform !== 'win32').each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ended by %s takes along what it started, children of children too', async (signal, code) => {
    const source = `import(${JSON.stringify(pathToFileURL(join(root, 'scripts/setup-run.mjs')).href)}).then(({ spawnOwned }) =>
      spawnOwned('sh', ['-c', 'sleep 300 & echo $!; wait'], { stdio: ['ignore', 'inherit', 'inherit'] }));`;
    const script = spawn(process.execPath, ['-e', source], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise<number | null>((done) => script.once('exit', done));
    const grandchild = Number(
      await new Promise<string>((done) => script.stdout.once('data', (text) => done(String(text)))),
    );
    expect(() => process.kill(grandchild, 0)).not.toThrow();
    // To this process alone, unlike Ctrl-C on a terminal.
    script.kill(signal);
    expect(await ended).toBe(code);
    const lives = (): boolean => {
      try {
        process.kill(grandchild, 0);
        return true;
      } catch {
        return false;
      }
    };
    await expect.poll(lives, { timeout: 10_000 }).toBe(false);
  });

  it('waits for another set-up, not for one that died', async () => {
    const folder = temporaryFolder();
    // A clone in small: the lock is all that is looked at.
    const script = join(folder.path, 'hold.mjs');
    const lock = join(root, 'build/setup/lock');
    writeFileSync(
      script,
      `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(lock)}, String(process.pid)); process.send?.(1); setInterval(() => {}, 1000);`,
    );
    const holder = spawn(process.execPath, [script], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    await new Promise((done) => holder.once('message', done));
    try {
      const lines: string[] = [];
      // Chromium is looked for under the lock every time.
      const waiting = setup.setUp({ need: ['chromium'], log: (line) => lines.push(line) });
      await expect.poll(() => lines).toEqual(['waiting for another start that is setting up']);
      holder.kill('SIGKILL');
      await waiting;
    } finally {
      holder.kill('SIGKILL');
      rmSync(lock, { force: true });
      folder.remove();
    }
  });
});

describe('the command line', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeAll(() => {
    folder = temporaryFolder();
    writeFileSync(join(folder.path, 'table.csv'), 'a;b\n1,5;2\n3;nan\n');
  });
  afterAll(() => folder.remove());

  const run = (...args: string[]) => {
    const source = `import(${JSON.stringify(pathToFileURL(join(root, 'out/main/cli.js')).href)}).then(({ run }) => run(process.argv.slice(1))).then((code) => process.exit(code));`;
    return spawnSync(process.execPath, ['-e', source, '--', ...args], {
      cwd: folder.path,
      encoding: 'utf8',
      timeout: 25_000,
    });
  };

  it('tells what a file holds', () => {
    const { stdout, stderr, status } = run('info', 'table.csv');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^shape +2 × 2$/m);
    expect(stdout).toMatch(/^columns +a, b$/m);
    expect(stdout).toMatch(/^NaN cells +1$/m);
  });

  it('tells it as JSON', () => {
    const { stdout } = run('info', 'table.csv', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      shape: [2, 2],
      dtype: 'float64',
      columns: ['a', 'b'],
      nan_count: 1,
      min: 1.5,
    });
  });

  it('makes one kind of file into another, and back', () => {
    expect(run('convert', 'table.csv', 'table.npy').stdout).toContain('table.npy: 2 × 2 float64');
    expect(readFileSync(join(folder.path, 'table.npy')).subarray(1, 6).toString()).toBe('NUMPY');
    run('convert', 'table.npy', 'again.csv');
    expect(readFileSync(join(folder.path, 'again.csv'), 'utf8')).toMatch(/1\.5,2/);
  });

  it('says what is wrong, ends with 1, and with 2 where it was called wrongly', () => {
    for (const [args, sentence, ends] of [
      [['info', 'missing.csv'], 'No such file: missing.csv', 1],
      [['convert', 'table.csv', 'table.xyz'], 'its ending says the format', 2],
      [['info'], 'FILE missing; --help tells more', 2],
      [['info', 'table.csv', '--what'], "Unknown option '--what'", 2],
    ] as const) {
      const { stdout, stderr, status } = run(...args);
      expect(stderr).toContain(sentence);
      expect(stderr.includes('usage: ')).toBe(ends === 2);
      expect(stdout).toBe('');
      expect(status).toBe(ends);
    }
  });
});
