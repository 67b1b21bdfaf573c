import { afterEach, expect, it, vi } from 'vitest';
import { store, stored } from '#renderer/state/stored.ts';

/** A store of so many characters that shows its keys, as localStorage does. */
function small(most: number): object {
  const held: Record<string, string> = {};
  const methods = {
    getItem: (key: string) => held[key] ?? null,
    removeItem: (key: string) => delete held[key],
    setItem: (key: string, text: string) => {
      const rest = Object.entries(held).reduce((sum, [name, each]) => sum + (name === key ? 0 : each.length), 0);
      if (rest + text.length > most) throw new DOMException('full', 'QuotaExceededError');
      held[key] = text;
    },
  };
  return new Proxy(held, { get: (of, key): unknown => Reflect.get(methods, key) ?? Reflect.get(of, key) });
}

const isText = (value: unknown): value is string => typeof value === 'string';

afterEach(() => vi.unstubAllGlobals());

it('a full store gives up what consoles of other sessions said, and keeps the settings', () => {
  vi.stubGlobal('localStorage', small(100));
  store('theme', 'dark');
  store('console.one', 'a'.repeat(40));
  store('console.two', 'b'.repeat(40));
  store('console.three', 'c'.repeat(40));
  const kept = ['theme', 'console.one', 'console.two', 'console.three'].map((key) => stored(key, '', isText).length);
  expect(kept).toEqual([4, 0, 0, 40]);
});

it('what is too much alone is not stored, and nobody is told', () => {
  vi.stubGlobal('localStorage', small(100));
  store('theme', 'dark');
  store('console.one', 'a'.repeat(400));
  expect([stored('theme', '', isText), stored('console.one', '', isText)]).toEqual(['dark', '']);
});
