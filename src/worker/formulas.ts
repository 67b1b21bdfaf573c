import { NDArray } from '#engine/ndarray.ts';
import type { ArrayId } from '#shared/contract.ts';
import { AppError, type ErrorValue, toErrorValue } from '#shared/errors.ts';
import { cOrdered } from './copies.ts';
import type { Desk } from './desk.ts';
import type { Change } from './history.ts';
import type { Held } from './held.ts';
import type { Requester } from './jobs.ts';
import type { Entry, FormulaState } from './workspace.ts';

/** How long one expression may take when nobody asked for it by name. */
const limitMs = 10_000;
/** Past this a person is told that a newer value is on its way. */
const quietMs = 150;

/**
 * Variables that are expressions. A change of an input makes everything that follows from it dirty; one at a time, in
 * the order of dependency, they get their new values. Those values are no steps of Undo: taking back the change of the
 * input brings them back too.
 */
export class Formulas {
  readonly #desk: Desk;
  readonly #dirty = new Set<ArrayId>();
  /** Values that were just computed from the inputs as they are. */
  readonly #fresh = new WeakSet<Held>();
  /** Those that were stopped with something else and are tried once more. */
  readonly #stopped = new Set<ArrayId>();
  #working = false;
  #own = false;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** After a restart: what was being computed when the process ended is computed again. */
  restore(): void {
    for (const { id } of this.#all()) this.#dirty.add(id);
    this.#start();
  }

  /** Hear every change of the workspace. */
  changed(before: Entry | null, after: Entry | null): void {
    if (!(before ?? after!).hidden || !(after ?? before!).hidden) this.#spread(before, after);
  }

  #spread(before: Entry | null, after: Entry | null): void {
    const sameValue =
      before !== null && after !== null && before.held === after.held && before.version === after.version;
    const sameName = before?.name === after?.name;
    if (!(sameValue && sameName)) {
      for (const name of new Set([before?.name, after?.name])) if (name !== undefined) this.#follow(name);
    }
    const code = after?.formula?.code;
    if (
      !this.#own &&
      !(after !== null && this.#fresh.delete(after.held)) &&
      code !== undefined &&
      (before === null || before.held !== after!.held || before.formula?.code !== code)
    )
      this.#dirty.add(after!.id);
    if (this.#dirty.size > 0) this.#start();
  }

  /** Marks what is computed from a name, and what is computed from that. */
  #follow(name: string): void {
    for (const { id, name: next, formula } of this.#all()) {
      if (this.#dirty.has(id) || !formula.inputs.includes(name)) continue;
      this.#dirty.add(id);
      this.#follow(next);
    }
  }

  #all(): (Entry & { formula: FormulaState })[] {
    return this.#desk.workspace
      .named()
      .filter((entry): entry is Entry & { formula: FormulaState } => entry.formula !== null);
  }

  #start(): void {
    if (this.#working) return;
    this.#working = true;
    setImmediate(() => {
      void this.#work().finally(() => {
        this.#working = false;
        if (this.#dirty.size > 0) this.#start();
      });
    });
  }

