/** Sizes of the panels, which of them are folded, and the tab each kind of variable was last looked at with. */
import type { Variable } from '#shared/contract.ts';
import { naturalView, viewsOf } from '../views.ts';
import { store, stored } from './stored.ts';

type Panel = 'workspace' | 'inspector';

/** Below these widths of the window a panel is folded unless the person unfolds it. */
const foldBelow: Record<Panel, number> = { workspace: 900, inspector: 1100 };
export type Sized = Panel | 'code' | 'console';
const limits: Record<Sized, [number, number]> = {
  workspace: [180, 420],
  inspector: [220, 460],
  code: [40, 480],
  console: [96, 700],
};
const defaults: Record<Sized, number> = { workspace: 248, inspector: 284, code: 110, console: 220 };

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
const isRecord = (value: unknown): value is Record<string, string> => typeof value === 'object' && value !== null;
const clamp = (value: number, [low, high]: [number, number]) => Math.min(high, Math.max(low, value));
const size = (name: Sized) => clamp(stored(`size.${name}`, defaults[name], isNumber), limits[name]);

class Layout {
  windowWidth = $state(globalThis.innerWidth ?? 1440);
  #sizes = $state({
    workspace: size('workspace'),
    inspector: size('inspector'),
    code: size('code'),
    console: size('console'),
  });
  /** What the person wants while the window has room; in a narrow one every panel starts folded. */
  #wide = $state({
    workspace: stored('open.workspace', true, isBoolean),
    inspector: stored('open.inspector', true, isBoolean),
  });
  #narrow = $state({ workspace: false, inspector: false });
  #tabs = $state.raw<Record<string, string>>(stored('tabs', {}, isRecord));

  isNarrow(panel: Panel): boolean {
    return this.windowWidth < foldBelow[panel];
  }

  isOpen(panel: Panel): boolean {
    return this.isNarrow(panel) ? this.#narrow[panel] : this.#wide[panel];
  }

  toggle(panel: Panel): void {
    const open = !this.isOpen(panel);
    if (!this.isNarrow(panel)) {
      this.#wide[panel] = open;
      store(`open.${panel}`, open);
      return;
    }
    this.#narrow[panel] = open;
    // Two panels would leave nothing between them.
    if (open && this.windowWidth < foldBelow.workspace)
      this.#narrow[panel === 'workspace' ? 'inspector' : 'workspace'] = false;
  }

  size(name: Sized): number {
    return this.#sizes[name];
  }

  limits(name: Sized): [number, number] {
    return limits[name];
  }

  resize(name: Sized, pixels: number): void {
    this.#sizes[name] = Math.round(clamp(pixels, limits[name]));
    store(`size.${name}`, this.#sizes[name]);
  }

  /** Back to the size it came with. */
  resetSize(name: Sized): void {
    this.resize(name, defaults[name]);
  }

  /** The id of the view a variable shows: the last one chosen for its kind, if it applies. */
  viewFor(variable: Variable): string {
    const ids = viewsOf(variable).map((view) => view.id);
    const wanted = this.#tabs[variable.kind] ?? naturalView(variable);
    return ids.includes(wanted) ? wanted : (ids.find((id) => id === naturalView(variable)) ?? ids[0] ?? '');
  }

  showView(variable: Variable, view: string): void {
    this.#tabs = { ...this.#tabs, [variable.kind]: view };
    store('tabs', this.#tabs);
  }
}

export const layout = new Layout();
