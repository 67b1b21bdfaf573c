import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colourMap } from '#renderer/colour-map.ts';
import { ticksOf } from '#renderer/heat-map/map-axes.ts';
import {
  cellAt,
  clampView,
  fit,
  oneToOne,
  panBy,
  revealCell,
  showsAll,
  zoomAt,
  type MapSize,
} from '#renderer/heat-map/map-view.ts';
import { coarser, levelOf, regionOfTile, tileSide, tilesInSight, topLevel } from '#renderer/heat-map/pyramid.ts';
import { mapScale, percentile, samplingSentence, valuesSentence } from '#renderer/heat-map/value-limits.ts';

const size = (rows: number, columns: number, width = 800, height = 600): MapSize => ({ rows, columns, width, height });

describe('the view of a heat map', () => {
  it.each([
    [300, 300],
    [18, 12],
    [10_000, 10_000],
    [1_000_000, 50],
    [1, 1],
    [1, 5000],
    [150, 4],
  ])('%s × %s fits whole and centred', (rows, columns) => {
    const whole = size(rows, columns);
    const view = fit(whole);
    expect(showsAll(view, whole)).toBe(true);
    expect(view.x + whole.width / view.sx / 2).toBeCloseTo(columns / 2, 6);
    expect(view.y + whole.height / view.sy / 2).toBeCloseTo(rows / 2, 6);
    expect(view.sx * columns).toBeGreaterThan(20);
    expect(view.sy * rows).toBeGreaterThan(20);
  });

  it('zooming keeps the cell under the pointer', () => {
    const whole = size(5000, 4000);
    const before = fit(whole);
    const [px, py] = [500, 220];
    const after = zoomAt(before, whole, 3, px, py);
    expect(after.sx).toBeCloseTo(before.sx * 3, 9);
    expect(cellAt(after, whole, px, py)).toEqual(cellAt(before, whole, px, py));
  });

  it('zooming out ends at the whole, and panning at the edge', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 1, max: 100_000 }),
        fc.array(
          fc.tuple(
            fc.double({ min: 0.2, max: 5, noNaN: true }),
            fc.nat(800),
            fc.nat(600),
            fc.integer({ min: -900, max: 900 }),
          ),
          { maxLength: 20 },
        ),
        (rows, columns, moves) => {
          const whole = size(rows, columns);
          let view = fit(whole);
          for (const [factor, px, py, by] of moves) {
            view = panBy(zoomAt(view, whole, factor, px, py), whole, by, -by);
            expect(clampView(view, whole)).toEqual(view);
            const spanX = whole.width / view.sx;
            if (spanX < columns) {
              expect(view.x).toBeGreaterThanOrEqual(0);
              expect(view.x + spanX).toBeLessThanOrEqual(columns + 1e-6);
            }
          }
          view = zoomAt(view, whole, 1e-9, 400, 300);
          expect(showsAll(view, whole)).toBe(true);
        },
      ),
    );
  });

  it('shows one cell per pixel, and brings a cell into sight', () => {
    const whole = size(5000, 4000);
    const exact = oneToOne(fit(whole), whole);
    expect([exact.sx, exact.sy]).toEqual([1, 1]);
    const shown = revealCell(exact, whole, { row: 4999, column: 0 });
    expect(shown.x).toBe(0);
    expect(shown.y + 600).toBe(5000);
    expect(cellAt(shown, whole, -1, 10)).toBeNull();
  });
});

