/** The compute process: forked by main under Node, a utility process under Electron. This thread is its desk. */
import { join } from 'node:path';
import type { Socket } from 'node:net';
import { native } from '#engine/native.ts';
import type { ControlMessage, ControlReply } from '#shared/control.ts';
import { toErrorValue } from '#shared/errors.ts';
import { acceptSocket, type ElectronPort, overElectronPort } from './connection.ts';
import { withGivingThreads } from './priority.ts';
import { Session } from './session.ts';

/** What Electron puts on `process` in a utility process. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown; ports: ElectronPort[] }) => void): unknown;
  postMessage(message: unknown): void;
}

const parentPort = (process as NodeJS.Process & { parentPort?: ParentPort }).parentPort;

let session: Session | null = null;

function tell(message: ControlReply, sent?: () => void): void {
  if (parentPort !== undefined) {
    parentPort.postMessage(message);
    if (sent !== undefined) setTimeout(sent, 20);
  } else if (process.connected) {
    process.send!(message, undefined, undefined, () => sent?.());
  } else {
    sent?.();
  }
}

async function hear(message: ControlMessage, handle: Socket | ElectronPort | undefined): Promise<void> {
  switch (message.kind) {
    case 'start':
      try {
        // Loading it now turns a missing library into a sentence instead of a failure in the middle of work.
        withGivingThreads(native);
        session = await Session.open(message, join(import.meta.dirname, 'crunch.js'), tell, endAtOnce);
        tell({ kind: 'ready' });
      } catch (error) {
        tell({ kind: 'failed', error: toErrorValue(error) });
      }
      return;
    case 'socket': {
      const socket = handle as Socket | undefined;
      // The page may have gone while its socket was on the way.
      if (socket === undefined) return;
      if (session === null) socket.destroy();
      else acceptSocket(socket, message.request, message.head, (channel) => session?.connect(channel));
      return;
    }
    case 'port':
      if (handle !== undefined) session?.connect(overElectronPort(handle as ElectronPort));
      return;
    case 'grant':
      session?.desk.files.grant(message.grant);
      return;
    case 'revoke':
      session?.desk.files.revoke(message.file);
      return;
    case 'shutdown':
      await session?.close();
      tell({ kind: 'closed' }, () => process.exit(0));
      return;
  }
}

/** A started LAPACK call cannot be interrupted: only the end of the process gives the cores back. */
function endAtOnce(): void {
  process.kill(process.pid, 'SIGKILL');
}

if (parentPort !== undefined) {
  parentPort.on('message', ({ data, ports }) => void hear(data as ControlMessage, ports[0]));
} else if (process.send !== undefined) {
  process.on('message', (message, handle) => void hear(message as ControlMessage, handle as Socket | undefined));
  process.on('disconnect', () => {
    const end = () => process.exit(0);
    if (session === null) end();
    else session.close().then(end, end);
  });
} else {
  process.stderr.write('worker.js is the compute process of Eigenscope; start it with npm start.\n');
  process.exitCode = 1;
}
