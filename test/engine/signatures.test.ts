import { describe, expect, test } from 'vitest';
import { knownNames, named } from '#engine/names/call.ts';
import { generatorSignatures } from '#engine/names/random-names.ts';
import { Generator } from '#engine/random/generator.ts';
import { RandomState } from '#engine/random/random-state.ts';
import { absentNames } from './absent-names.ts';
import { recordedCases } from './recorded-file.ts';
import { absentEverywhere, differences } from './signature-differences.ts';

type Parameter = [name: string, kind: string, fallback: string | null];
const signatures = recordedCases<Record<string, Parameter[] | null>>('signatures');

const words = (text: string | undefined): string[] => (text === undefined ? [] : text.split(' '));

/** What of a name's signature is not as recorded and not in the reviewed list; the order by what both have. */
function unreviewed(name: string): string[] {
  const theirs = signatures[name];
  const ours = named(name)?.parameters ?? [];
  if (theirs === undefined) return [`${name}: NumPy and SciPy have no such name`];
  if (theirs === null) return [];
  const known = theirs.map(([parameter]) => parameter);
  const reviewed = differences[name];
  const found: string[] = [];
  const absent = known.filter((p) => !ours.includes(p) && !Object.hasOwn(absentEverywhere, p));
  const added = ours.filter((p) => !known.includes(p));
  if (absent.join(' ') !== (reviewed?.absent ?? '')) found.push(`${name}: absent ${absent.join(' ')}`);
  if (added.join(' ') !== (reviewed?.added ?? '')) found.push(`${name}: added ${added.join(' ')}`);
  const common = ours.filter((p) => known.includes(p));
  if (known.filter((p) => common.includes(p)).join(' ') !== common.join(' '))
    found.push(`${name}: order ${common.join(' ')}`);
  const mandatory = (p: Parameter): boolean => p[2] === null && !p[1].startsWith('*');
  const needed = theirs.filter((p) => mandatory(p) && ours.includes(p[0])).map(([p]) => p);
  const required = ours.slice(0, named(name)?.required).filter((p) => known.includes(p));
  if (needed.join(' ') !== required.join(' '))
    found.push(`${name}: required ${required.join(' ')}, not ${needed.join(' ')}`);
  return found;
}

describe('signatures are NumPy’s and SciPy’s, but for what was reviewed', () => {
  test('parameters, their order, and which of them are needed', () => {
    expect(knownNames().flatMap(unreviewed)).toEqual([]);
  });

  test('the methods of Generator and RandomState', () => {
    const differing = Object.entries(generatorSignatures).flatMap(([name, ours]) => {
      const theirs = signatures[`random.Generator.${name}`];
      if (!theirs) return [`${name}: NumPy has no such method`];
      const mine = ours.split(' ').map((word) => word.replace('?', ''));
      const known = theirs.map(([parameter]) => parameter);
      return mine.join(' ') === known.join(' ') ? [] : [`${name}: ${mine.join(' ')}, not ${known.join(' ')}`];
    });
    expect(differing).toEqual([]);
    const methods = Object.keys(signatures)
      .filter((name) => name.startsWith('random.Generator.'))
      .map((name) => name.slice('random.Generator.'.length));
    const absent = methods.filter((name) => !(name in Generator.prototype) && name !== 'bit_generator');
    expect(absent).toEqual([]);
    const legacyMethods = Object.keys(signatures)
      .filter((name) => name.startsWith('random.RandomState.'))
      .map((name) => name.slice('random.RandomState.'.length));
    expect(legacyMethods.filter((name) => !(name in RandomState.prototype))).toEqual(['random', 'tomaxint']);
  });

  test('what NumPy and SciPy have and the engine has not is in the reviewed list', () => {
    const inner = /^(random\.(Generator|RandomState)|scipy\.sparse\.csr_array)\./;
    const absent = Object.keys(signatures).filter((name) => !inner.test(name) && named(name) === null);
    expect(absent.filter((name) => !Object.hasOwn(absentNames, name))).toEqual([]);
    expect(Object.keys(absentNames).filter((name) => named(name) !== null || !Object.hasOwn(signatures, name))).toEqual(
      [],
    );
  });

  test('the reviewed list names nothing that is no more', () => {
    const stale = Object.entries(differences).flatMap(([name, { absent, added }]) => {
      const ours = named(name)?.parameters ?? [];
      const gone = words(absent).filter((p) => ours.includes(p));
      return named(name) === null || gone.length > 0 || words(added).some((p) => !ours.includes(p)) ? [name] : [];
    });
    expect(stale).toEqual([]);
  });
});
