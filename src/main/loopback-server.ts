/**
 * The server of the browser window, on 127.0.0.1 only. It serves the built page, takes the person's files in
 * and hands results out, and passes authenticated WebSockets on to the compute process.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { GrantedFile } from '#shared/shell.ts';
import { AppError, toErrorValue } from '#shared/errors.ts';
import type { ComputeProcess } from './compute-process.ts';
import { newFileId, plainName } from './grants.ts';
import { type PageFile, listPageFiles } from './page-files.ts';
import type { RecentFiles } from './recent-files.ts';
import { RequestGuard } from './request-guard.ts';
import { contentSecurityPolicy, securityHeaders } from './security.ts';
import type { Session } from './session.ts';
import { receiveUpload } from './uploads.ts';

export interface LoopbackOptions {
  /** Folder of the built page. */
  root: string;
  /** 0 for any free one. */
  port: number;
  session: Session;
  compute: ComputeProcess<Socket>;
  recent: RecentFiles;
  uploadLimit: number;
  /** Called with every page that connects. */
  onPage?: () => void;
}

export interface LoopbackServer {
  readonly port: number;
  /** With the token. */
  readonly address: string;
  /** An address that opens the page once, for places that others can read. */
  launchAddress(): string;
  close(): Promise<void>;
}

/** A request that ends with this status and sentence. */
class Refusal extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;
  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void> | void;

const jsonBodyLimit = 4096;
const socketIdleMs = 30_000;

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? ''))
    throw new Refusal(415, 'JSON is expected here');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > jsonBodyLimit) throw new Refusal(413, 'The request is too long', { Connection: 'close' });
    chunks.push(chunk as Buffer);
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Refused below.
  }
  throw new Refusal(400, 'The request is not a JSON object');
}

function parseAddress(request: IncomingMessage): URL {
  const target = request.url ?? '';
  // Only origin-form: "http://elsewhere/" and "//elsewhere/" must not be taken for ours.
  if (!target.startsWith('/') || target.startsWith('//')) throw new Refusal(400, 'Bad request');
  try {
    return new URL(target, 'http://127.0.0.1');
  } catch {
    throw new Refusal(400, 'Bad request');
  }
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, {
    ...securityHeaders,
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': body.length,
    'Cache-Control': 'no-store',
  });
  response.end(body);
}

