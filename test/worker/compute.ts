/** The real, built compute process behind a real socket: what the worker's tests talk to. */
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { WebSocket } from 'ws';
import type {
  Args,
  ComputeMessage,
  EventName,
  Events,
  PartialReply,
  Reply,
  RequestName,
  Restart,
} from '#shared/contract.ts';
import type { ControlMessage, ControlReply, Grant } from '#shared/control.ts';
import { fromErrorValue } from '#shared/errors.ts';
import { decode, encode } from '#shared/wire.ts';

export const workerFile = join(
  process.env['EIGENSCOPE_ROOT'] ?? resolve(import.meta.dirname, '../..'),
  'out/main/worker.js',
);

/** Whether there is anything to test against; the runner builds it first. */
export const built =
  existsSync(workerFile) && existsSync(resolve(import.meta.dirname, '../../build/native/eigenscope.node'));

export interface Started {
  promise: Promise<unknown>;
  cancel(): void;
}

/** One page's connection. */
export class Page {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<
    number,
    {
      resolve: (value: unknown) => void;
      reject: (error: Error) => void;
      partial: ((value: unknown) => void) | undefined;
    }
  >();
  #next = 1;
  hello: Extract<ComputeMessage, { kind: 'hello' }> | null = null;
  readonly events: { name: EventName; data: unknown }[] = [];
  readonly closed: Promise<void>;
  readonly #listeners = new Set<() => void>();

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.binaryType = 'nodebuffer';
    socket.on('message', (data: Buffer) => this.#heard(decode(data) as ComputeMessage));
    socket.on('error', () => undefined);
    this.closed = new Promise((done) => {
      socket.on('close', () => {
        for (const { reject } of this.#waiting.values()) reject(new Error('worker-lost'));
        this.#waiting.clear();
        done();
      });
    });
  }

  #heard(message: ComputeMessage): void {
    if (message.kind === 'hello') this.hello = message;
    else if (message.kind === 'event') this.events.push({ name: message.name, data: message.data });
    else if (message.kind === 'partial') this.#waiting.get(message.id)?.partial?.(message.value);
    else {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.ok) waiting?.resolve(message.value);
      else waiting?.reject(fromErrorValue(message.error));
    }
    for (const listener of this.#listeners) listener();
  }

  start<N extends RequestName>(
    name: N,
    args: Args<N>,
    partial?: (value: PartialReply<N>) => void,
  ): { reply: Promise<Reply<N>>; cancel: () => void } {
    const id = this.#next++;
    const reply = new Promise<Reply<N>>((resolve, reject) => {
      this.#waiting.set(id, {
        resolve: resolve as (value: unknown) => void,
        reject,
        partial: partial as ((value: unknown) => void) | undefined,
      });
    });
    this.#socket.send(encode({ kind: 'request', id, name, args }));
    return { reply, cancel: () => this.#socket.send(encode({ kind: 'cancel', id })) };
  }

  ask<N extends RequestName>(name: N, args: Args<N>, partial?: (value: PartialReply<N>) => void): Promise<Reply<N>> {
    return this.start(name, args, partial).reply;
  }

  sendRaw(bytes: Uint8Array | string): void {
    this.#socket.send(bytes);
  }

  last<E extends EventName>(name: E): Events[E] | null {
    return (this.events.findLast((event) => event.name === name)?.data as Events[E] | undefined) ?? null;
  }

  /** Resolves once `test` holds, looked at after every message. */
  async until(test: () => boolean, milliseconds = 8000): Promise<void> {
    if (test()) return;
    await new Promise<void>((done, fail) => {
      const timer = setTimeout(() => {
        this.#listeners.delete(look);
        fail(new Error('waited in vain'));
      }, milliseconds);
      const look = () => {
        if (!test()) return;
        clearTimeout(timer);
        this.#listeners.delete(look);
        done();
      };
      this.#listeners.add(look);
    });
  }

  close(): void {
    this.#socket.close();
  }
}

