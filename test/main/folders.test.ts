import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dataFolder } from '../../src/main/data-folder.ts';
import { checkStartArguments, readStartArguments } from '../../src/main/electron-arguments.ts';
import { plainName } from '../../src/main/grants.ts';
import { isHeld } from '../../src/main/held-folder.ts';
import { RecentFiles } from '../../src/main/recent-files.ts';
import { openSession } from '../../src/main/session.ts';
import { placeWindow, readWindowState, writeWindowState } from '../../src/main/window-state.ts';
import { temporaryFolder } from './window.ts';

let home: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  home = temporaryFolder();
});
afterEach(() => home.remove());

describe('the data folder', () => {
  it.each([
    [{ EIGENSCOPE_HOME: '/x' }, 'linux', '/x'],
    [{ XDG_DATA_HOME: '/data' }, 'linux', '/data/eigenscope'],
    [{}, 'linux', /\.local\/share\/eigenscope$/],
    [{}, 'darwin', /Library\/Application Support\/eigenscope$/],
    [{ APPDATA: '/roaming' }, 'win32', '/roaming/eigenscope'],
  ] as const)('%o on %s', (env, platform, expected) => {
    const folder = dataFolder(env, platform);
    if (typeof expected === 'string') expect(folder).toBe(expected);
    else expect(folder).toMatch(expected);
  });
});

describe('a session', () => {
  const keep = (folder: string, name = 'a.npy') => {
    writeFileSync(join(folder, name), 'x');
    writeFileSync(join(folder, 'journal.json'), '{}');
  };

  it('that holds something is taken up again; an empty one leaves nothing', () => {
    const first = openSession(home.path, null);
    keep(first.folder);
    first.close();
    const second = openSession(home.path, null);
    expect(second.folder).toBe(first.folder);
    const third = openSession(home.path, null);
    expect(third.folder).not.toBe(first.folder);
    third.close();
    expect(existsSync(third.folder)).toBe(false);
    second.close();
    expect(existsSync(join(second.folder, 'a.npy'))).toBe(true);
    expect(readdirSync(second.folder).sort()).toEqual(['a.npy', 'journal.json']);
  });

  it.each(['n1.ipynb', 'n1.ipynb.damaged'])('that holds nothing but a notebook is kept: %s', (name) => {
    const session = openSession(home.path, null);
    mkdirSync(join(session.folder, 'notebooks'));
    writeFileSync(join(session.folder, 'notebooks', name), '{}');
    session.close();
    expect(existsSync(join(session.folder, 'notebooks', name))).toBe(true);
  });

  it('lives on when its lock cannot be written', () => {
    const session = openSession(home.path, null);
    const lock = join(session.folder, 'lock');
    // A folder of that name cannot be replaced by a file, as none can on a full disk.
    rmSync(lock);
    mkdirSync(join(lock, 'in the way'), { recursive: true });
    session.sharedWith(process.pid);
    expect(readdirSync(session.folder).filter((name) => name.startsWith('.lock'))).toEqual([]);
    rmSync(lock, { recursive: true });
    session.close();
  });

  it('used last is taken first', () => {
    const [old, young] = [openSession(home.path, null), openSession(home.path, null)];
    for (const session of [old, young]) {
      keep(session.folder);
      session.close();
    }
    utimesSync(join(young.folder, 'journal.json'), 1, 1);
    const taken = openSession(home.path, null);
    expect(taken.folder).toBe(old.folder);
    taken.close();
  });

  it('named by the person is refused while it is open elsewhere, and never removed', () => {
    const folder = join(home.path, 'mine');
    const session = openSession(home.path, folder);
    expect(() => openSession(home.path, folder)).toThrow('open in another window');
    session.close();
    expect(existsSync(folder)).toBe(true);
  });

  it('of a process that was killed is free again', async () => {
    const folder = join(home.path, 'mine');
    mkdirSync(folder);
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    writeFileSync(join(folder, 'lock'), JSON.stringify([{ pid: child.pid, started: null }]));
    expect(isHeld(folder)).toBe(true);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    expect(isHeld(folder)).toBe(false);
    openSession(home.path, folder).close();
  });

  it.skipIf(process.platform !== 'linux')('of a dead process whose number was given to another is free', () => {
    const folder = join(home.path, 'mine');
    mkdirSync(folder);
    writeFileSync(join(folder, 'lock'), JSON.stringify([{ pid: process.pid, started: '1' }]));
    expect(isHeld(folder)).toBe(false);
  });

  it('with an unreadable lock is free', () => {
    const folder = join(home.path, 'mine');
    mkdirSync(folder);
    for (const text of ['', '{', '7', '[{"pid":"x"}]']) {
      writeFileSync(join(folder, 'lock'), text);
      expect(isHeld(folder)).toBe(false);
    }
  });

  it('is given to one of many that ask', () => {
    const sessions = Array.from({ length: 8 }, () => openSession(home.path, null));
    expect(new Set(sessions.map(({ folder }) => folder)).size).toBe(8);
    for (const session of sessions) session.close();
    expect(readdirSync(join(home.path, 'sessions'))).toEqual([]);
  });

  it('that cannot be made says so', () => {
    writeFileSync(join(home.path, 'sessions'), 'a file');
    expect(() => openSession(home.path, null)).toThrow('cannot be used');
  });
});

