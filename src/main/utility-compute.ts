/** Launches the compute process as Electron's utility process. */
import { type MessagePortMain, app, utilityProcess } from 'electron';
import type { ControlReply } from '#shared/control.ts';
import type { Launch } from './compute-process.ts';

const lastWordsLength = 2000;
let launched = 0;

/** Forks `script`; every launch has a name of its own, by which Electron tells how it ended. */
export function launchUtility(script: string): Launch<MessagePortMain> {
  return (onReply, onEnd) => {
    const serviceName = `eigenscope-compute-${++launched}`;
    const child = utilityProcess.fork(script, [], { serviceName, stdio: 'pipe' });
    let lastWords = '';
    let goneBy: string | null = null;
    const listen = (chunk: Buffer) => {
      process.stderr.write(chunk);
      lastWords = (lastWords + chunk.toString()).slice(-lastWordsLength);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.on('message', (reply: ControlReply) => onReply(reply));
    child.on('error', (kind, location) => (lastWords += `${kind} at ${location}\n`));
    const noteReason = (_event: unknown, details: Electron.Details) => {
      if (details.serviceName === serviceName || details.name === serviceName) goneBy = details.reason;
    };
    app.on('child-process-gone', noteReason);
    child.once('exit', (code) => {
      // Electron tells the reason in an event of its own, which may come just after this one.
      setTimeout(() => {
        app.off('child-process-gone', noteReason);
        onEnd({
          code,
          signal: goneBy === 'killed' ? 'SIGKILL' : goneBy === 'crashed' ? 'SIGSEGV' : null,
          outOfMemory: goneBy === 'oom' || /out of memory/i.test(lastWords),
          lastWords,
        });
      }, 50);
    });
    return {
      get pid() {
        return child.pid;
      },
      send: (message, port) => child.postMessage(message, port === undefined ? [] : [port]),
      kill() {
        try {
          if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
        } catch {
          // Gone already.
        }
      },
    };
  };
}
