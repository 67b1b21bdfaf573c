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

describe('on a dark page', () => {
  const dark = { ...colours, ink: '#eee', panel: '#181820' };
  const drawn = themed(
    {
      data: [
        { type: 'scatter', line: { color: '#000000' } },
        { type: 'scatter', fill: 'toself', fillcolor: 'rgb(68, 1, 84)', line: { color: 'rgb(68, 1, 84)', width: 0.6 } },
      ],
      layout: {
        annotations: [
          { text: 'on paper', font: { color: 'black' } },
          { text: 'on wheat', font: { color: 'black' }, bgcolor: 'rgba(245, 222, 179, 0.5)' },
        ],
        shapes: [{ type: 'rect', name: 'page', fillcolor: '#ffffff', line: { width: 0 } }],
        legend2: { borderwidth: 1 },
        legend3: { borderwidth: 0 },
      },
    },
    dark,
    600,
    400,
  );

  it('black ink is the ink of the page, but not on grounds of its own, nor between areas that meet', () => {
    expect(drawn.data).toMatchObject([
      { line: { color: 'rgba(238, 238, 238, 1)' } },
      { line: { color: 'rgb(68, 1, 84)' } },
    ]);
    expect(drawn.layout.annotations).toMatchObject([
      { font: { color: 'rgba(238, 238, 238, 1)' } },
      { font: { color: 'black' } },
    ]);
  });
  it('every legend and what hides other plots has the ground of the page, a legend without a frame none', () => {
    expect(drawn.layout).toMatchObject({
      shapes: [{ fillcolor: '#181820' }],
      legend: { bgcolor: '#181820' },
      legend2: { bgcolor: '#181820' },
      legend3: { bgcolor: 'rgba(0,0,0,0)' },
    });
  });
});
