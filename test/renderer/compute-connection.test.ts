import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Channel, ComputeMessage, PageMessage, Restart } from '#shared/contract.ts';
import { AppError } from '#shared/errors.ts';
import { ComputeConnection } from '#renderer/compute-connection.svelte.ts';

/** The other end: what arrived, and ways to answer. */
class Far implements Channel<ComputeMessage, PageMessage> {
  onmessage: ((message: ComputeMessage) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly got: PageMessage[] = [];
  closed = false;
  post(message: PageMessage): void {
    this.got.push(message);
  }
  close(): void {
    this.closed = true;
  }
  greet(restart: Restart | null = null): void {
    this.onmessage?.({ kind: 'hello', session: 's', restart, opened: [] });
  }
  requests(): Extract<PageMessage, { kind: 'request' }>[] {
    return this.got.filter((message) => message.kind === 'request');
  }
  answer(index: number, value: unknown): void {
    this.onmessage?.({ kind: 'reply', id: this.requests()[index]?.id ?? -1, ok: true, value });
  }
}

const settled = () => vi.advanceTimersByTimeAsync(0);

describe('ComputeConnection', () => {
  let ends: Far[];
  let line: ComputeConnection;
  let refuse: AppError | null;
  const last = () => ends.at(-1) as Far;

  beforeEach(async () => {
    vi.useFakeTimers();
    ends = [];
    refuse = null;
    line = new ComputeConnection(() => {
      if (refuse !== null) return Promise.reject(refuse);
      const far = new Far();
      ends.push(far);
      return Promise.resolve(far);
    });
    line.open();
    await settled();
  });
  afterEach(() => {
    line.close();
    vi.useRealTimers();
  });

  it('holds requests back until the greeting, then numbers and matches them', async () => {
    const one = line.compute('samples.list', {});
    const two = line.compute('workspace.undo', {});
    expect(last().got).toEqual([]);
    last().greet();
    expect(line.state).toBe('open');
    const [first, second] = last().requests();
    expect([first?.name, second?.name]).toEqual(['samples.list', 'workspace.undo']);
    expect(first?.id).not.toBe(second?.id);
    last().answer(1, { label: 'b' });
    last().answer(0, []);
    expect(await one).toEqual([]);
    expect(await two).toEqual({ label: 'b' });
  });

  it('rejects with the code, argument and hint of the other side', async () => {
    last().greet();
    const asked = line.compute('workspace.delete', { id: 'x' });
    const id = last().requests()[0]?.id ?? -1;
    last().onmessage?.({
      kind: 'reply',
      id,
      ok: false,
      error: { code: 'value', message: 'no such array', argument: 'id', hint: 'look again' },
    });
    const error = await asked.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'value', message: 'no such array', argument: 'id', hint: 'look again' });
  });

  it('turns an abort into a cancel message and rejects at once', async () => {
    last().greet();
    const abort = new AbortController();
    const asked = line.compute('linalg.svd', { a: 'x' }, { signal: abort.signal });
    abort.abort();
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
    const id = last().requests()[0]?.id;
    expect(last().got.at(-1)).toEqual({ kind: 'cancel', id });
    // What still comes for it is nobody's any more.
    last().answer(0, {});
    await expect(line.compute('samples.list', {}, { signal: abort.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(last().requests()).toHaveLength(1);
  });

  it('cancels by number and waits for the other side to say so', async () => {
    last().greet();
    const asked = line.compute('linalg.svd', { a: 'x' });
    const id = last().requests()[0]?.id ?? -1;
    expect(line.owns(id)).toBe(true);
    line.cancel(id);
    expect(last().got.at(-1)).toEqual({ kind: 'cancel', id });
    last().onmessage?.({ kind: 'reply', id, ok: false, error: { code: 'cancelled', message: 'Cancelled' } });
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
    expect(line.owns(id)).toBe(false);
  });

  it('calls a job cancelled when the process had to end for it', async () => {
    last().greet();
    const asked = line.compute('linalg.svd', { a: 'x' });
    const other = line.compute('svd.rebuild', { factor: 'f', k: 1, residual: false, name: 'b' });
    line.cancel(last().requests()[0]?.id ?? -1);
    last().onclose?.();
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
    await expect(other).rejects.toMatchObject({ code: 'worker-lost' });
  });

  it('hands on partial answers and events', async () => {
    last().greet();
    const parts: unknown[] = [];
    const asked = line.compute('array.inspect', { id: 'x' }, { onPartial: (part) => parts.push(part) });
    const id = last().requests()[0]?.id ?? -1;
    last().onmessage?.({ kind: 'partial', id, value: { rank: 1 } });
    last().answer(0, { rank: 2 });
    expect(await asked).toEqual({ rank: 2 });
    last().onmessage?.({ kind: 'partial', id, value: { rank: 3 } });
    expect(parts).toEqual([{ rank: 1 }]);

    const heard: unknown[] = [];
    const stop = line.on('jobs.changed', (data) => heard.push(data));
    const event: ComputeMessage = { kind: 'event', name: 'jobs.changed', data: { jobs: [] } };
    last().onmessage?.(event);
    stop();
    last().onmessage?.(event);
    expect(heard).toEqual([{ jobs: [] }]);
  });

  it('comes back: jobs are lost, reads are asked again once', async () => {
    last().greet();
    const job = line.compute('linalg.svd', { a: 'x' });
    const change = line.compute('workspace.delete', { id: 'x' });
    const read = line.compute('array.cells', { id: 'x', region: { row0: 0, row1: 1, col0: 0, col1: 1 } });
    const read2 = line.compute('samples.list', {});
    last().onclose?.();
    expect(line.state).toBe('reconnecting');
    await expect(job).rejects.toMatchObject({ code: 'worker-lost' });
    await expect(change).rejects.toMatchObject({ code: 'worker-lost' });
    const later = line.compute('workspace.undo', {});

    await vi.advanceTimersByTimeAsync(60);
    expect(ends).toHaveLength(2);
    const restart: Restart = { reason: 'crashed', job: null, restored: 2, lost: [] };
    last().greet(restart);
    expect(line.state).toBe('open');
    expect(line.restart).toEqual(restart);
    expect(line.epoch).toBe(2);
    expect(
      last()
        .requests()
        .map((message) => message.name),
    ).toEqual(['array.cells', 'samples.list', 'workspace.undo']);
    last().answer(0, 'cells');
    expect(await read).toBe('cells');
    last().answer(2, { label: null });
    await later;

    // A read that was under way at two ends is not asked a third time.
    last().onclose?.();
    await expect(read2).rejects.toMatchObject({ code: 'worker-lost' });
  });

  it('keeps trying, says why it cannot, and gives waiting requests up after 15 s', async () => {
    last().greet();
    refuse = new AppError('worker-lost', 'Eigenscope has ended', { hint: 'start it again' });
    last().onclose?.();
    const asked = line.compute('workspace.undo', {});
    const caught = asked.catch((thrown: unknown) => thrown);
    await vi.advanceTimersByTimeAsync(14_000);
    expect(line.state).toBe('reconnecting');
    expect(line.problem?.message).toBe('Eigenscope has ended');
    await vi.advanceTimersByTimeAsync(2000);
    expect(line.state).toBe('lost');
    expect(await caught).toMatchObject({ code: 'worker-lost' });
    await expect(line.compute('workspace.undo', {})).rejects.toMatchObject({ code: 'worker-lost' });

    refuse = null;
    await vi.advanceTimersByTimeAsync(2000);
    last().greet();
    expect(line.state).toBe('open');
    expect(line.problem).toBeNull();
  });
});
