import type { PythonOutput } from '#shared/contract.ts';

/** Text of one cell past this is counted, not shown; its last lines are. */
const mostText = 1_000_000;
const tailText = 4_000;
const mostShown = 500;
/** Text waits at most this long for more, once so many messages went out that a flood is likely. */
const gatherMs = 50;
const gatherText = 32_000;
const freeMessages = 60;
/** Messages regained per millisecond. */
const regain = 0.2;

/**
 * What a cell puts out, on its way to the page: at once while it is little, gathered when it is much, cut when it is
 * more than a page can hold.
 */
export class Outlet {
  readonly #post: (outputs: PythonOutput[]) => void;
  #waiting: PythonOutput[] = [];
  #waitingText = 0;
  #since = 0;
  #credit = freeMessages;
  #last = performance.now();
  #text = 0;
  #shown = 0;
  #cutLines = 0;
  #cutText = 0;
  #tail = '';
  #tailStream: 'stdout' | 'stderr' = 'stdout';

  constructor(post: (outputs: PythonOutput[]) => void) {
    this.#post = post;
  }

  write(stream: 'stdout' | 'stderr', text: string): void {
    if (this.#text + text.length > mostText) {
      const room = Math.max(0, mostText - this.#text);
      const kept = text.slice(0, text.lastIndexOf('\n', room) + 1 || room);
      this.#text = mostText;
      if (kept !== '') this.#add(stream, kept);
      this.#cut(stream, text.slice(kept.length));
      return;
    }
    this.#text += text.length;
    this.#add(stream, text);
  }

  /** Anything but text; what waits goes first, and all of it now. */
  put(output: PythonOutput): void {
    if (output.kind === 'display' && ++this.#shown > mostShown) {
      if (this.#shown === mostShown + 1) this.write('stderr', `Only the first ${mostShown} displays are shown.\n`);
      return;
    }
    if (output.kind === 'clear') {
      this.#text = 0;
      this.#shown = 0;
      this.#cutLines = this.#cutText = 0;
      this.#tail = '';
    }
    this.#waiting.push(output);
    this.flush();
  }

  flush(): void {
    if (this.#waiting.length === 0) return;
    const outputs = this.#waiting;
    this.#waiting = [];
    this.#waitingText = 0;
    this.#credit -= 1;
    this.#post(outputs);
  }

  /** The end of the cell: what was cut is told, with its last lines. */
  end(): void {
    if (this.#cutText > 0) {
      const tail = this.#tail.slice(this.#tail.indexOf('\n') + 1);
      const lines = this.#cutLines.toLocaleString('en-US');
      this.#add(
        'stderr',
        `\n… ${lines} more lines (${(this.#cutText / 1e6).toFixed(1)} MB) are not shown; the last ones:\n`,
      );
      this.#add(this.#tailStream, tail);
    }
    this.flush();
  }

  #add(stream: 'stdout' | 'stderr', text: string): void {
    const now = performance.now();
    this.#credit = Math.min(freeMessages, this.#credit + (now - this.#last) * regain);
    this.#last = now;
    const before = this.#waiting.at(-1);
    if (before?.kind === 'stream' && before.stream === stream) before.text += text;
    else this.#waiting.push({ kind: 'stream', stream, text });
    if (this.#waitingText === 0) this.#since = now;
    this.#waitingText += text.length;
    if (this.#credit >= 1 || now - this.#since > gatherMs || this.#waitingText > gatherText) this.flush();
  }

  #cut(stream: 'stdout' | 'stderr', text: string): void {
    this.#cutText += text.length;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#cutLines++;
    this.#tailStream = stream;
    this.#tail += text;
    if (this.#tail.length > 2 * tailText) this.#tail = this.#tail.slice(-tailText);
  }
}
