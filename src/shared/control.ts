/**
 * What the main process and the compute process say to each other. Under Node the messages travel on
 * the channel of `child_process.fork` (serialization "advanced", so typed arrays cross), under Electron on
 * `process.parentPort`. No numbers of matrices pass here: the page talks to the compute process directly.
 *
 * Order of a life: main forks `out/main/worker.js` and sends `start` once; the compute process restores the
 * journal and answers `ready` (or `failed`); from then on it gets `socket` or `port` for every page that
 * connects. Main holds `socket` and `port` back until `ready`. `shutdown` ends it: the journal is flushed,
 * `closed` is sent, the process exits with code 0. It must also end by itself, journal flushed, when the
 * channel to main breaks ('disconnect').
 */
import type { FileId, Restart } from './contract.ts';
import type { ErrorValue } from './errors.ts';

/** A file the person gave, with the path only main and the compute process know. */
export interface Grant {
  file: FileId;
  /** Absolute. */
  path: string;
  /** As the person knows it; no folders. */
  name: string;
  /** Bytes; 0 for a target that is not written yet. */
  size: number;
  /** True for a target of Save: it may be written. Otherwise it may only be read. */
  write: boolean;
  /** True for a file of the person's where it lies; false for copies that the page handed over, and for downloads. */
  own: boolean;
}

/** The HTTP request that asked for a WebSocket, as far as `ws` needs it to complete the handshake. */
export interface UpgradeRequest {
  method: string;
  url: string;
  /** Names in lower case, the token already removed. */
  headers: Record<string, string>;
}

export type ControlMessage =
  | {
      kind: 'start';
      /** Absolute path of the session folder: it exists and main holds its lock for this process' whole life. */
      session: string;
      /** Application's version, for `system.info`. */
      app: string;
      /** Why an earlier compute process of this window ended; null on the first start. */
      restart: Pick<Restart, 'reason' | 'job'> | null;
      /** All grants of this window; those given before a restart included. */
      granted: Grant[];
      /** Files named at start, to be announced in the first `hello` only; all of them are in `granted`. */
      opened: FileId[];
    }
  /** Browser window: an authenticated WebSocket upgrade; its socket comes as the handle of the message. */
  | { kind: 'socket'; request: UpgradeRequest; head: Uint8Array }
  /** Electron: the page's MessagePort comes as the message's first port. */
  | { kind: 'port' }
  | { kind: 'grant'; grant: Grant }
  | { kind: 'revoke'; file: FileId }
  | { kind: 'shutdown' };

export type ControlReply =
  | { kind: 'ready' }
  /** It cannot work at all (the addon does not load); main says so and does not start it again. */
  | { kind: 'failed'; error: ErrorValue }
  /** The title of the job that runs ("SVD of iris"), null when idle: what main tells the next one after a death. */
  | { kind: 'busy'; job: string | null }
  /** The journal is safe and the process is about to kill itself, because a job did not heed Cancel. */
  | { kind: 'cancelling'; job: string }
  /** Last message before exit. */
  | { kind: 'closed' };
