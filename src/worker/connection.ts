import { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { MessagePort } from 'node:worker_threads';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Channel, ComputeMessage, PageMessage } from '#shared/contract.ts';
import type { UpgradeRequest } from '#shared/control.ts';
import { decode, encodeLent } from '#shared/wire.ts';

/** A page, seen from the compute process. */
export type PageChannel = Channel<PageMessage, ComputeMessage>;

/** The largest message a page may send: a paste of a few million cells. */
const maxMessageBytes = 256 * 1024 * 1024;

const upgrades = new WebSocketServer({
  noServer: true,
  maxPayload: maxMessageBytes,
  perMessageDeflate: false,
  clientTracking: false,
});

/**
 * Completes the WebSocket handshake on a socket that main accepted and authenticated.
 * Messages are MessagePack, one per binary frame; a page that sends anything else is disconnected.
 */
export function acceptSocket(
  socket: Socket,
  request: UpgradeRequest,
  head: Uint8Array,
  accepted: (channel: PageChannel) => void,
): void {
  const message = new IncomingMessage(socket);
  message.method = request.method;
  message.url = request.url;
  message.headers = request.headers;
  socket.on('error', () => socket.destroy());
  socket.setNoDelay(true);
  socket.resume();
  upgrades.handleUpgrade(message, socket, Buffer.from(head), (webSocket) => accepted(overWebSocket(webSocket)));
}

function overWebSocket(webSocket: WebSocket): PageChannel {
  const channel: PageChannel = {
    onmessage: null,
    onclose: null,
    post(message) {
      if (webSocket.readyState !== webSocket.OPEN) return;
      const { bytes, release } = encodeLent(message);
      webSocket.send(bytes, { binary: true }, release);
    },
    close() {
      webSocket.close();
    },
  };
  webSocket.on('message', (data: Buffer, binary: boolean) => {
    const message = binary ? decodePageMessage(data) : null;
    if (message === null) webSocket.close(1003, 'unreadable message');
    else channel.onmessage?.(message);
  });
  webSocket.on('error', () => webSocket.terminate());
  webSocket.on('close', () => channel.onclose?.());
  return channel;
}

function decodePageMessage(data: Uint8Array): PageMessage | null {
  try {
    const message = decode(data);
    return isPageMessage(message) ? message : null;
  } catch {
    return null;
  }
}

/** True for a message of the shape the contract gives; the arguments are checked by each request. */
export function isPageMessage(message: unknown): message is PageMessage {
  if (typeof message !== 'object' || message === null) return false;
  const { kind, id, name } = message as { kind?: unknown; id?: unknown; name?: unknown };
  if (!Number.isSafeInteger(id)) return false;
  return kind === 'cancel' || (kind === 'request' && typeof name === 'string');
}

/** Electron's MessagePortMain, as far as it is used here; its types need the electron package. */
export interface ElectronPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

/** The page's end of an Electron MessageChannelMain. Messages are structured clones: no codec. */
export function overElectronPort(port: ElectronPort): PageChannel {
  const channel: PageChannel = {
    onmessage: null,
    onclose: null,
    post: (message) => port.postMessage(unshared(message)),
    close: () => port.close(),
  };
  port.on('message', ({ data }) => {
    if (isPageMessage(data)) channel.onmessage?.(data);
  });
  port.on('close', () => channel.onclose?.());
  port.start();
  return channel;
}

/** A worker_threads port, for tests that need no socket. */
export function overThreadPort(port: MessagePort): PageChannel {
  const channel: PageChannel = {
    onmessage: null,
    onclose: null,
    post: (message) => port.postMessage(unshared(message)),
    close: () => port.close(),
  };
  port.on('message', (data: unknown) => {
    if (isPageMessage(data)) channel.onmessage?.(data);
  });
  port.on('close', () => channel.onclose?.());
  return channel;
}

/** Copies of typed arrays that lie in shared memory or in a part of a larger buffer: those cannot or should not be cloned. */
function unshared(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) {
    const view = value as Uint8Array;
    const whole = !(view.buffer instanceof SharedArrayBuffer) && view.byteLength === view.buffer.byteLength;
    return whole ? view : view.slice();
  }
  if (Array.isArray(value)) return value.some((item) => typeof item === 'object') ? value.map(unshared) : value;
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unshared(item)]));
  }
  return value;
}
