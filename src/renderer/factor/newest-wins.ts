/**
 * Requests for something that keeps changing, such as a slider: so many are on their way at a time, one unless told
 * otherwise, and of those that were wanted meanwhile only the newest is sent. An answer that was overtaken is not shown.
 */
export class NewestWins<Ask, Answer> {
  readonly #ask: (ask: Ask) => Promise<Answer>;
  readonly #show: (answer: Answer, ask: Ask) => void;
  readonly #fail: (error: unknown, ask: Ask) => void;
  readonly #together: number;
  #waiting: { ask: Ask } | null = null;
  #busy = 0;
  #sent = 0;
  /** Answers to what was sent before this one are no longer wanted. */
  #shown = 0;

  constructor(
    ask: (ask: Ask) => Promise<Answer>,
    show: (answer: Answer, ask: Ask) => void,
    fail: (error: unknown, ask: Ask) => void,
    together = 1,
  ) {
    this.#ask = ask;
    this.#show = show;
    this.#fail = fail;
    this.#together = together;
  }

  /** Asks now, or as soon as one on its way has come back. */
  want(ask: Ask): void {
    this.#waiting = { ask };
    if (this.#busy < this.#together) void this.#run();
  }

  /** Forgets what waits, and lets what is on its way come back unseen. */
  drop(): void {
    this.#waiting = null;
    this.#shown = this.#sent;
  }

  async #run(): Promise<void> {
    this.#busy++;
    while (this.#waiting !== null) {
      const { ask } = this.#waiting;
      this.#waiting = null;
      const turn = ++this.#sent;
      try {
        const answer = await this.#ask(ask);
        if (turn > this.#shown) {
          this.#shown = turn;
          this.#show(answer, ask);
        }
      } catch (error) {
        if (turn > this.#shown) this.#fail(error, ask);
      }
    }
    this.#busy--;
  }
}