/** A compute process with the part of main that it needs: sockets, grants, control messages. */
export class Compute {
  readonly session: string;
  readonly #owns: boolean;
  readonly replies: ControlReply[] = [];
  #server: Server | null = null;
  #child: ChildProcess | null = null;
  #grants: Grant[] = [];
  #nextFile = 1;
  exited: Promise<{ code: number | null; signal: string | null }> = Promise.resolve({ code: null, signal: null });

  private constructor(session: string, owns: boolean) {
    this.session = session;
    this.#owns = owns;
  }

  static async start(
    options: {
      session?: string;
      restart?: Pick<Restart, 'reason' | 'job'> | null;
      opened?: string[];
      env?: NodeJS.ProcessEnv;
    } = {},
  ): Promise<Compute> {
    const session = options.session ?? (await mkdtemp(join(tmpdir(), 'eigenscope-test-')));
    await mkdir(session, { recursive: true });
    const compute = new Compute(session, options.session === undefined);
    await compute.#launch(options);
    return compute;
  }

  get pid(): number {
    return this.#child?.pid ?? -1;
  }

  /** Processor seconds the process has used, of all its threads; 0 where the system does not tell. */
  get processorSeconds(): number {
    if (!existsSync('/proc/self/stat')) return 0;
    const fields = readFileSync(`/proc/${this.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }

  /** Starts the process again, as main does after it died. */
  async restart(restart: Pick<Restart, 'reason' | 'job'> | null = null): Promise<void> {
    this.#server?.close();
    await this.#launch({ restart });
  }

  async #launch(options: {
    restart?: Pick<Restart, 'reason' | 'job'> | null;
    opened?: string[];
    env?: NodeJS.ProcessEnv;
  }): Promise<void> {
    const child = fork(workerFile, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, ...options.env },
    });
    this.#child = child;
    this.exited = new Promise((done) => child.on('exit', (code, signal) => done({ code, signal })));
    const ready = new Promise<void>((done, fail) => {
      child.on('message', (message) => {
        const reply = message as ControlReply;
        this.replies.push(reply);
        if (reply.kind === 'ready') done();
        if (reply.kind === 'failed') fail(new Error(reply.error.message));
      });
      child.on('exit', (code, signal) => fail(new Error(`ended with ${code ?? signal}`)));
    });
    ready.catch(() => undefined);
    this.#tell({
      kind: 'start',
      session: this.session,
      app: 'test',
      restart: options.restart ?? null,
      granted: this.#grants,
      opened: options.opened ?? [],
    });
    await ready;
    this.#server = createServer();
    this.#server.on('upgrade', (request, socket, head) => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([key, value]) => [key, String(value)]));
      this.#tell({ kind: 'socket', request: { method: 'GET', url: '/', headers }, head }, socket as Socket);
    });
    await new Promise<void>((done) => this.#server!.listen(0, '127.0.0.1', done));
  }

  #tell(message: ControlMessage, handle?: Socket): void {
    this.#child?.send(message, handle);
  }

  /** A connected page, its `hello` received. */
  async page(): Promise<Page> {
    const { port } = this.#server!.address() as AddressInfo;
    const page = new Page(new WebSocket(`ws://127.0.0.1:${port}/`));
    await page.until(() => page.hello !== null);
    return page;
  }

  /** Grants a file for reading. */
  async grant(path: string): Promise<string> {
    return this.#grant(path, (await stat(path)).size, false);
  }

  /** Grants a path for writing. */
  target(path: string): string {
    return this.#grant(path, 0, true);
  }

  #grant(path: string, size: number, write: boolean): string {
    const grant: Grant = { file: `file-${this.#nextFile++}`, path, name: basename(path), size, write, own: true };
    this.#grants.push(grant);
    this.#tell({ kind: 'grant', grant });
    return grant.file;
  }

  kill(): void {
    this.#child?.kill('SIGKILL');
  }

  async shutdown(): Promise<{ code: number | null; signal: string | null }> {
    this.#tell({ kind: 'shutdown' });
    this.#server?.close();
    return this.exited;
  }

  async close(): Promise<void> {
    this.#server?.close();
    this.#child?.kill('SIGKILL');
    await this.exited;
    if (this.#owns) await rm(this.session, { recursive: true, force: true });
  }
}
