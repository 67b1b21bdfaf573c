import { closeSync, openSync, readSync, readdirSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { PyodideAPI } from 'pyodide';
import type { Grant } from '#shared/control.ts';

/** The part of Emscripten's file system that is used here; Pyodide does not describe it. */
interface FileSystem {
  mkdirTree(path: string): void;
  chdir(path: string): void;
  mount(type: unknown, options: { root: string }, path: string): unknown;
  filesystems: { NODEFS: unknown };
  analyzePath(path: string): { exists: boolean };
  readdir(path: string): string[];
  lstat(path: string): { mode: number; mtime: Date };
  isDir(mode: number): boolean;
  isFile(mode: number): boolean;
  writeFile(path: string, data: Uint8Array): void;
  lookupPath(path: string): { node: FileNode };
  ErrnoError: new (errno: number) => Error;
}

interface FileNode {
  stream_ops: Record<string, unknown>;
  node_ops: Record<string, unknown>;
}

interface Stream {
  nfd: number;
  flags: number;
  position: number;
}

/** Error numbers of WebAssembly's C library. */
const errno = { EACCES: 2, EINVAL: 28, EIO: 29, ENOENT: 44 } as const;

/** Where cells work: the session's own folder, under a name that does not tell where it lies. */
const workFolder = '/home/session';
/** Where files that the person picked are found, by their names. */
const pickedFolder = '/picked';
/** What the root holds for Python itself. */
const pythonsOwn: ReadonlySet<string> = new Set(['dev', 'lib', 'proc', 'sys']);

/** The parts of the disk that Python sees. */
export class Folders {
  readonly #fs: FileSystem;
  #folder: string | null = null;
  readonly #picked = new Map<string, string>();
  /** Paths of Python's behind which the disk is. */
  readonly #disk = new Set<string>();

  constructor(pyodide: PyodideAPI) {
    this.#fs = fileSystem(pyodide);
  }

  /** A folder of the disk as the working folder of cells. */
  workIn(folder: string): void {
    if (this.#folder === folder) return;
    this.#folder = folder;
    this.mount(folder, workFolder);
    this.#fs.chdir(workFolder);
  }

  /** A folder of the disk at a path of Python's. */
  mount(folder: string, at: string): void {
    if (at === '/') {
      this.#root(folder);
      return;
    }
    this.#disk.add(at);
    this.#fs.mkdirTree(at);
    this.#fs.mount(this.#fs.filesystems.NODEFS, { root: folder }, at);
  }

  /** The root is Python's own, with its library in it: the disk's folders and files come into it one by one. */
  #root(folder: string): void {
    for (const name of readdirSync(folder)) {
      if (pythonsOwn.has(name)) continue;
      const path = join(folder, name);
      const stat = statSync(path, { throwIfNoEntry: false });
      if (stat?.isDirectory()) this.mount(path, `/${name}`);
      else if (stat?.isFile()) this.one(path, `/${name}`, true);
    }
  }

  chdir(path: string): void {
    this.#fs.chdir(path);
  }

  /** The files that were picked: to be read, and targets of Save to be written. */
  pick(grants: readonly Grant[]): void {
    for (const grant of grants) {
      if (this.#picked.has(grant.file)) continue;
      this.#fs.mkdirTree(pickedFolder);
      let path = `${pickedFolder}/${grant.name}`;
      for (let number = 2; this.#fs.analyzePath(path).exists; number++)
        path = `${pickedFolder}/${number}-${grant.name}`;
      this.#picked.set(grant.file, path);
      this.one(grant.path, path, grant.write);
    }
  }

  /** Files outside the disk's folders that were written since a time: they are in memory alone, and go with it. */
  writtenToMemory(since: number): string[] {
    const written: string[] = [];
    const walk = (folder: string) => {
      for (const name of this.#fs.readdir(folder === '' ? '/' : folder)) {
        const path = `${folder}/${name}`;
        if (name === '.' || name === '..' || (folder === '' && pythonsOwn.has(name)) || this.#disk.has(path)) continue;
        const { mode, mtime } = this.#fs.lstat(path);
        if (this.#fs.isDir(mode)) walk(path);
        else if (this.#fs.isFile(mode) && mtime.getTime() >= since) written.push(path);
      }
    };
    walk('');
    return written;
  }

  /** One file of the disk, and nothing beside it, at a path of Python's. */
  one(file: string, at: string, write: boolean): void {
    this.#disk.add(at);
    this.#fs.mkdirTree(at.slice(0, at.lastIndexOf('/')) || '/');
    this.#fs.writeFile(at, new Uint8Array());
    becomeFile(this.#fs, this.#fs.lookupPath(at).node, file, write);
  }
}

function fileSystem(pyodide: PyodideAPI): FileSystem {
  // Emscripten's own description of it knows neither nodes nor their operations.
  const { FS } = pyodide as unknown as { FS: FileSystem };
  return FS;
}

/** Lets a node of the file system in memory read and write a file of the disk. */
function becomeFile(fs: FileSystem, node: FileNode, file: string, write: boolean): void {
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new fs.ErrnoError(code === 'ENOENT' ? errno.ENOENT : code === 'EACCES' ? errno.EACCES : errno.EIO);
    }
  };
  const size = () => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  Object.defineProperty(node, 'usedBytes', { get: size, set: () => undefined });
  const { setattr } = node.node_ops as { setattr: (node: FileNode, attributes: { size?: number }) => void };
  node.node_ops = {
    ...node.node_ops,
    setattr(self: FileNode, attributes: { size?: number }) {
      if (attributes.size === undefined) return setattr(self, attributes);
      if (!write) throw new fs.ErrnoError(errno.EACCES);
      return guarded(() => {
        if (attributes.size === 0) closeSync(openSync(file, 'w'));
        else truncateSync(file, attributes.size);
      });
    },
  };
  node.stream_ops = {
    open(stream: Stream) {
      const writing = (stream.flags & 3) !== 0;
      if (writing && !write) throw new fs.ErrnoError(errno.EACCES);
      stream.nfd = guarded(() => openSync(file, writing ? (size() > 0 ? 'r+' : 'w+') : 'r'));
    },
    close: (stream: Stream) => guarded(() => closeSync(stream.nfd)),
    read: (stream: Stream, buffer: Uint8Array, offset: number, length: number, position: number) =>
      guarded(() => readSync(stream.nfd, buffer, offset, length, position)),
    write: (stream: Stream, buffer: Uint8Array, offset: number, length: number, position: number) =>
      guarded(() => writeSync(stream.nfd, buffer, offset, length, position)),
    llseek(stream: Stream, offset: number, whence: number) {
      const position = offset + (whence === 1 ? stream.position : whence === 2 ? size() : 0);
      if (position < 0) throw new fs.ErrnoError(errno.EINVAL);
      return position;
    },
  };
}
