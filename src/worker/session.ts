import { basename } from 'node:path';
import type { ComputeMessage, EventName, Events, FileId, Restart } from '#shared/contract.ts';
import type { ControlMessage, ControlReply } from '#shared/control.ts';
import { arrayRequests } from './array-requests.ts';
import type { PageChannel } from './connection.ts';
import { Desk } from './desk.ts';
import { formulaRequests } from './formula-requests.ts';
import { imageRequests } from './image-requests.ts';
import { inspectRequests } from './inspect-requests.ts';
import { notebookRequests } from './notebook-requests.ts';
import { NotebookStore } from './notebook-store.ts';
import { openJournal } from './journal-reading.ts';
import { pythonRequests } from './python-requests.ts';
import { sampleRequests } from './sample-requests.ts';
import { sampleThumbnailRequests } from './sample-thumbnails.ts';
import { saveRequests } from './save-requests.ts';
import { type Handlers, serve } from './serve.ts';
import { svdRequests } from './svd-requests.ts';
import { systemRequests } from './system-requests.ts';
import { tableRequests } from './table-requests.ts';
import { workspaceRequests } from './workspace-requests.ts';

type Start = Extract<ControlMessage, { kind: 'start' }>;

/** For how long a page that connects is told why the process started again. */
const restartNewsMs = 20_000;
/** What Cancel may spend on results nobody named before the process ends itself. */
const hurryMs = 250;

/** One session: its desk, its pages and the way they talk. */
export class Session {
  readonly desk: Desk;
  readonly #notebooks: NotebookStore;
  readonly #handlers: Handlers;
  readonly #restart: Restart | null;
  readonly #started = performance.now();
  readonly #channels = new Set<PageChannel>();
  #opened: { file: FileId; name: string }[];

