import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrast, type Rgb } from '#renderer/colour-map.ts';

const css = readFileSync(new URL('../../src/renderer/styles/tokens.css', import.meta.url), 'utf8');

function tokensOf(selector: string): Map<string, Rgb> {
  const block = css.slice(css.indexOf(`${selector} {`)).split('}')[0] ?? '';
  const found = new Map<string, Rgb>();
  for (const [, name, hex] of block.matchAll(/--([\w-]+):\s*#([0-9a-f]{6})/g)) {
    const value = Number.parseInt(hex, 16);
    found.set(name, [value >> 16, (value >> 8) & 255, value & 255]);
  }
  return found;
}

const themes = { light: tokensOf(':root'), dark: tokensOf(":root[data-theme='dark']") };
const texts = ['ink', 'ink-2', 'ink-3', 'accent', 'U', 'S', 'V', 'A', 'bad', 'warn', 'good'];
const grounds = ['paper', 'panel', 'raised', 'accent-soft'];
const pairs = [
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['bad', 'bad-soft'],
  ['ink', 'bad-soft'],
  ['ink-2', 'bad-soft'],
  ['warn', 'warn-soft'],
  ['good', 'good-soft'],
  ['ink-2', 'hover'],
  ['ink-3', 'hover'],
] as const;

describe.each(['light', 'dark'] as const)('tokens of the %s theme', (theme) => {
  const tokens = themes[theme];
  const rgb = (name: string): Rgb => {
    const value = tokens.get(name);
    if (value === undefined) throw new Error(`no --${name} in the ${theme} theme`);
    return value;
  };

  it.each(
    texts
      .flatMap((text) => grounds.map((ground) => [text, ground] as const))
      .concat(pairs.map(([a, b]) => [a, b] as const)),
  )('--%s reads on --%s', (text, ground) => {
    expect(contrast(rgb(text), rgb(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it('defines every colour of the other theme', () => {
    const other = themes[theme === 'light' ? 'dark' : 'light'];
    expect([...tokens.keys()].sort()).toEqual([...other.keys()].sort());
  });
});