  async #work(): Promise<void> {
    const late = setTimeout(() => this.#announceLate(), quietMs);
    try {
      for (let next = this.#next(); next !== null; next = this.#next()) await this.#recompute(next);
    } finally {
      clearTimeout(late);
    }
  }

  /** A dirty formula none of whose inputs is dirty. */
  #next(): (Entry & { formula: FormulaState }) | null {
    const formulas = this.#all();
    const known = new Set(formulas.map(({ id }) => id));
    for (const id of this.#dirty) if (!known.has(id)) this.#dirty.delete(id);
    const dirtyNames = new Set(formulas.filter(({ id }) => this.#dirty.has(id)).map(({ name }) => name));
    const ready = formulas.find(
      ({ id, formula }) => this.#dirty.has(id) && !formula.inputs.some((name) => dirtyNames.has(name)),
    );
    if (ready !== undefined || this.#dirty.size === 0) return ready ?? null;
    // Undo can bring an old formula back beside a newer one; together they may make a circle.
    const stuck = formulas.find(({ id }) => this.#dirty.has(id))!;
    this.#dirty.delete(stuck.id);
    const circle = circleOf(stuck.name, stuck.formula.inputs, formulas);
    this.#place(stuck.id, { error: circleError(stuck.name, circle ?? [stuck.name]) });
    return this.#next();
  }

  async #recompute(entry: Entry & { formula: FormulaState }): Promise<void> {
    this.#dirty.delete(entry.id);
    const stop = new AbortController();
    const limit = setTimeout(() => stop.abort('late'), limitMs);
    const requester: Requester = { request: -1, name: 'formula.set', signal: stop.signal, page: this };
    let array: NDArray | null = null;
    let error: ErrorValue | null = null;
    try {
      array = await this.evaluate(entry.name, entry.formula.code, entry.formula.inputs, requester, true);
    } catch (thrown) {
      error = toErrorValue(thrown);
      if (error.code === 'cancelled' && !stop.signal.aborted) {
        // It waited or ran while a person stopped something else: the value is still wanted.
        if (!this.#stopped.has(entry.id)) {
          this.#stopped.add(entry.id);
          this.#dirty.add(entry.id);
          return;
        }
        error = { code: 'value', message: `${entry.name} was stopped before it was computed` };
      } else if (error.code === 'cancelled') {
        error = { code: 'value', message: `${entry.name} took longer than ${limitMs / 1000} s and was stopped` };
      }
    } finally {
      clearTimeout(limit);
    }
    this.#stopped.delete(entry.id);
    await this.#desk.change(() => {
      const now = this.#desk.workspace.find(entry.id);
      // Another formula by now, or none: what was computed belongs to nobody.
      if (now?.formula?.code === entry.formula.code) this.#place(entry.id, { array, error });
    });
  }

  #place(id: ArrayId, { array = null, error }: { array?: NDArray | null; error: ErrorValue | null }): void {
    const { workspace } = this.#desk;
    const now = workspace.find(id);
    if (now === undefined || now.formula === null) return;
    const formula = { ...now.formula, error, pending: false };
    this.#own = true;
    try {
      if (array === null) workspace.set(id, { ...now, formula });
      else workspace.set(id, { ...workspace.revise(now, array, { columns: null }), formula, version: now.version + 1 });
    } finally {
      this.#own = false;
    }
  }

  #announceLate(): void {
    for (const entry of this.#all()) {
      if (!this.#dirty.has(entry.id) || entry.formula.pending) continue;
      this.#own = true;
      this.#desk.workspace.set(entry.id, { ...entry, formula: { ...entry.formula, pending: true } });
      this.#own = false;
    }
  }

  /** The names an expression reads that are or could be variables. @throws AppError 'parse' when it is no expression. */
  async inputs(code: string, requester: Requester): Promise<string[]> {
    const { names, problem } = await this.#desk.jobs.run(
      { task: 'formula-read', input: { code }, title: 'Reading a formula', lane: 'crunch' },
      requester,
    );
    if (problem !== null) {
      throw new AppError('parse', `This is no expression: ${problem}`, {
        argument: 'code',
        hint: 'A formula is one Python expression, such as A.T @ A or np.linalg.solve(A, b).',
      });
    }
    return names.flatMap(([name, known]) => (this.#desk.workspace.byName(name) !== undefined || !known ? [name] : []));
  }

  /** @throws AppError 'value' naming the circle that a formula would close. */
  refuseCircle(name: string, inputs: readonly string[]): void {
    const others = this.#all().filter((entry) => entry.name !== name);
    const circle = circleOf(name, inputs, others);
    if (circle !== null) throw new AppError('value', circleError(name, circle).message, { argument: 'code' });
  }

  /** @throws AppError with Python's error, or 'value' when an input is missing or has no value of its own now. */
  async evaluate(
    name: string,
    code: string,
    inputs: readonly string[],
    requester: Requester,
    background: boolean,
  ): Promise<NDArray> {
    const { workspace } = this.#desk;
    const given = [];
    for (const input of inputs) {
      const entry = workspace.byName(input);
      if (entry === undefined) {
        throw new AppError('value', `NameError: name '${input}' is not defined`, {
          hint: `${name} needs ${input}, and there is no such variable now.`,
        });
      }
      if (entry.formula !== null && entry.formula.error !== null) {
        throw new AppError('value', `${input} could not be computed`, { hint: entry.formula.error.message });
      }
      given.push({ name: input, array: (await entry.held.get()).descriptor() });
    }
    const { array, error, hint } = await this.#desk.jobs.run(
      {
        task: 'formula',
        input: { code, inputs: given },
        title: `${name} = ${code}`,
        lane: 'crunch',
        background,
        patience: 900,
      },
      requester,
    );
    if (array === null)
      throw new AppError('value', error ?? 'The expression has no value', hint === null ? {} : { hint });
    return cOrdered(NDArray.from(array));
  }

  /** A value that need not be computed again when it is put in its place. */
  trust(held: Held): void {
    this.#fresh.add(held);
  }

  /** What a renamed variable means for the formulas that read it. */
  renamed(from: string, to: string): Change[] {
    return this.#all().flatMap((entry) => {
      const { formula } = entry;
      if (!formula.inputs.includes(from)) return [];
      const inputs = formula.inputs.map((input) => (input === from ? to : input));
      const after = { ...entry, formula: { ...formula, code: replaceName(formula.code, from, to), inputs } };
      return [{ kind: 'entry' as const, id: entry.id, before: entry, after }];
    });
  }
}

/** The way from `name` back to itself through formulas, as names; null when there is none. */
function circleOf(
  name: string,
  inputs: readonly string[],
  formulas: readonly { name: string; formula: FormulaState }[],
): string[] | null {
  const seen = new Set<string>();
  const walk = (names: readonly string[], path: string[]): string[] | null => {
    for (const next of names) {
      if (next === name) return [...path, next];
      if (seen.has(next)) continue;
      seen.add(next);
      const formula = formulas.find((candidate) => candidate.name === next)?.formula;
      const found = formula === undefined ? null : walk(formula.inputs, [...path, next]);
      if (found !== null) return found;
    }
    return null;
  };
  return walk(inputs, [name]);
}

function circleError(name: string, circle: readonly string[]): ErrorValue {
  return { code: 'value', message: `${name} would be computed from itself: ${circle.join(' ← ')}` };
}

/** Code with another name for a variable; attributes, keyword arguments and text keep theirs. */
export function replaceName(code: string, from: string, to: string): string {
  return code.replace(
    /("""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(\.\s*)?([\p{L}_][\p{L}\p{Nd}_]*)(\s*=(?!=))?/gu,
    (
      whole,
      text: string | undefined,
      dot: string | undefined,
      name: string | undefined,
      keyword: string | undefined,
    ) => (text !== undefined || dot !== undefined || keyword !== undefined || name !== from ? whole : to),
  );
}
