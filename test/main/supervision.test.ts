import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Grant } from '#shared/control.ts';
import { reasonOf } from '../../src/main/compute-process.ts';
import { type TestWindow, openTestWindow, temporaryFolder } from './window.ts';

let window: TestWindow;
let opened: TestWindow | undefined;
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

describe('a compute process that dies', () => {
  it('by SIGKILL is back within 2 s and says so', async () => {
    const starting = performance.now();
    window = opened = await openTestWindow();
    const line = await window.connect();
    // A busy machine, on which a start takes longer, may take that long again.
    const limit = Math.max(2000, 2 * (performance.now() - starting));
    expect(line.hello.restart).toBeNull();
    await line.call('test.busy', { job: 'SVD of iris' });
    const killed = window.compute.pid ?? 0;
    const began = performance.now();
    process.kill(killed, 'SIGKILL');
    await line.closed;
    const again = await window.reconnect();
    expect(performance.now() - began).toBeLessThan(limit);
    expect(again.hello.restart).toMatchObject({ reason: 'killed', job: 'SVD of iris' });
    expect(window.compute.pid).not.toBe(killed);
    again.close();
  });

  it('to cancel is back and says which job was cancelled', async () => {
    window = opened = await openTestWindow();
    const line = await window.connect();
    line.post('test.cancel', { job: 'SVD of digits' });
    await line.closed;
    const again = await window.reconnect();
    expect(again.hello.restart).toMatchObject({ reason: 'cancelled', job: 'SVD of digits' });
    again.close();
  });

  it('of a fault in native code is said to have crashed', async () => {
    window = opened = await openTestWindow();
    const line = await window.connect();
    line.post('test.segv');
    await line.closed;
    const again = await window.reconnect();
    expect(again.hello.restart?.reason).toBe('crashed');
    again.close();
  });

  it('knows the files that were granted before', async () => {
    window = opened = await openTestWindow();
    const line = await window.connect();
    const headers = { 'X-Eigenscope-Token': window.token, Origin: window.origin };
    const put = await window.ask('/files?name=a.csv', { method: 'PUT', headers, body: '1\n' });
    const { file } = JSON.parse(put.body) as { file: string };
    process.kill(window.compute.pid ?? 0, 'SIGKILL');
    await line.closed;
    const again = await window.reconnect();
    const { started } = (await again.call('test.state')) as { started: { granted: Grant[] } };
    expect(started.granted.map((grant) => grant.file)).toContain(file);
    again.close();
  });

  it('announces the files named at start once, not after a restart', async () => {
    const folder = temporaryFolder();
    const file = join(folder.path, 'table.csv');
    writeFileSync(file, '1,2\n');
    window = opened = await openTestWindow({ files: [file] });
    const line = await window.connect();
    expect(line.hello.opened.map(({ name }) => name)).toEqual(['table.csv']);
    process.kill(window.compute.pid ?? 0, 'SIGKILL');
    await line.closed;
    const again = await window.reconnect();
    expect(again.hello.opened).toEqual([]);
    again.close();
    folder.remove();
  });

  it(
    'again and again at its start is given up with a reason, and can be tried once more',
    { timeout: 20_000 },
    async () => {
      window = opened = await openTestWindow({ behaviour: 'die' });
      const refused = expect(window.connect()).rejects.toThrow('503');
      await expect.poll(() => window.compute.state.name, { timeout: 15_000 }).toBe('failed');
      await refused;
      const headers = { 'X-Eigenscope-Token': window.token, Origin: window.origin };
      const status = JSON.parse((await window.ask('/status', { headers })).body) as {
        state: string;
        error: { message: string; hint: string };
      };
      expect(status.state).toBe('failed');
      expect(status.error.message).toMatch(/ended \d times in a row/);
      expect(status.error.hint).toContain(window.session);
      writeFileSync(join(window.session, 'behaviour'), '');
      expect((await window.ask('/restart', { method: 'POST', headers })).status).toBe(200);
      const line = await window.connect();
      line.close();
    },
  );

  it('for want of memory is recognised by its last words', { timeout: 20_000 }, async () => {
    window = opened = await openTestWindow({ behaviour: 'heap' });
    await expect.poll(() => window.states.length, { timeout: 10_000 }).toBeGreaterThan(2);
    writeFileSync(join(window.session, 'behaviour'), '');
    const line = await window.reconnect();
    expect(line.hello.restart?.reason).toBe('out-of-memory');
    line.close();
  });
});

describe('a compute process', () => {
  it('that cannot work is not started again', async () => {
    window = opened = await openTestWindow({ behaviour: 'fail' });
    await expect.poll(() => window.compute.state.name).toBe('failed');
    const headers = { 'X-Eigenscope-Token': window.token };
    expect((await window.ask('/status', { headers })).body).toContain('the addon does not load');
    await expect(window.connect()).rejects.toThrow('503');
  });

  it('that starts slowly gets the pages that wait', async () => {
    window = opened = await openTestWindow({ behaviour: 'slow' });
    const lines = await Promise.all([window.connect(), window.connect()]);
    for (const line of lines) line.close();
  });

  it('ends with its window, by itself if its window was killed', async () => {
    window = opened = await openTestWindow();
    const line = await window.connect();
    const pid = window.compute.pid ?? 0;
    await window.compute.stop();
    await line.closed;
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it('keeps its session locked for others', async () => {
    window = opened = await openTestWindow();
    const holders = JSON.parse(readFileSync(join(window.session, 'lock'), 'utf8')) as { pid: number }[];
    expect(holders.map(({ pid }) => pid)).toEqual([process.pid, window.compute.pid]);
  });
});

describe('the reason of an end', () => {
  const ending = { code: null, signal: null, outOfMemory: false, lastWords: '' };
  it.each([
    [{ ...ending, signal: 'SIGKILL' }, false, 'killed'],
    [{ ...ending, signal: 'SIGTERM' }, false, 'killed'],
    [{ ...ending, signal: 'SIGKILL' }, true, 'cancelled'],
    [{ ...ending, signal: 'SIGKILL', outOfMemory: true }, false, 'out-of-memory'],
    [{ ...ending, signal: 'SIGSEGV' }, false, 'crashed'],
    [{ ...ending, signal: 'SIGABRT' }, false, 'crashed'],
    [{ ...ending, code: 1 }, false, 'crashed'],
    [{ ...ending, code: 0 }, false, 'crashed'],
    [{ ...ending, code: 137 }, false, 'killed'],
  ] as const)('%o, cancelling %s: %s', (given, cancelling, reason) => {
    expect(reasonOf(given, cancelling)).toBe(reason);
  });
});