describe('recent files', () => {
  let uploads = 0;
  const grant = (name: string, bytes = 3) => {
    const path = join(home.path, `upload-${++uploads}`);
    writeFileSync(path, 'x'.repeat(bytes));
    return { file: 'f', path, name, size: bytes, write: false, own: false };
  };

  it('are listed newest first, each name once, ten at most', () => {
    const recent = new RecentFiles(home.path);
    for (let i = 0; i < 14; i++) recent.remember(grant(`${i}.csv`));
    recent.remember(grant('9.csv', 5));
    const list = recent.grants();
    expect(list).toHaveLength(10);
    expect(list[0]?.grant).toMatchObject({ name: '9.csv', size: 5 });
    expect(list.filter(({ grant: { name } }) => name === '9.csv')).toHaveLength(1);
    expect(readdirSync(join(home.path, 'recent')).filter((name) => name.length === 24)).toHaveLength(10);
  });

  it('with a path are read where they lie, and leave the list with the file', () => {
    const recent = new RecentFiles(home.path);
    const path = join(home.path, 'table.csv');
    writeFileSync(path, '1');
    recent.remember({ file: 'f', path, name: 'table.csv', size: 1, write: false, own: true }, path);
    writeFileSync(path, '12345');
    expect(recent.grants()).toMatchObject([{ title: 'table.csv', grant: { path, size: 5 } }]);
    writeFileSync(
      join(home.path, 'recent/recent.json'),
      JSON.stringify([{ name: 'x', path: join(home.path, 'gone') }]),
    );
    expect(recent.grants()).toEqual([]);
  });

  it('survive a damaged list', () => {
    const recent = new RecentFiles(home.path);
    mkdirSync(join(home.path, 'recent'));
    for (const text of ['', '{', '{}', '[1]', '[{"name":"a","copy":"../../secret"}]']) {
      writeFileSync(join(home.path, 'recent/recent.json'), text);
      expect(recent.grants()).toEqual([]);
    }
  });
});

describe('a name of a file', () => {
  it.each([
    ['iris.csv', 'iris.csv'],
    ['/etc/passwd', 'passwd'],
    ['..\\..\\boot.ini', 'boot.ini'],
    ['..', 'untitled'],
    ['', 'untitled'],
    ['a\u202egpj.exe', 'agpj.exe'],
    ['a\0b\n.csv', 'ab.csv'],
    ['x'.repeat(300), 'x'.repeat(200)],
  ])('%j becomes %j', (name, expected) => {
    expect(plainName(name)).toBe(expected);
  });
});

describe('the place of a window', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1040 };
  const state = (x: number, y: number, width = 1000, height = 700) => ({
    bounds: { x, y, width, height },
    maximized: false,
  });

  it('is where it was', () => {
    expect(placeWindow(state(100, 50), [screen])).toEqual({ x: 100, y: 50, width: 1000, height: 700 });
  });

  it('is left to the system when it was on a screen that is gone, or out of reach', () => {
    for (const lost of [state(3000, 50), state(100, 2000), state(100, -300), state(-990, 50)]) {
      expect(placeWindow(lost, [screen])).not.toHaveProperty('x');
    }
    const second = { x: 1920, y: 0, width: 1920, height: 1040 };
    expect(placeWindow(state(3000, 50), [screen, second])).toMatchObject({ x: 3000 });
  });

  it('fits a smaller screen and is never too small', () => {
    expect(placeWindow(state(0, 0, 3000, 2000), [screen])).toMatchObject({ width: 1920, height: 1040 });
    expect(placeWindow(state(0, 0, 10, 10), [screen])).toMatchObject({ width: 800, height: 560 });
    expect(placeWindow({ bounds: null, maximized: false }, [{ ...screen, width: 1024, height: 700 }])).toEqual({
      width: 1024,
      height: 700,
    });
  });

  it('does not cover another window', () => {
    expect(placeWindow(state(100, 50), [screen], [{ x: 100, y: 50, width: 1, height: 1 }])).toMatchObject({
      x: 132,
      y: 82,
    });
  });

  it('is kept, and a damaged note of it is forgotten', () => {
    const file = join(home.path, 'deep/window.json');
    writeWindowState(file, { bounds: { x: 1, y: 2, width: 900, height: 700 }, maximized: true });
    expect(readWindowState(file)).toEqual({ bounds: { x: 1, y: 2, width: 900, height: 700 }, maximized: true });
    for (const text of ['', 'null', '[]', '{"bounds":{"x":"a"}}', '{"bounds":{"x":null,"y":1,"width":1,"height":1}}']) {
      writeFileSync(file, text);
      expect(readWindowState(file)).toEqual({ bounds: null, maximized: false });
    }
    expect(readFileSync(file, 'utf8')).toContain('bounds');
  });
});

describe('the arguments of Electron', () => {
  it.each([
    [['/app'], false, []],
    [['--no-sandbox', '/app', '--session=s', '--', 'a.csv', '-b.csv'], false, ['/here/a.csv', '/here/-b.csv']],
    [['a.csv', '--inspect=1', '/b.png'], true, ['/here/a.csv', '/b.png']],
  ])('%j (packaged: %s)', (argv, isPackaged, files) => {
    expect(readStartArguments(argv, isPackaged, '/here').files).toEqual(files);
  });

  it('from a second start are looked at', () => {
    expect(checkStartArguments({ files: ['/a', 3], session: 4 })).toEqual({ files: ['/a'], session: null });
    expect(checkStartArguments(null)).toEqual({ files: [], session: null });
  });
});