  private constructor(desk: Desk, restart: Restart | null, opened: { file: FileId; name: string }[]) {
    this.desk = desk;
    this.#restart = restart;
    this.#opened = opened;
    this.#notebooks = new NotebookStore(desk.session);
    this.#notebooks.onchange = () => this.#broadcast('notebooks.changed', { notebooks: this.#notebooks.list() });
    this.#notebooks.onedit = (change, except) => this.#broadcast('notebook.changed', change, except);
    this.#handlers = {
      ...systemRequests(desk),
      ...workspaceRequests(desk),
      ...arrayRequests(desk),
      ...inspectRequests(desk),
      ...svdRequests(desk),
      ...imageRequests(desk),
      ...tableRequests(desk),
      ...saveRequests(desk),
      ...sampleRequests(desk),
      ...sampleThumbnailRequests(desk),
      ...notebookRequests(desk, this.#notebooks),
      ...pythonRequests(desk, this.#notebooks),
      ...formulaRequests(desk),
    };
    desk.broadcast = (name, data) => this.#broadcast(name, data);
  }

  /** Brings a session folder back, or begins it. Damage is told to the pages; it never prevents the start. */
  static async open(
    start: Start,
    crunchFile: string,
    tell: (reply: ControlReply, sent?: () => void) => void,
    end: () => void,
  ): Promise<Session> {
    const desk = new Desk({ session: start.session, app: start.app, crunchFile });
    for (const grant of start.granted) desk.files.grant(grant);
    const { restored, files } = await openJournal(start.session);
    desk.workspace.restore(restored.entries);
    desk.journal.adopt(restored, files);
    const extra = (restored.extra ?? {}) as { code?: unknown; factors?: unknown };
    await desk.historyFile.restore();
    desk.formulas.restore();
    desk.restoreCode(extra.code);
    desk.factors.restore(extra.factors);
    if (restored.lost.length > 0 || restored.damaged) desk.journal.changed();

    const named = desk.workspace.named().length;
    const restart: Restart | null =
      start.restart === null ? null : { ...start.restart, restored: named, lost: restored.lost };
    const opened = start.opened.flatMap((file) => {
      const grant = desk.files.find(file);
      return grant === undefined ? [] : [{ file, name: grant.name }];
    });
    const session = new Session(desk, restart, opened);
    const strange = await session.#notebooks.load();
    session.#notices = [...notices(restored.lost, restored.damaged, restart !== null), ...strange.map(strangeNotebook)];

    desk.jobs.onchange = () => {
      for (const channel of session.#channels) {
        channel.post({ kind: 'event', name: 'jobs.changed', data: { jobs: desk.jobs.list(channel) } });
      }
    };
    desk.jobs.onbusy = (job) => tell({ kind: 'busy', job });
    desk.jobs.onstuck = (job) => {
      const late = new Promise((resolve) => setTimeout(resolve, hurryMs));
      const steps = Promise.race([desk.historyFile.flush().catch(() => undefined), late]);
      void Promise.all([desk.journal.safe(hurryMs), steps]).finally(() => tell({ kind: 'cancelling', job }, end));
    };
    desk.jobs.warm();
    return session;
  }

  #notices: Events['notice'][] = [];

  /** Serves one page until it goes away. */
  connect(channel: PageChannel): void {
    this.#channels.add(channel);
    const fresh = performance.now() - this.#started < restartNewsMs;
    const hello: ComputeMessage = {
      kind: 'hello',
      session: basename(this.desk.session),
      restart: fresh ? this.#restart : null,
      opened: this.#opened,
    };
    this.#opened = [];
    serve(channel, this.#handlers, hello);
    const { onclose } = channel;
    channel.onclose = () => {
      this.#channels.delete(channel);
      onclose?.();
    };
    for (const data of this.#notices) channel.post({ kind: 'event', name: 'notice', data });
    this.#notices = [];
    this.#loadRest();
  }

  /** Writes everything that is not on disk yet and stops the threads. */
  async close(): Promise<void> {
    for (const channel of this.#channels) channel.close();
    await Promise.all([this.desk.journal.safe(), this.#notebooks.flush()]);
    await this.desk.historyFile.flush().catch(() => undefined);
    this.desk.journal.close();
    await this.desk.jobs.close();
  }

  #broadcast<E extends EventName>(name: E, data: Events[E], except: object | null = null): void {
    for (const channel of this.#channels) if (channel !== except) channel.post({ kind: 'event', name, data });
  }

  #loading = false;

  /** After a restart arrays are read when they are first needed; the rest follow once a page is served. */
  #loadRest(): void {
    if (this.#loading) return;
    this.#loading = true;
    void (async () => {
      for (const { id } of this.desk.workspace.all()) {
        const entry = this.desk.workspace.find(id);
        if (entry === undefined || entry.held.array !== null) continue;
        await entry.held.get().catch((error: unknown) => {
          const text = `${entry.name || 'A result'} could not be read back: ${error instanceof Error ? error.message : String(error)}`;
          if (!entry.hidden) this.#broadcast('notice', { tone: 'warn', title: 'An array is damaged', text });
        });
      }
    })();
  }
}

function strangeNotebook(file: string): Events['notice'] {
  const text = `It was set aside in the session folder as notebooks/${file}.damaged.`;
  return { tone: 'warn', title: 'A notebook is damaged', text };
}

function notices(lost: readonly string[], damaged: boolean, restarted: boolean): Events['notice'][] {
  const found: Events['notice'][] = [];
  // After a restart the page hears of losses with the restart itself.
  if (lost.length > 0 && !restarted) {
    const what =
      lost.length === 1 ? `${lost[0]} could not be restored` : `${lost.length} variables could not be restored`;
    found.push({
      tone: 'warn',
      title: what,
      text: `Their files in the session folder are damaged or missing: ${lost.join(', ')}.`,
    });
  }
  if (damaged) {
    found.push({
      tone: 'warn',
      title: 'The list of variables was damaged',
      text: 'The arrays were found by their files; column names and the order may differ from what they were.',
    });
  }
  return found;
}
