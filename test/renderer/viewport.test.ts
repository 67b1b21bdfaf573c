import { describe, expect, it } from 'vitest';
import {
  clampViewport,
  fitted,
  fitScale,
  stageSize,
  targetSize,
  visibleRegion,
  zoomedAt,
} from '#renderer/image/viewport.ts';
import { lengthsFor, strengthening } from '#renderer/factor/equation-layout.ts';

const picture = { width: 4000, height: 3000 };
const room = { width: 800, height: 450 };

describe('the stage', () => {
  it('fits the whole picture', () => {
    const view = fitted(picture, room);
    expect(view.scale).toBeCloseTo(0.15);
    expect(stageSize(picture, room, view.scale)).toEqual({ width: 600, height: 450 });
    const stage = stageSize(picture, room, view.scale);
    expect(visibleRegion(view, picture, stage)).toEqual({ row0: 0, row1: 3000, col0: 0, col1: 4000 });
    expect(targetSize(visibleRegion(view, picture, stage), view.scale, 2)).toEqual({ width: 1200, height: 900 });
  });

  it('enlarges a small picture no more than eight times', () => {
    expect(fitScale({ width: 10, height: 10 }, room)).toBe(8);
  });

  it('never asks for more pixels than there are', () => {
    const region = { row0: 10, row1: 30, col0: 0, col1: 15 };
    expect(targetSize(region, 16, 2)).toEqual({ width: 15, height: 20 });
  });

  it('keeps the point under the pointer when it zooms', () => {
    let view = zoomedAt(fitted(picture, room), picture, room, { px: 400, py: 225 }, 1);
    const at = { px: 500, py: 200 };
    const point = (v: typeof view) => {
      const stage = stageSize(picture, room, v.scale);
      return [
        v.x + (at.px - (room.width - stage.width) / 2) / v.scale,
        v.y + (at.py - (room.height - stage.height) / 2) / v.scale,
      ];
    };
    const [x, y] = point(view) as [number, number];
    for (const factor of [1.3, 2, 4, 0.7]) {
      view = zoomedAt(view, picture, room, at, view.scale * factor);
      const [nx, ny] = point(view) as [number, number];
      expect(nx).toBeCloseTo(x, 6);
      expect(ny).toBeCloseTo(y, 6);
    }
  });

  it('does not leave the picture', () => {
    const view = clampViewport({ scale: 1, x: -50, y: 9999 }, picture, room);
    expect(view).toEqual({ scale: 1, x: 0, y: 3000 - 450 });
    expect(clampViewport({ scale: 0.001, x: 0, y: 0 }, picture, room).scale).toBeCloseTo(0.15);
  });
});

describe('lengths of an equation', () => {
  const space = { width: 600, height: 200, columns: 3, ranks: 2 };

  it('gives whole pixels per cell where cells are seen', () => {
    const { m, n, r } = lengthsFor(18, 12, space);
    expect(m % 18).toBe(0);
    expect(n).toBe(r);
    expect(n / 12).toBe(m / 18);
    expect(m).toBeLessThanOrEqual(200);
  });

  it.each([
    [150, 4],
    [4, 150],
    [1_000_000, 50],
    [3000, 3000],
    [1, 1],
  ])('fits %i × %i', (rows, columns) => {
    const { m, n, r } = lengthsFor(rows, columns, space);
    expect(3 * n + 2 * r).toBeLessThanOrEqual(602);
    expect(Math.max(m, r)).toBeLessThanOrEqual(201);
    expect(Math.min(m, n, r)).toBeGreaterThanOrEqual(16);
  });

  it('strengthens colours by powers of two', () => {
    expect(strengthening(8, 1)).toBe(8);
    expect(strengthening(8, 1.1)).toBe(4);
    expect(strengthening(8, 9)).toBe(1);
    expect(strengthening(8, 0)).toBe(1);
  });
});
