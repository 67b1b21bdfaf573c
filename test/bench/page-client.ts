/**
 * Speaks to the compute process from inside the running page, over a connection of its own, as the page's own client
 * does. Bundled and evaluated in the page by the bench, so that a figure includes what a person waits for.
 */
import { type Args, type PartialReply, type Reply, type RequestName } from '#shared/contract.ts';
import { decode, encode } from '#shared/wire.ts';

export interface BenchClient {
  call<N extends RequestName>(name: N, args: Args<N>, onPartial?: (value: PartialReply<N>) => void): Promise<Reply<N>>;
  /** Starts a request and returns its number, to cancel it. */
  start<N extends RequestName>(name: N, args: Args<N>): { id: number; ended: Promise<string> };
  cancel(id: number): void;
  /** Milliseconds of `count` calls one after another. */
  times<N extends RequestName>(name: N, args: Args<N>[], count: number): Promise<number[]>;
}

declare global {
  var eigenscopeBench: (address: string) => Promise<BenchClient>;
}

interface Message {
  kind: string;
  id: number;
  ok: boolean;
  value: unknown;
  error: { code: string; message: string };
}

globalThis.eigenscopeBench = (address) =>
  new Promise((ready, fail) => {
    const token = sessionStorage.getItem('eigenscope-token') ?? '';
    const socket = new WebSocket(address, ['eigenscope', `token.${token}`]);
    socket.binaryType = 'arraybuffer';
    const waiting = new Map<number, { done: (message: Message) => void; partial?: (value: unknown) => void }>();
    let next = 0;

    const send = (name: string, args: unknown, partial?: (value: unknown) => void): [number, Promise<Message>] => {
      const id = (next += 1);
      const reply = new Promise<Message>((done) => {
        waiting.set(id, partial === undefined ? { done } : { done, partial });
      });
      socket.send(encode({ kind: 'request', id, name, args }) as Uint8Array<ArrayBuffer>);
      return [id, reply];
    };
    const client: BenchClient = {
      async call(name, args, onPartial) {
        const [, reply] = send(name, args, onPartial as ((value: unknown) => void) | undefined);
        const message = await reply;
        if (!message.ok) throw new Error(`${name}: ${message.error.code}: ${message.error.message}`);
        return message.value as never;
      },
      start(name, args) {
        const [id, reply] = send(name, args);
        return { id, ended: reply.then((message) => (message.ok ? 'done' : message.error.code)) };
      },
      cancel(id) {
        socket.send(encode({ kind: 'cancel', id }) as Uint8Array<ArrayBuffer>);
      },
      async times(name, args, count) {
        const found: number[] = [];
        for (let i = 0; i < count; i += 1) {
          const began = performance.now();
          await client.call(name, args[i % args.length]);
          found.push(performance.now() - began);
        }
        return found;
      },
    };
    socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
      const message = decode(new Uint8Array(data)) as Message;
      if (message.kind === 'hello') ready(client);
      else if (message.kind === 'partial') waiting.get(message.id)?.partial?.(message.value);
      else if (message.kind === 'reply') {
        waiting.get(message.id)?.done(message);
        waiting.delete(message.id);
      }
    };
    socket.onclose = () => {
      const lost = { kind: 'reply', id: 0, ok: false, value: null, error: { code: 'worker-lost', message: 'closed' } };
      for (const { done } of waiting.values()) done(lost);
      waiting.clear();
      fail(new Error('the connection was closed'));
    };
  });
