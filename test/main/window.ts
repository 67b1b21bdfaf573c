/** A browser window's server with a compute process that does as it is told, for the tests of this folder. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { decode, encode } from '#shared/wire.ts';
import { ComputeProcess, type ComputeState } from '../../src/main/compute-process.ts';
import { forkCompute } from '../../src/main/fork-compute.ts';
import { grantPath } from '../../src/main/grants.ts';
import { serveLoopback } from '../../src/main/loopback-server.ts';
import { RecentFiles } from '../../src/main/recent-files.ts';
import { openSession } from '../../src/main/session.ts';

export const computeFixture = join(import.meta.dirname, 'fixtures/compute.mjs');

export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'eigenscope-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A request exactly as given: nothing is added or normalised, unlike fetch. */
export function ask(
  port: number,
  path: string,
  more: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port,
        path,
        method: more.method ?? 'GET',
        headers: { Host: `127.0.0.1:${port}`, ...more.headers },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        );
        response.on('error', reject);
      },
    );
    request.on('error', reject);
    request.end(more.body);
  });
}

export interface Line {
  hello: {
    session: string;
    restart: { reason: string; job: string | null } | null;
    opened: { file: string; name: string }[];
  };
  call(name: string, args?: unknown): Promise<Record<string, unknown>>;
  post(name: string, args?: unknown): void;
  closed: Promise<void>;
  close(): void;
}

/** Connects as the page does. */
export function connectPage(port: number, token: string, headers: Record<string, string> = {}): Promise<Line> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/compute`, ['eigenscope', `token.${token}`], {
      headers: { Origin: `http://127.0.0.1:${port}`, ...headers },
    });
    let next = 0;
    const waiting = new Map<number, (value: Record<string, unknown>) => void>();
    const closed = new Promise<void>((done) => socket.once('close', () => done()));
    socket.on('error', reject);
    socket.on('message', (data: Buffer) => {
      const message = decode(data) as { kind: string; id: number; value: Record<string, unknown> };
      if (message.kind === 'hello') {
        const post = (name: string, args: unknown = {}) => {
          next += 1;
          socket.send(encode({ kind: 'request', id: next, name, args }));
          return next;
        };
        resolve({
          hello: message as unknown as Line['hello'],
          post: (name, args) => void post(name, args),
          call: (name, args) => new Promise((done) => waiting.set(post(name, args), done)),
          closed,
          close: () => socket.close(),
        });
      } else waiting.get(message.id)?.(message.value);
    });
  });
}

/** Tries again for 5 s, as the page does after its line broke. */
export async function reconnect(port: number, token: string): Promise<Line> {
  const deadline = Date.now() + 5000;
  for (;;) {
    try {
      return await connectPage(port, token);
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

export interface TestWindow {
  port: number;
  token: string;
  origin: string;
  /** Path and query of an address that opens the page once. */
  launchAddress(): string;
  folder: string;
  session: string;
  compute: ComputeProcess<Socket>;
  states: ComputeState[];
  connect(headers?: Record<string, string>): Promise<Line>;
  reconnect(): Promise<Line>;
  ask(path: string, more?: Parameters<typeof ask>[2]): Promise<Answer>;
  close(): Promise<void>;
}

export async function openTestWindow(
  more: { behaviour?: string; uploadLimit?: number; files?: string[]; home?: string } = {},
): Promise<TestWindow> {
  const temporary = temporaryFolder();
  const home = more.home ?? join(temporary.path, 'home');
  const root = join(temporary.path, 'renderer');
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(root, 'assets/index-1a2b3c4d.js'), 'export {};');
  writeFileSync(join(temporary.path, 'secret.html'), 'secret');
  const session = openSession(home, null);
  if (more.behaviour) writeFileSync(join(session.folder, 'behaviour'), more.behaviour);
  const states: ComputeState[] = [];
  const recent = new RecentFiles(home);
  const compute = new ComputeProcess<Socket>({
    launch: forkCompute(computeFixture),
    session: session.folder,
    app: '0.0.0',
    granted: (more.files ?? []).map(grantPath),
    onPid: (pid) => session.sharedWith(pid),
    onState: (state) => states.push(state),
  });
  compute.start();
  const server = await serveLoopback({
    root,
    port: 0,
    session,
    compute,
    recent,
    uploadLimit: more.uploadLimit ?? 1e6,
  });
  const { port } = server;
  const token = new URL(server.address).searchParams.get('token') ?? '';
  return {
    port,
    token,
    origin: `http://127.0.0.1:${port}`,
    launchAddress: () => server.launchAddress().replace(/^.*(?=\/\?)/, ''),
    folder: temporary.path,
    session: session.folder,
    compute,
    states,
    connect: (headers) => connectPage(port, token, headers),
    reconnect: () => reconnect(port, token),
    ask: (path, options) => ask(port, path, options),
    async close() {
      await Promise.all([server.close(), compute.stop()]);
      session.close();
      temporary.remove();
    },
  };
}
