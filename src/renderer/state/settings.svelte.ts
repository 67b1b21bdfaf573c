/** What the person chose once and expects everywhere: theme, indexing, number format, colours of the grid. */
import type { Theme } from '#shared/shell.ts';
import type { NumberFormat } from '../number-format.ts';
import { oneOf, store, stored } from './stored.ts';

export type IndexBase = 0 | 1;
export type CellColours = 'diverging' | 'sequential' | 'pattern' | 'none';
/** `auto`: what the signs of the values ask for, until the person chooses. */
export type ColourChoice = CellColours | 'auto';

const formatKinds = ['auto', 'fixed', 'significant', 'scientific', 'fraction', 'full'];
function isNumberFormat(value: unknown): value is NumberFormat {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  const digits = 'digits' in value ? value.digits : undefined;
  const digitsFit = typeof digits === 'number' && Number.isInteger(digits) && digits >= 0 && digits <= 17;
  const needsDigits = ['fixed', 'significant', 'scientific'].includes(String(value.kind));
  return formatKinds.includes(String(value.kind)) && (!needsDigits || digitsFit);
}

class Settings {
  #theme = $state<Theme>(stored('theme', 'system', oneOf('system', 'light', 'dark')));
  #indexBase = $state<IndexBase>(stored('index-base', 0, oneOf(0, 1)));
  #numberFormat = $state.raw<NumberFormat>(stored('number-format', { kind: 'auto' }, isNumberFormat));
  #cellColours = $state<ColourChoice>(
    stored('cell-colours', 'auto', oneOf('auto', 'diverging', 'sequential', 'pattern', 'none')),
  );
  #systemIsDark = $state(false);

  constructor() {
    if (typeof matchMedia !== 'function') return;
    const query = matchMedia('(prefers-color-scheme: dark)');
    this.#systemIsDark = query.matches;
    query.addEventListener('change', (event) => {
      this.#systemIsDark = event.matches;
    });
  }

  get theme(): Theme {
    return this.#theme;
  }
  set theme(value: Theme) {
    this.#theme = value;
    store('theme', value);
  }

  /** The theme that shows now, with `system` resolved. */
  get shownTheme(): 'light' | 'dark' {
    if (this.#theme !== 'system') return this.#theme;
    return this.#systemIsDark ? 'dark' : 'light';
  }

  /** Number of the first row and column as shown; requests stay 0-based. */
  get indexBase(): IndexBase {
    return this.#indexBase;
  }
  set indexBase(value: IndexBase) {
    this.#indexBase = value;
    store('index-base', value);
  }

  get numberFormat(): NumberFormat {
    return this.#numberFormat;
  }
  set numberFormat(value: NumberFormat) {
    this.#numberFormat = value;
    store('number-format', value);
  }

  get cellColours(): ColourChoice {
    return this.#cellColours;
  }
  set cellColours(value: ColourChoice) {
    this.#cellColours = value;
    store('cell-colours', value);
  }
}

export const settings = new Settings();
