/** The ways to look at a variable, in the order of their tabs. Each is loaded when it is first looked at. */
import type { Component } from 'svelte';
import type { Variable } from '#shared/contract.ts';

export type ViewComponent = Component<{ variable: Variable }>;

export interface View {
  id: string;
  title: string;
  component: () => Promise<ViewComponent>;
  applies: (variable: Variable) => boolean;
}

const files = import.meta.glob<{ default: ViewComponent }>('./views/*View.svelte');

const listed: { id: string; title: string; file: string; applies: (variable: Variable) => boolean }[] = [
  { id: 'grid', title: 'Grid', file: 'GridView', applies: () => true },
  { id: 'heat-map', title: 'Heat map', file: 'HeatMapView', applies: () => true },
  { id: 'image', title: 'Image', file: 'ImageView', applies: (variable) => variable.kind === 'image' },
  { id: 'factor', title: 'Factor', file: 'FactorView', applies: (variable) => variable.shape.length <= 2 },
];

export const views: readonly View[] = listed.flatMap(({ file, ...view }) => {
  const load = files[`./views/${file}.svelte`];
  return load === undefined ? [] : [{ ...view, component: async () => (await load()).default }];
});

export const viewsOf = (variable: Variable): View[] => views.filter((view) => view.applies(variable));

/** What a variable is looked at with first: a picture as a picture, numbers as numbers. */
export const naturalView = (variable: Variable): string => (variable.kind === 'image' ? 'image' : 'grid');
