import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/notebook.ts';
import { answeringPoints, numbersOf, standIns, thinLine } from '#renderer/notebook/dense-traces.ts';

const bytes = (values: number[]): JsonObject => ({
  dtype: 'f8',
  bdata: Buffer.from(Float64Array.from(values).buffer).toString('base64'),
});
const scatter = (count: number, more: JsonObject = {}): JsonObject => ({
  type: 'scatter',
  mode: 'markers',
  x: bytes(Array.from({ length: count }, (_, at) => at)),
  y: bytes(Array.from({ length: count }, (_, at) => Math.sin(at))),
  ...more,
});

describe('numbers of a trace', () => {
  it('are read from lists and from bytes', () => {
    expect(Array.from(numbersOf(bytes([1, 2.5, NaN])) ?? [])).toEqual([1, 2.5, NaN]);
    expect(Array.from(numbersOf({ dtype: 'i4', bdata: 'AQAAAP////8=' }) ?? [])).toEqual([1, -1]);
    expect(numbersOf([1, null])).toEqual([1, null]);
  });
  it('are none where there are words, broken bytes, or a matrix', () => {
    for (const value of [['a'], { dtype: 'f8', bdata: '!' }, { dtype: 'c16', bdata: '' }, 7, undefined])
      expect(numbersOf(value)).toBeNull();
    expect(numbersOf({ dtype: 'f8', bdata: 'AAAA' })).toBeNull();
    expect(numbersOf({ ...bytes([1, 2]), shape: '1, 2' })).toBeNull();
  });
});

describe('a line of very many points', () => {
  const count = 100_000;
  const x = Float64Array.from({ length: count }, (_, at) => at);
  const y = Float64Array.from({ length: count }, (_, at) => Math.sin(at / 500) + (at === 70_001 ? 50 : 0));

  it('keeps its first, last, highest and lowest points of every column, and none that was not given', () => {
    const thin = thinLine(x, y, [0, count - 1], 400);
    expect(thin.x.length).toBeLessThanOrEqual(4 * 402);
    expect([thin.x[0], thin.x.at(-1)]).toEqual([0, count - 1]);
    expect(Math.max(...thin.y)).toBe(y[70_001]);
    expect(Math.min(...thin.y)).toBe(Math.min(...y));
    expect(Array.from(thin.x).every((at, place) => y[at] === thin.y[place])).toBe(true);
    expect(Array.from(thin.x)).toEqual(Array.from(thin.x).sort((a, b) => a - b));
  });
  it('is whole again where few of them are in sight', () => {
    const { x: kept } = thinLine(x, y, [5000, 5100], 400);
    expect(Array.from(kept).filter((at) => at >= 5000 && at <= 5100)).toHaveLength(101);
  });
  it('keeps its gaps', () => {
    const thin = thinLine([0, 1, 2, 3, 4], [1, null, null, 1, 2], [0, 4], 10);
    expect(Array.from(thin.y)).toEqual([1, NaN, 1, 2]);
  });
});

describe('stand-ins', () => {
  it('leave a figure of few points as it is', () => {
    const figure = { data: [scatter(500)], layout: {} };
    expect(standIns(figure).figure).toBe(figure);
  });
  it('answer the pointer, and have the key of the legend and the scale of colours, of painted points', () => {
    const marker = {
      color: bytes(Array.from({ length: 3000 }, (_, at) => at)),
      colorscale: [[0, '#000']],
      showscale: true,
    };
    const { figure, dense } = standIns({ data: [scatter(3000, { marker, name: 'a', showlegend: true })], layout: {} });
    expect(figure.data).toMatchObject([
      { mode: 'none', showlegend: false, legendgroup: 'dense-0' },
      { mode: 'markers', x: [null], showlegend: true, name: 'a', marker: { color: [0, 2999], showscale: true } },
    ]);
    expect(dense).toMatchObject([{ points: 0, line: null }]);
  });
  it('have a thinned line, and leave to Plotly what is not of numbers or has more to each point', () => {
    const { figure, dense } = standIns({ data: [scatter(30_000, { mode: 'lines' })], layout: {} });
    expect(dense).toMatchObject([{ line: 0, points: null }]);
    expect((figure.data[0]?.['x'] as unknown as Float64Array).length).toBeLessThan(7000);
    const { x: _, ...rest } = scatter(30_000, { mode: 'lines', x0: 5, dx: 2 });
    const counted = standIns({ data: [rest], layout: {} }).figure.data[0];
    const across = counted?.['x'] as unknown as Float64Array;
    expect([across[0], across.at(-1)]).toEqual([5, 60_003]);
    expect(counted).not.toHaveProperty('dx');
    const kept = [scatter(3000, { text: ['a'] }), scatter(3000, { marker: { symbol: 'asterisk' } })];
    expect(standIns({ data: kept, layout: {} }).dense).toEqual([]);
    expect(standIns({ data: [scatter(3000)], layout: { xaxis: { type: 'date' } } }).dense).toEqual([]);
  });
  it('of a million points answer with those in sight', () => {
    const [one] = standIns({ data: [scatter(200_000)], layout: {} }).dense;
    expect(answeringPoints(one, null).x.length).toBe(50_000);
    expect(Array.from(answeringPoints(one, { x: [10, 12], y: [-1, 1] }).x)).toEqual([10, 11, 12]);
  });
});
