import { describe, expect, it } from 'vitest';
import { themed, type FigureColours } from '#renderer/notebook/figure.ts';

const colours: FigureColours = {
  ink: '#111',
  quiet: '#666',
  line: '#ddd',
  panel: '#fff',
  strong: '#ccc',
  face: 'Inter',
  series: ['#00f'],
};
const ticksOf = (y: number[], axis: Record<string, string> = { type: 'log' }) =>
  themed({ data: [{ type: 'scatter', y }], layout: { yaxis: axis } }, colours, 600, 400).layout.yaxis?.nticks;

describe('a logarithmic axis', () => {
  it('asks for whole decades where it spans several', () => {
    expect(ticksOf([1e4, 1, 0.1])).toBe(6);
    expect(ticksOf([1e20, 1])).toBe(10);
  });
  it('is left to Plotly where it spans little, is linear, or shows nothing', () => {
    expect(ticksOf([1, 2, 5])).toBeUndefined();
    expect(ticksOf([1e4, 1], {})).toBeUndefined();
    expect(ticksOf([0, -1])).toBeUndefined();
  });
});
