import { letterOf } from '#engine/linalg/matrices.ts';
import type { Inspection } from '#shared/contract.ts';
import type { Desk } from './desk.ts';
import { workDType } from './factoring.ts';
import { findings } from './findings.ts';
import type { CellFacts } from './inspect-task.ts';
import { bytesText, count, memoryLimit } from './memory.ts';
import type { Group } from './serve.ts';
import { valuesFlops } from './speed.ts';
import { asVariable, type Entry, nbytesOf } from './workspace.ts';

/** Background work nobody asked for by name ends here. */
const mostMs = 8000;

/** Everything that is true of one array, the cheap parts first. */
export function inspectRequests(desk: Desk): Group<'array.inspect'> {
  const known = new Map<string, Inspection>();

  return {
    async 'array.inspect'({ id }, call) {
      const entry = desk.workspace.get(id);
      const { version } = entry;
      const key = `${id} ${version}`;
      const before = known.get(key);
      if (
        before !== undefined &&
        (before.skipped === undefined || desk.factors.knownSvd(id, version, false) === null)
      ) {
        return { ...before, findings: before.findings ?? [] };
      }
      const found: Inspection = {
        id,
        version,
        shape: [...entry.shape],
        dtype: entry.dtype,
        nbytes: nbytesOf(entry),
        c_contiguous: true,
      };
      call.partial({ ...found });
      // Not protected from edits, as other jobs' arrays are: that would copy a large array for every cell typed, and
      // what an edit makes wrong here is of an old version, which nobody shows any more.
      const array = (await entry.held.get()).descriptor();
      const cells = await desk.jobs.run(
        {
          task: 'inspect-cells',
          input: { a: array },
          title: `Inspecting ${entry.name}`,
          lane: 'side',
          background: true,
          estimate: nbytesOf(entry) / 1e6,
        },
        call,
      );
      Object.assign(found, cells.inspection);
      const { facts } = cells;
      found.findings = findings(found, facts, asVariable(entry));
      call.partial({ ...found });

      const matrix = entry.shape.length === 2 && entry.shape.every((n) => n > 0);
      const finite = found.nan_count === 0 && found.inf_count === 0;
      if (!matrix || !finite) {
        Object.assign(found, nothingKnown(entry, matrix, facts));
      } else {
        const plan = planFor(entry);
        const svd = desk.factors.knownSvd(id, version, false);
        const singular = svd === null ? null : (await desk.factors.svdResult(svd)).singular_values;
        const values = singular === null && plan.values === null;
        if (singular === null && plan.values !== null) found.skipped = plan.values;
        const started = performance.now();
        const spectrum = await desk.jobs.run(
          {
            task: 'inspect-spectrum',
            input: {
              a: array,
              known: singular,
              symmetric: found.symmetric === true,
              values,
              elimination: plan.elimination,
            },
            title: `Inspecting ${entry.name}`,
            lane: 'crunch',
            background: true,
            estimate: plan.estimate,
            onPartial: (partial) => call.partial({ ...Object.assign(found, partial) }),
          },
          call,
        );
        Object.assign(found, spectrum);
        if (values) desk.speed.learn(plan.work, plan.flops, performance.now() - started);
      }
      found.findings = findings(found, facts, asVariable(entry));
      if (desk.workspace.find(id)?.version === version) known.set(key, found);
      if (known.size > 100) known.delete(known.keys().next().value!);
      return found;
    },
  };

  function planFor(entry: Entry) {
    const [m = 0, n = 0] = entry.shape;
    const dtype = workDType(entry.dtype);
    const single = letterOf(dtype) === 's' || letterOf(dtype) === 'c';
    const work = single ? ('values32' as const) : ('values64' as const);
    const flops = valuesFlops(m, n) * (dtype.startsWith('complex') ? 4 : 1);
    const estimate = desk.speed.milliseconds(work, flops);
    const bytes = m * n * 24 + Math.min(m, n) ** 2 * 8;
    let values: string | null = null;
    if (estimate > mostMs) {
      values = `Rank, condition number and the norms that need singular values would take about ${Math.round(estimate / 1000)} s for ${count(m)} × ${count(n)}. They appear once its SVD is computed.`;
    } else if (bytes > memoryLimit()) {
      values = `The singular values would need ${bytesText(bytes)} of memory; ${bytesText(memoryLimit())} can be used now.`;
    }
    const elimination = m === n && n ** 3 / 2e7 < mostMs && m * n * 8 < memoryLimit();
    return { work, flops, estimate: values === null ? estimate : null, values, elimination };
  }
}

/** Where there is nothing to factor, the rows of the inspector say so instead of waiting. */
function nothingKnown(entry: Entry, matrix: boolean, facts: CellFacts): Partial<Inspection> {
  const none: Partial<Inspection> = {
    rank: null,
    numerical_rank_1pct: null,
    condition: null,
    digits: null,
    norm_2: null,
    norm_nuc: null,
    determinant: null,
    slogdet: null,
    positive_definite: null,
    orthogonal: null,
  };
  if (matrix)
    none.skipped = `${entry.name} holds ${facts.nonfinite ?? 'NaN'}, so nothing that needs a factorisation can be said.`;
  return none;
}
