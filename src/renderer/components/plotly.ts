/**
 * Plotly, loaded with the first chart: the build with every flat chart and without WebGL; and, with the first plot in
 * space, the one that draws those. Neither needs eval.
 */
import type * as PlotlyLibrary from 'plotly.js';

export type Plotly = typeof PlotlyLibrary;
let flat: Promise<Plotly> | null = null;
let spatial: Promise<Plotly> | null = null;

export function loadPlotly(): Promise<Plotly> {
  flat ??= import('plotly.js-cartesian-dist-min').then((loaded) => loaded.default);
  return flat;
}

export function loadSpatialPlotly(): Promise<Plotly> {
  spatial ??= import('plotly.js-gl3d-dist-min').then((loaded) => loaded.default);
  return spatial;
}

let webgl: boolean | null = null;

/** Whether plots in space can be drawn: by the graphics of this machine, or by the browser in their place. */
export function hasWebGL(): boolean {
  if (webgl === null) {
    const context = document.createElement('canvas').getContext('webgl');
    webgl = context !== null;
    context?.getExtension('WEBGL_lose_context')?.loseContext();
  }
  return webgl;
}
