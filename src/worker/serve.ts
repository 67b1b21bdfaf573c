import { type Args, type ComputeMessage, type PartialReply, type Reply, type RequestName } from '#shared/contract.ts';
import { AppError, toErrorValue } from '#shared/errors.ts';
import type { PageChannel } from './connection.ts';
import type { Requester } from './jobs.ts';
import { givePixels, takePixels } from './pixels.ts';

/** One request while it is served. */
export interface Call<P> extends Requester {
  partial(value: P): void;
  /** Bytes for a picture in this reply: as soon as the reply has left they are those of another. */
  pixels(bytes: number): Uint8Array<ArrayBuffer>;
}

export type Handlers = {
  [N in RequestName]: (args: Args<N>, call: Call<PartialReply<N>>) => Reply<N> | Promise<Reply<N>>;
};

/** The handlers of one group of requests. */
export type Group<N extends RequestName> = Pick<Handlers, N>;

type AnyHandler = (args: unknown, call: Call<unknown>) => unknown;

/** Answers the requests of one page until it goes away; the first message is its `hello`. */
export function serve(channel: PageChannel, handlers: Handlers, hello: ComputeMessage): void {
  const running = new Map<number, AbortController>();
  let open = true;
  const post = (message: ComputeMessage) => {
    if (open) channel.post(message);
  };

  const answer = async (id: number, name: RequestName, args: unknown) => {
    const abort = new AbortController();
    if (running.has(id)) return;
    running.set(id, abort);
    const taken: Uint8Array<ArrayBuffer>[] = [];
    try {
      const handler = Object.hasOwn(handlers, name) ? (handlers[name] as AnyHandler) : undefined;
      if (handler === undefined) throw new AppError('value', `There is no request ${String(name)}`);
      const value = await handler(args ?? {}, {
        request: id,
        name,
        signal: abort.signal,
        page: channel,
        partial: (partial) => post({ kind: 'partial', id, value: partial }),
        pixels: (bytes) => {
          const pixels = takePixels(bytes);
          taken.push(pixels);
          return pixels;
        },
      });
      post({ kind: 'reply', id, ok: true, value });
      // A reply leaves as a copy. After an error the memory is left alone: something may still write to it.
      for (const pixels of taken) givePixels(pixels);
    } catch (error) {
      post({ kind: 'reply', id, ok: false, error: toErrorValue(error) });
    } finally {
      running.delete(id);
    }
  };

  channel.onmessage = (message) => {
    if (message.kind === 'cancel') running.get(message.id)?.abort('cancelled');
    else void answer(message.id, message.name, message.args);
  };
  channel.onclose = () => {
    open = false;
    for (const abort of running.values()) abort.abort('disconnected');
  };
  post(hello);
}
