import { beforeAll, describe as group, expect, test } from 'vitest';
import { describe, loadRunner, meantDifferences, type ModuleReport, modulesIn } from '../conformance/python/report.ts';

const root = process.cwd();
const meant = meantDifferences(root);
let run: (module: string) => ModuleReport;

beforeAll(async () => {
  run = await loadRunner(root);
}, 120_000);

group('Python code gives what it gives under NumPy', () => {
  test.each(modulesIn(root))(
    '%s',
    (module) => {
      const { outcomes } = run(module);
      expect(outcomes.length).toBeGreaterThan(5);
      const differing = outcomes.filter(({ agrees }) => !agrees);
      const unexpected = differing.filter((outcome) => meant[`${module} / ${outcome.case}`] === undefined);
      expect(unexpected.map((outcome) => `${outcome.case}\n${describe(outcome)}`)).toEqual([]);
      // A difference that is gone must leave the list.
      const listed = Object.keys(meant).filter((key) => key.startsWith(`${module} / `));
      expect(listed).toEqual(
        differing.map((outcome) => `${module} / ${outcome.case}`).filter((key) => listed.includes(key)),
      );
    },
    120_000,
  );
});