describe('tiles', () => {
  it('of a level are as dense as the screen or denser', () => {
    const whole = size(10_000, 10_000);
    const view = fit(whole);
    const level = levelOf(view, 2);
    expect(2 ** level.ly * view.sy * 2).toBeLessThanOrEqual(1);
    expect(2 ** (level.ly + 1) * view.sy * 2).toBeGreaterThan(1);
    expect(levelOf({ x: 0, y: 0, sx: 20, sy: 20 }, 1)).toEqual({ lx: 0, ly: 0 });
  });

  it('cover what is in sight without gaps, and the top one everything', () => {
    const whole = size(10_000, 3000);
    const view = zoomAt(fit(whole), whole, 5, 100, 100);
    const level = levelOf(view, 1);
    const tiles = tilesInSight(view, whole, level);
    const area = tiles.reduce((sum, at) => {
      const { region } = regionOfTile(at, whole);
      return sum + (region.row1 - region.row0) * (region.col1 - region.col0);
    }, 0);
    expect(area).toBeGreaterThanOrEqual(((whole.width / view.sx) * whole.height) / view.sy - 1);
    const top = topLevel(whole);
    expect(regionOfTile({ ...top, tx: 0, ty: 0 }, whole).region).toEqual({
      row0: 0,
      row1: 10_000,
      col0: 0,
      col1: 3000,
    });
    expect(regionOfTile({ ...top, tx: 0, ty: 0 }, whole).height).toBeLessThanOrEqual(tileSide);
  });

  it('have coarser ones above them that contain them', () => {
    const whole = size(100_000, 40);
    const top = topLevel(whole);
    const at = { lx: 0, ly: 2, tx: 0, ty: 63 };
    const inner = regionOfTile(at, whole).region;
    const above = coarser(at, top);
    expect(above.length).toBeGreaterThan(0);
    for (const each of above) {
      const outer = regionOfTile(each, whole).region;
      expect(outer.row0).toBeLessThanOrEqual(inner.row0);
      expect(outer.row1).toBeGreaterThanOrEqual(inner.row1);
    }
    expect(above.at(-1)).toEqual({ ...top, tx: 0, ty: 0 });
  });
});

describe('limits and sentences', () => {
  const range = { version: 1, min: -2, max: 5, absmax: 5, nan: 0, inf: 0, exact: true };

  it('diverging limits are symmetric, clipped ones leave outliers out', () => {
    const values = Float32Array.from({ length: 1001 }, (_, i) => (i === 1000 ? 1e6 : i / 1000));
    const map = colourMap('sequential', 'light');
    const wide = { ...range, min: 0, max: 1e6, absmax: 1e6 };
    expect(mapScale(map, wide, values, 100, 'linear').high).toBe(1e6);
    expect(mapScale(map, wide, values, 99, 'linear').high).toBeLessThan(1.1);
    const signed = mapScale(colourMap('diverging', 'light'), range, null, 100, 'linear');
    expect([signed.low, signed.high]).toEqual([-5, 5]);
  });

  it('percentiles pass over nan and infinities', () => {
    expect(percentile(Float32Array.from([NaN, 1, 3, Infinity, 2]), 50)).toBe(2);
    expect(percentile(Float32Array.from([NaN]), 50)).toBeNaN();
  });

  it('says only what is true', () => {
    expect(valuesSentence(range, null)).toBe('Values of both signs, from −2 to 5.');
    expect(valuesSentence({ ...range, min: 0 }, 0.25)).toBe('Values from 0 to 5; 25 % are zero.');
    expect(valuesSentence({ ...range, nan: 1, inf: 2 }, 0)).toBe(
      'Values of both signs, from −2 to 5; 1 is nan; 2 are infinite.',
    );
    expect(valuesSentence({ ...range, min: 3, max: 3 }, 0)).toBe('Every value is 3.');
    expect(valuesSentence({ ...range, min: NaN, max: NaN, nan: 4 }, null)).toBe('No finite values; 4 are nan.');
    expect(valuesSentence({ ...range, exact: false }, null)).toContain('looked at so far');
    expect(samplingSentence(0.2, 1, 'mean')).toBeNull();
    expect(samplingSentence(8, 4, 'mean')).toBe('Each dot is the mean of 4 × 8 cells');
  });

  it('ticks stand in round numbers and apart', () => {
    const ticks = ticksOf(0, 0.06, 600, 10_000, 22, String);
    expect(ticks.slice(0, 3).map((tick) => tick.text)).toEqual(['0', '500', '1000']);
    for (let i = 1; i < ticks.length; i++) {
      expect((ticks[i] as { at: number }).at - (ticks[i - 1] as { at: number }).at).toBeGreaterThanOrEqual(22);
    }
    expect(ticksOf(0, 60, 240, 4, 22, String).map((tick) => tick.at)).toEqual([30, 90, 150, 210]);
  });
});
