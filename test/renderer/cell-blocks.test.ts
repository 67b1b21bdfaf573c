import { describe, expect, it } from 'vitest';
import type { Region } from '#shared/contract.ts';
import { CellBlocks } from '#renderer/grid/cell-blocks.ts';

/** A compute process that answers when told to. */
function stage(rows: number, columns: number) {
  const asked: { region: Region; answer: (version: number, shift?: number) => void; fail: () => void }[] = [];
  let arrivals = 0;
  const errors: unknown[] = [];
  const blocks = new CellBlocks(
    { rows, columns },
    1,
    ({ region }) =>
      new Promise((resolve, reject) => {
        asked.push({
          region,
          answer: (version, shift = 0) => {
            const width = region.col1 - region.col0;
            const values = new Float64Array(width * (region.row1 - region.row0)).map(
              (_, i) => (region.row0 + Math.floor(i / width)) * 1000 + region.col0 + (i % width) + shift,
            );
            resolve({ version, values, imag: null, text: null });
          },
          fail: () => reject(new Error('no')),
        });
      }),
    () => arrivals++,
    (error) => errors.push(error),
  );
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { blocks, asked, settle, errors, arrivals: () => arrivals };
}

describe('cell blocks', () => {
  it('asks for what is in sight in one piece, then for what comes next', async () => {
    const { blocks, asked, settle } = stage(1_000_000, 50);
    blocks.see({ row0: 100, row1: 135, col0: 10, col1: 22 });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.region).toEqual({ row0: 64, row1: 192, col0: 0, col1: 32 });
    expect(blocks.cell(100, 10)).toBeNull();
    asked[0]?.answer(1);
    await settle();
    expect(blocks.cell(100, 10)?.value).toBe(100_010);
    expect(blocks.has({ row0: 100, row1: 135, col0: 10, col1: 22 })).toBe(true);
    expect(asked[1]?.region.row0).toBe(192);
  });

  it('stays within the matrix at its last rows and columns', async () => {
    const { blocks, asked, settle } = stage(70, 17);
    blocks.see({ row0: 60, row1: 70, col0: 10, col1: 17 });
    expect(asked[0]?.region).toEqual({ row0: 0, row1: 70, col0: 0, col1: 17 });
    asked[0]?.answer(1);
    await settle();
    expect(blocks.cell(69, 16)?.value).toBe(69_016);
    expect(asked).toHaveLength(1);
  });

  it('scrolling on before the answer came asks only for the last place, two at a time', async () => {
    const { blocks, asked, settle } = stage(1_000_000, 10);
    for (let row = 0; row < 100_000; row += 1000) blocks.see({ row0: row, row1: row + 30, col0: 0, col1: 10 });
    expect(asked).toHaveLength(2);
    asked[0]?.answer(1);
    await settle();
    expect(asked[2]?.region.row0).toBe(Math.floor(99_000 / 64) * 64);
  });

  it('shows the old values until the new version is here, and never goes back', async () => {
    const { blocks, asked, settle } = stage(40, 10);
    blocks.see({ row0: 0, row1: 40, col0: 0, col1: 10 });
    asked[0]?.answer(1);
    await settle();
    blocks.setVersion(2);
    expect(blocks.cell(3, 4)?.value).toBe(3004);
    asked[1]?.answer(2, 0.5);
    await settle();
    expect(blocks.cell(3, 4)?.value).toBe(3004.5);
    blocks.setVersion(3);
    asked[2]?.answer(1);
    await settle();
    expect(blocks.cell(3, 4)?.value).toBe(3004.5);
  });

  it('does not ask again for a version that arrived before it was announced', async () => {
    const { blocks, asked, settle } = stage(40, 10);
    blocks.see({ row0: 0, row1: 40, col0: 0, col1: 10 });
    asked[0]?.answer(2);
    await settle();
    blocks.setVersion(2);
    expect(asked).toHaveLength(1);
  });

  it('reports a failure once and waits before it tries again', async () => {
    const { blocks, asked, settle, errors } = stage(40, 10);
    blocks.see({ row0: 0, row1: 40, col0: 0, col1: 10 });
    asked[0]?.fail();
    await settle();
    expect(errors).toHaveLength(1);
    blocks.see({ row0: 0, row1: 40, col0: 0, col1: 10 });
    expect(asked).toHaveLength(1);
  });

  it('forgets what is far away, not what is in sight', async () => {
    const { blocks, asked, settle } = stage(1_000_000, 10);
    for (let row = 0; row < 300_000; row += 64) {
      blocks.see({ row0: row, row1: row + 30, col0: 0, col1: 10 });
      while (asked.length > 0) asked.shift()?.answer(1);
      await settle();
    }
    expect(blocks.cell(0, 0)).toBeNull();
    expect(blocks.cell(299_968, 0)?.value).toBe(299_968_000);
  }, 60_000);
});
