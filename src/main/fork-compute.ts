/** Launches the compute process under Node, for the browser window. */
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import type { ControlReply } from '#shared/control.ts';
import type { Launch } from './compute-process.ts';

/** Processes the Linux kernel ended because memory ran out, since boot; null where it does not tell. */
function countOutOfMemory(): number | null {
  if (process.platform !== 'linux') return null;
  try {
    const found = /^oom_kill (\d+)$/m.exec(readFileSync('/proc/vmstat', 'utf8'));
    return found ? Number(found[1]) : null;
  } catch {
    return null;
  }
}

const lastWordsLength = 2000;

/**
 * Node closes its own copy of a socket it hands over only when the receiver has confirmed it, and a receiver that
 * died never does: the page would wait for ever on a connection nobody holds. So the copies are kept in sight.
 */
function handleOf(socket: Socket): Copy | null {
  return (socket as unknown as { _handle: Copy | null })._handle;
}

interface Copy {
  close(): void;
  readStop(): void;
}

/** Forks `script` with a channel that carries typed arrays and sockets. */
export function forkCompute(script: string): Launch<Socket> {
  return (onReply, onEnd) => {
    const before = countOutOfMemory();
    const child = fork(script, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: ['--enable-source-maps'],
      // Its own group: a Ctrl-C in the terminal reaches main alone, which then closes the journal in order.
      detached: process.platform !== 'win32',
    });
    let lastWords = '';
    const listen = (chunk: Buffer) => {
      process.stderr.write(chunk);
      lastWords = (lastWords + chunk.toString()).slice(-lastWordsLength);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.on('message', (reply) => onReply(reply as ControlReply));
    const handedOver = new Set<Copy>();
    let ended = false;
    const end = (code: number | null, signal: string | null) => {
      if (ended) return;
      ended = true;
      // Closing twice does no harm, closing a copy does not touch a connection that lives elsewhere.
      for (const handle of handedOver) handle.close();
      const after = countOutOfMemory();
      const killedForMemory = signal === 'SIGKILL' && before !== null && after !== null && after > before;
      const outOfMemory = killedForMemory || /heap out of memory|allocation failed|out of memory/i.test(lastWords);
      onEnd({ code, signal, outOfMemory, lastWords });
    };
    child.on('error', (error) => {
      lastWords += error.message;
      if (child.pid === undefined) setImmediate(end, null, null);
    });
    child.on('exit', end);
    return {
      pid: child.pid,
      send(message, handle) {
        const drop = () => handle?.destroy();
        const copy = handle && handleOf(handle);
        if (copy) {
          handedOver.add(copy);
          // Until the receiver has confirmed, both processes hold the connection, and Node goes on reading from this
          // copy and throws away what it reads: the page's first requests, when this process is slow to hear of it.
          copy.readStop();
        }
        // A send can fail only because the process is gone, and then `exit` follows.
        if (!child.connected) drop();
        else child.send(message, handle, {}, (error) => error && drop());
      },
      kill: () => void child.kill('SIGKILL'),
    };
  };
}
