import { AppError, type ErrorValue, toErrorValue } from '#shared/errors.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { numpy } from './code.ts';
import type { Desk } from './desk.ts';
import type { Group } from './serve.ts';
import { asVariable, type Entry } from './workspace.ts';

/** Variables that are expressions. */
export function formulaRequests(desk: Desk): Group<'formula.set' | 'formula.clear'> {
  const { workspace, formulas } = desk;
  return {
    async 'formula.set'({ name, code }, call) {
      if (typeof code !== 'string' || code.trim() === '' || code.length > 10_000) {
        throw new AppError('parse', 'A formula needs an expression', { argument: 'code' });
      }
      const expression = code.trim().replace(/^=\s*/, '');
      const known = typeof name === 'string' ? workspace.byName(name.trim()) : undefined;
      const chosen = workspace.checkName(name, known?.id ?? null);
      const inputs = await formulas.inputs(expression, call);
      formulas.refuseCircle(chosen, inputs);
      let array: NDArray | null = null;
      let error: ErrorValue | null = null;
      try {
        array = await formulas.evaluate(chosen, expression, inputs, call, false);
      } catch (thrown) {
        error = toErrorValue(thrown);
        // Without a value there is nothing to show the error on.
        if (error.code === 'cancelled' || workspace.byName(chosen) === undefined) throw thrown;
      }
      return desk.change(async () => {
        // It may have been renamed, deleted or made meanwhile.
        formulas.refuseCircle(chosen, inputs);
        const before = workspace.byName(chosen) ?? null;
        const formula = { code: expression, inputs, error, pending: false };
        let after: Entry;
        if (before === null) {
          if (array === null) throw new AppError('value', error?.message ?? 'The expression has no value');
          after = { ...workspace.make({ name: chosen, array, origin: expression }), formula };
        } else if (array === null) after = { ...before, formula };
        else {
          const revised = workspace.revise(before, array, { columns: null });
          after = { ...revised, kind: 'matrix', origin: expression, formula, version: before.version + 1 };
        }
        if (error === null) formulas.trust(after.held);
        const line = `${chosen} = ${expression}`;
        await desk.perform({
          label: line.length > 60 ? `${line.slice(0, 57)}…` : line,
          changes: [{ kind: 'entry', id: after.id, before, after }],
          code: expression.includes('np.') ? numpy(line) : [line],
        });
        return asVariable(workspace.get(after.id));
      });
    },

    'formula.clear': ({ id }) =>
      desk.change(async () => {
        const entry = workspace.shown(id);
        if (entry.formula === null) return asVariable(entry);
        await desk.perform({
          label: `Keep the value of ${entry.name}`,
          changes: [{ kind: 'entry', id, before: entry, after: { ...entry, formula: null } }],
          code: [],
        });
        return asVariable(workspace.get(id));
      }),
  };
}
