/** Short messages that belong to no place on the page. Good news leaves by itself, the rest waits to be dismissed. */
import { on } from '../compute-client.ts';
import { type AppError, fromErrorValue, toErrorValue } from '#shared/errors.ts';

export interface Notice {
  id: number;
  tone: 'info' | 'warn' | 'error';
  /** Takes the place of an earlier message of the same subject. */
  subject: string | null;
  title: string;
  text: string;
  /** Shown as an error with its way out instead of `text`. */
  error: AppError | null;
  action: { label: string; run: () => void } | null;
}

const staysMs = 6000;
const most = 4;

class Notices {
  shown = $state.raw<Notice[]>([]);
  /** The last thing that went wrong with keeping the work, for the status bar. */
  lastError = $state.raw<Notice | null>(null);
  #next = 1;

  /** Says something; what is only information leaves after six seconds. */
  say(notice: Partial<Notice> & { title: string }): void {
    const whole: Notice = {
      tone: 'info',
      subject: null,
      text: '',
      error: null,
      action: null,
      ...notice,
      id: this.#next++,
    };
    const isSame = (old: Notice) =>
      whole.subject === null ? old.title === whole.title && old.text === whole.text : old.subject === whole.subject;
    const others = this.shown.filter((old) => !isSame(old));
    this.shown = [...others, whole].slice(-most);
    if (whole.tone === 'info') setTimeout(() => this.dismiss(whole.id), staysMs);
  }

  /** Shows whatever was thrown by an action; a cancellation needs no words. */
  fail(title: string, thrown: unknown): void {
    const error = fromErrorValue(toErrorValue(thrown));
    if (error.code === 'cancelled') return;
    this.say({ tone: 'error', title, error });
  }

  /** The same about something that may happen again: it takes the place of what was said about it before. */
  failAbout(subject: string, title: string, thrown: unknown): void {
    const error = fromErrorValue(toErrorValue(thrown));
    if (error.code !== 'cancelled') this.say({ tone: 'error', subject, title, error });
  }

  dismissSubject(subject: string): void {
    if (this.shown.some((notice) => notice.subject === subject))
      this.shown = this.shown.filter((notice) => notice.subject !== subject);
  }

  dismiss(id: number): void {
    this.shown = this.shown.filter((notice) => notice.id !== id);
  }

  /** Shows the compute process' notices from now on. */
  follow(): void {
    on('notice', (notice) => {
      this.say(notice);
      if (notice.tone === 'error') this.lastError = this.shown.at(-1) ?? null;
    });
  }
}

export const notices = new Notices();
