/**
 * Requests for something that keeps changing, such as a slider: one is on its way at a time, and of those that were
 * wanted meanwhile only the newest is sent.
 */
export class NewestWins<Ask, Answer> {
  readonly #ask: (ask: Ask) => Promise<Answer>;
  readonly #show: (answer: Answer, ask: Ask) => void;
  readonly #fail: (error: unknown, ask: Ask) => void;
  #waiting: { ask: Ask } | null = null;
  #busy = false;
  #generation = 0;

  constructor(
    ask: (ask: Ask) => Promise<Answer>,
    show: (answer: Answer, ask: Ask) => void,
    fail: (error: unknown, ask: Ask) => void,
  ) {
    this.#ask = ask;
    this.#show = show;
    this.#fail = fail;
  }

  /** Asks now, or as soon as the one on its way has come back. */
  want(ask: Ask): void {
    this.#waiting = { ask };
    if (!this.#busy) void this.#run();
  }

  /** Forgets what waits, and lets what is on its way come back unseen. */
  drop(): void {
    this.#waiting = null;
    this.#generation++;
  }

  async #run(): Promise<void> {
    this.#busy = true;
    while (this.#waiting !== null) {
      const { ask } = this.#waiting;
      this.#waiting = null;
      const generation = this.#generation;
      try {
        const answer = await this.#ask(ask);
        if (generation === this.#generation) this.#show(answer, ask);
      } catch (error) {
        if (generation === this.#generation) this.#fail(error, ask);
      }
    }
    this.#busy = false;
  }
}
