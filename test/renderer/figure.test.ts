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

describe('several plots made smaller to fit', () => {
  const layout = {
    width: 900,
    margin: { t: 40 },
    xaxis: { title: { text: 'x' } },
    xaxis2: {},
    yaxis: {},
    yaxis2: {},
    annotations: [{ text: 'one', font: { size: 15 } }],
  };
  const at = (width: number, of: object = layout) =>
    themed({ data: [], layout: of as typeof layout }, colours, width, 400).layout;

  it('have smaller words and less room around them', () => {
    expect(at(675)).toMatchObject({
      font: { size: 9 },
      margin: { t: 30 },
      annotations: [{ font: { size: 11.25 } }],
      xaxis: { title: { standoff: 5 } },
    });
    expect(at(900)).toMatchObject({ font: { size: 12 }, annotations: [{ font: { size: 15 } }] });
  });
  it('is not what happens to a single one', () => {
    const { xaxis2: _x, yaxis2: _y, ...single } = layout;
    expect(at(675, single)).toMatchObject({ font: { size: 12 }, margin: { t: 40 } });
  });
});