/** Starts the server; resolves once it listens. @throws AppError `io` when the port is taken. */
export async function serveLoopback(options: LoopbackOptions): Promise<LoopbackServer> {
  const { session, compute, recent } = options;
  const files = listPageFiles(options.root);
  const guard = new RequestGuard();
  let policy = '';

  const sendPage = (request: IncomingMessage, response: ServerResponse, file: PageFile, isDocument: boolean) => {
    const headers: Record<string, string | number | string[]> = {
      ...securityHeaders,
      'Content-Security-Policy': policy,
      'Content-Type': file.type,
      'Cache-Control': file.immutable ? 'private, max-age=31536000, immutable' : 'private, no-cache',
      ETag: file.etag,
    };
    if (isDocument) headers['Set-Cookie'] = guard.setCookies();
    if (request.headers['if-none-match'] === file.etag) {
      response.writeHead(304, headers).end();
      return;
    }
    // Uncompressed on purpose: through the loopback, packing and unpacking cost more than the bytes do.
    response.writeHead(200, { ...headers, 'Content-Length': file.size });
    if (request.method === 'HEAD') response.end();
    else pipeline(createReadStream(file.path), response).catch(() => response.destroy());
  };

  const page: Handler = (request, response, url) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw new Refusal(405, 'Method not allowed', { Allow: 'GET, HEAD' });
    }
    const file = files.get(url.pathname);
    const isDocument = url.pathname === '/' || url.pathname === '/index.html';
    const tokenGiven =
      guard.tokenInHeader(request) || (isDocument && (guard.tokenInAddress(url) || guard.launchKeyInAddress(url)));
    // A foreign page may not even open the window, unless it was given the whole address (a terminal in a browser).
    if (!tokenGiven && !guard.siteIsOurs(request.headers))
      throw new Refusal(403, 'Requests from other pages are refused');
    if (!tokenGiven && !guard.cookieIsOurs(request.headers)) {
      throw new Refusal(
        403,
        'This address needs its token. Open the whole address that Eigenscope printed when it started.',
      );
    }
    if (!file) throw new Refusal(404, 'Not found');
    sendPage(request, response, file, isDocument);
  };

  const needToken = (request: IncomingMessage) => {
    if (!guard.tokenInHeader(request)) throw new Refusal(403, 'The token is missing or wrong');
  };

  const upload: Handler = async (request, response, url) => {
    needToken(request);
    const name = url.searchParams.get('name');
    if (!name) throw new Refusal(400, 'The name of the file is missing');
    const grant = await receiveUpload(request, session.incoming, name, options.uploadLimit);
    compute.grant(grant);
    recent.remember(grant);
    sendJson(response, 201, { file: grant.file, name: grant.name, size: grant.size } satisfies GrantedFile);
  };

  const target: Handler = async (request, response) => {
    needToken(request);
    const { name } = await readJson(request);
    if (typeof name !== 'string' || name === '') throw new Refusal(400, 'The name of the file is missing');
    const file = newFileId();
    const grant = { file, path: join(session.outgoing, file), name: plainName(name), size: 0, write: true, own: false };
    compute.grant(grant);
    sendJson(response, 201, { target: file, name: grant.name });
  };

  const download = async (request: IncomingMessage, response: ServerResponse, file: string) => {
    const byCookie = guard.cookieIsOurs(request.headers) && guard.siteIsOurs(request.headers);
    if (!byCookie && !guard.tokenInHeader(request)) {
      throw new Refusal(403, 'The token is missing or wrong');
    }
    const grant = compute.grantOf(file);
    // Only what was saved goes out: an opened file is the person's already.
    const info = grant?.write ? await stat(grant.path).catch(() => null) : null;
    if (!grant || !info) throw new Refusal(404, 'Not found');
    const ascii = grant.name.replace(/[^\w.() -]/g, '_');
    response.writeHead(200, {
      ...securityHeaders,
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Content-Type': 'application/octet-stream',
      'Content-Length': info.size,
      'Content-Disposition': `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(grant.name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`,
      'Cache-Control': 'no-store',
    });
    if (request.method === 'HEAD') response.end();
    else await pipeline(createReadStream(grant.path), response).catch(() => response.destroy());
  };

  const exchange: Handler = (request, response) => {
    const token = guard.takeToken(request.headers);
    if (token === null) throw new Refusal(403, 'The token was handed out before');
    sendJson(response, 200, { token });
  };

  const routes: Readonly<Record<string, Handler>> = {
    'PUT /files': upload,
    'POST /targets': target,
    'POST /token': exchange,
    'GET /recent': (request, response) => {
      needToken(request);
      const grants = recent.grants();
      for (const { grant } of grants) compute.grant(grant);
      sendJson(
        response,
        200,
        grants.map(({ grant, title }) => ({ file: grant.file, name: title, size: grant.size })),
      );
    },
    'GET /status': (request, response) => {
      needToken(request);
      const { state } = compute;
      sendJson(response, 200, { state: state.name, error: state.name === 'failed' ? state.error : null });
    },
    'POST /restart': (request, response) => {
      needToken(request);
      compute.start();
      sendJson(response, 200, { state: compute.state.name });
    },
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!guard.hostIsOurs(request.headers)) throw new Refusal(403, 'This server answers only at 127.0.0.1');
    const method = request.method ?? '';
    if (method !== 'GET' && method !== 'HEAD' && !guard.originIsOurs(request.headers)) {
      throw new Refusal(403, 'Requests from other pages are refused');
    }
    const url = parseAddress(request);
    const route = Object.hasOwn(routes, `${method} ${url.pathname}`) ? routes[`${method} ${url.pathname}`] : undefined;
    const file = /^\/files\/([\w-]{24})$/.exec(url.pathname)?.[1];
    if (route) await route(request, response, url);
    else if (file && (method === 'GET' || method === 'HEAD')) await download(request, response, file);
    else await page(request, response, url);
  };

  const refuse = (request: IncomingMessage, response: ServerResponse, thrown: unknown) => {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    if (thrown instanceof Refusal && wantsPage) {
      response.writeHead(thrown.status, {
        ...securityHeaders,
        'Content-Type': 'text/plain; charset=utf-8',
        ...thrown.headers,
      });
      response.end(`${thrown.message}\n`);
      return;
    }
    if (thrown instanceof Refusal) {
      for (const [name, value] of Object.entries(thrown.headers)) response.setHeader(name, value);
      sendJson(response, thrown.status, { error: { code: 'io', message: thrown.message } });
      return;
    }
    const error = toErrorValue(thrown);
    if (error.code === 'bug') process.stderr.write(`${error.stack ?? error.message}\n`);
    sendJson(response, error.code === 'bug' ? 500 : error.message.includes('larger than') ? 413 : 507, { error });
  };

  const server: Server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      headersTimeout: 10_000,
      // A large file may take its time; a silent connection may not (`server.timeout`).
      requestTimeout: 0,
      keepAliveTimeout: 5_000,
      connectionsCheckingInterval: 2_000,
    },
    (request, response) => {
      handle(request, response).catch((thrown: unknown) => refuse(request, response, thrown));
    },
  );
  server.timeout = socketIdleMs;
  server.maxConnections = 128;
  server.maxHeadersCount = 64;
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    else socket.destroy();
  });

  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const deny = (status: string) => socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    const { headers } = request;
    const isWebSocket =
      request.method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket' && request.url === '/compute';
    if (!guard.hostIsOurs(headers) || !guard.originIsOurs(headers) || !guard.tokenInProtocols(request))
      deny('403 Forbidden');
    else if (!isWebSocket) deny('400 Bad Request');
    else {
      options.onPage?.();
      socket.setTimeout(0);
      const drop = () => deny('503 Service Unavailable');
      const passed: Record<string, string> = { 'sec-websocket-protocol': 'eigenscope' };
      for (const name of ['host', 'origin', 'upgrade', 'connection', 'sec-websocket-key', 'sec-websocket-version']) {
        const value = headers[name];
        if (typeof value === 'string') passed[name] = value;
      }
      socket.once('close', () => compute.forget(socket));
      compute.connect(
        { kind: 'socket', request: { method: 'GET', url: '/compute', headers: passed }, head: new Uint8Array(head) },
        socket,
        drop,
      );
    }
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new AppError('io', `Port ${options.port} is in use`, { hint: 'leave --port out, and a free one is found' })
          : new AppError('io', `The window's server cannot start: ${error.message}`, { cause: error }),
      );
    });
    server.listen({ host: '127.0.0.1', port: options.port, exclusive: true }, resolve);
  });
  const { port } = server.address() as AddressInfo;
  guard.listensAt(port);
  policy = contentSecurityPolicy([`ws://127.0.0.1:${port}`, `ws://localhost:${port}`]);

  return {
    port,
    address: `http://127.0.0.1:${port}/?token=${guard.token}`,
    launchAddress: () => `http://127.0.0.1:${port}/?launch=${guard.newLaunchKey()}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        // Sockets passed to the compute process count as open until it ends; nothing here depends on them.
        setTimeout(resolve, 200).unref();
      }),
  };
}
