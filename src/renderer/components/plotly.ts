/** Plotly, loaded with the first chart: the build with every flat chart and without WebGL, which would need eval. */
import type * as PlotlyLibrary from 'plotly.js';

export type Plotly = typeof PlotlyLibrary;
let loading: Promise<Plotly> | null = null;

export function loadPlotly(): Promise<Plotly> {
  loading ??= import('plotly.js-cartesian-dist-min').then((loaded) => loaded.default);
  return loading;
}
