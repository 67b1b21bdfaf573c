/**
 * The app in a Chromium that nobody listens in on. Playwright has the browser copy every WebSocket message to it,
 * which costs ten times what the message itself does; here only the few commands below go over the debugging port, so
 * that a figure is what a person waits for.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { WebSocket } from 'ws';
import {
  chromiumPath,
  computePidOf,
  type LaunchOptions,
  startServer,
  stopServer,
  temporaryFolder,
} from '../app/launch.ts';

export interface PlainWindow {
  /** What a function of the page gives for an argument; both cross as JSON. */
  run<A, R>(run: (argument: A) => R | Promise<R>, argument: A): Promise<R>;
  /** The value of an expression in the page; a promise is awaited. */
  evaluate<R>(expression: string): Promise<R>;
  /** Resolves once an expression is true in the page. */
  until(expression: string, milliseconds: number): Promise<void>;
  mouse(type: 'mouseMoved' | 'mousePressed' | 'mouseReleased', x: number, y: number): Promise<void>;
  computePid(): number;
  close(): Promise<void>;
}

interface Answer {
  id: number;
  error?: { message: string };
  result: { result: { value: unknown }; exceptionDetails?: { exception?: { description?: string }; text: string } };
}

/** Starts the app and opens its page at 1440 × 900. */
export async function openPlainWindow(options: LaunchOptions = {}): Promise<PlainWindow> {
  const home = temporaryFolder();
  const profile = temporaryFolder();
  const { server, address } = await startServer(home, options);
  const browser = spawn(
    chromiumPath(),
    [
      '--headless=new',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...['--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update'],
      ...['--force-color-profile=srgb', '--hide-scrollbars', '--window-size=1440,900'],
      ...[`--user-data-dir=${profile}`, '--remote-debugging-port=0', 'about:blank'],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const line = await connect(await debuggingAddress(browser));

  const evaluate = async <R>(expression: string): Promise<R> => {
    const { result } = await line.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    const thrown = result.exceptionDetails;
    if (thrown !== undefined) throw new Error(thrown.exception?.description ?? thrown.text);
    return result.result.value as R;
  };
  const until = async (expression: string, milliseconds: number): Promise<void> => {
    const end = performance.now() + milliseconds;
    while (!(await evaluate<boolean>(`Boolean(${expression})`).catch(() => false))) {
      if (performance.now() > end) throw new Error(`not true after ${milliseconds} ms: ${expression}`);
      await new Promise((next) => setTimeout(next, 50));
    }
  };
  const close = async (): Promise<void> => {
    line.close();
    const ended = new Promise((done) => browser.once('exit', done));
    browser.kill('SIGKILL');
    await Promise.all([ended, stopServer(server)]);
    for (const folder of [home, profile]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const size = { width: 1440, height: 900, deviceScaleFactor: 1, mobile: false };
    await line.send('Emulation.setDeviceMetricsOverride', size);
    await line.send('Page.navigate', { url: address });
    await until(`performance.getEntriesByName('eigenscope-interactive').length > 0`, 60_000);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    evaluate,
    until,
    run: (run, argument) => evaluate(`(${run.toString()})(${JSON.stringify(argument)})`),
    async mouse(type, x, y) {
      const held = type === 'mouseMoved' ? 1 : 0;
      await line.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', buttons: held, clickCount: 1 });
    },
    computePid: () => computePidOf(home),
    close,
  };
}

function debuggingAddress(browser: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    let text = '';
    browser.stderr?.on('data', (bytes: Buffer) => {
      text += bytes.toString();
      const found = /DevTools listening on ws:\/\/([^/\s]+)/.exec(text);
      if (found?.[1] !== undefined) done(`http://${found[1]}`);
    });
    browser.once('error', fail);
    browser.once('exit', () => fail(new Error(`Chromium ended: ${text}`)));
  });
}

async function connect(address: string) {
  const targets = (await (await fetch(`${address}/json`)).json()) as { type: string; webSocketDebuggerUrl: string }[];
  const page = targets.find(({ type }) => type === 'page');
  if (page === undefined) throw new Error('Chromium opened no page');
  const socket = new WebSocket(page.webSocketDebuggerUrl, { perMessageDeflate: false });
  await new Promise((open, fail) => {
    socket.once('open', open);
    socket.once('error', fail);
  });
  const waiting = new Map<number, { done: (answer: Answer) => void; fail: (error: Error) => void }>();
  socket.on('message', (data: Buffer) => {
    const answer = JSON.parse(data.toString()) as Answer;
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.error !== undefined) asked?.fail(new Error(answer.error.message));
    else asked?.done(answer);
  });
  socket.on('close', () => {
    for (const { fail } of waiting.values()) fail(new Error('the page is gone'));
  });
  let next = 0;
  return {
    send(method: string, params: object): Promise<Answer> {
      const id = (next += 1);
      const answer = new Promise<Answer>((done, fail) => waiting.set(id, { done, fail }));
      socket.send(JSON.stringify({ id, method, params }));
      return answer;
    },
    close: () => socket.terminate(),
  };
}
