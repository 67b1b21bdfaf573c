/** Whether the console is open, and code that waits for it to be. */
import { store, stored } from './stored.ts';

class ConsoleState {
  #open = $state(stored('console', false, (value): value is boolean => typeof value === 'boolean'));
  #waiting: string[] = [];
  /** Set by the console while it is there. */
  run: ((code: string) => void) | null = null;

  get open(): boolean {
    return this.#open;
  }

  toggle(): void {
    this.#set(!this.#open);
  }

  close(): void {
    this.#set(false);
  }

  /** Runs code at the prompt, opening it first. */
  send(code: string): void {
    if (this.run !== null) {
      this.run(code);
      return;
    }
    this.#waiting.push(code);
    this.#set(true);
  }

  /** What waits for the console that has just opened. */
  take(): string[] {
    return this.#waiting.splice(0);
  }

  #set(open: boolean): void {
    this.#open = open;
    store('console', open);
  }
}

export const consoleState = new ConsoleState();
