import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isSceneName, scene } from '#worker/sample-scenes.ts';

interface Entry {
  name: string;
  title: string;
  kind: string;
  about: string;
  source: string;
  shape: number[];
  file?: string;
  header?: boolean;
  scene?: { name: string; width: number; height: number };
}

const folder = new URL('../../samples/', import.meta.url);
const index = JSON.parse(readFileSync(new URL('index.json', folder), 'utf8')) as Entry[];

/** Rank over the integers modulo a large prime: exact, and never above the true rank. */
function rankModulo(rows: number[][], prime: number): number {
  const work = rows.map((row) => row.map((value) => BigInt(value)));
  const p = BigInt(prime);
  const inverse = (a: bigint): bigint => {
    let result = 1n;
    for (let base = a % p, e = p - 2n; e > 0n; e >>= 1n, base = (base * base) % p) {
      if (e & 1n) result = (result * base) % p;
    }
    return result;
  };
  let rank = 0;
  for (let column = 0; column < (work[0]?.length ?? 0) && rank < work.length; column += 1) {
    const pivot = work.findIndex((row, i) => i >= rank && row[column] !== 0n);
    if (pivot < 0) continue;
    [work[rank], work[pivot]] = [work[pivot], work[rank]];
    const top = work[rank];
    const by = inverse(top[column]);
    for (let i = rank + 1; i < work.length; i += 1) {
      const row = work[i];
      const factor = (row[column] * by) % p;
      if (factor === 0n) continue;
      for (let j = column; j < row.length; j += 1) row[j] = (((row[j] - factor * top[j]) % p) + p) % p;
    }
    rank += 1;
  }
  return rank;
}

describe('generated pictures', () => {
  it.each(['valley', 'studio', 'plaid'] as const)('%s is the same picture every time, and no flat field', (name) => {
    const first = scene(name, 180, 120);
    expect(first).toHaveLength(180 * 120 * 3);
    const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
    expect(digest(scene(name, 180, 120))).toBe(digest(first));
    expect(new Set(first).size).toBeGreaterThan(name === 'plaid' ? 20 : 150);
  });

  it('weaves a plaid of rank 6 exactly, in every channel', () => {
    const width = 240;
    const height = 180;
    const rgb = scene('plaid', width, height);
    for (const channel of [0, 1, 2]) {
      const rows = Array.from({ length: height }, (_, y) =>
        Array.from({ length: width }, (_unused, x) => rgb[3 * (y * width + x) + channel]),
      );
      expect(rankModulo(rows, 2_147_483_647)).toBe(6);
    }
  });

  it('knows its names', () => {
    expect(isSceneName('valley')).toBe(true);
    expect(isSceneName('toString')).toBe(false);
  });
});

describe('samples/index.json', () => {
  it.each(index.map((entry) => [entry.name, entry] as const))('%s says what it holds', (_name, entry) => {
    expect(entry.title).not.toBe('');
    expect(entry.about.endsWith('.')).toBe(true);
    expect(entry.source).not.toBe('');
    if (entry.scene !== undefined) {
      expect(isSceneName(entry.scene.name)).toBe(true);
      expect(entry.shape).toEqual([entry.scene.height, entry.scene.width, 3]);
      return;
    }
    const path = new URL(entry.file!, folder);
    expect(existsSync(path)).toBe(true);
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    const rows = lines.slice(entry.header ? 1 : 0).map((line) => line.split(','));
    expect([rows.length, lines[0].split(',').length]).toEqual(entry.shape);
    for (const row of rows) {
      expect(row).toHaveLength(entry.shape[1]);
      expect(row.every((cell) => cell !== '' && Number.isFinite(Number(cell)))).toBe(true);
    }
  });

  it('names each sample once', () => {
    expect(new Set(index.map(({ name }) => name)).size).toBe(index.length);
  });
});
