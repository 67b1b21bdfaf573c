/** Small values that outlive the page, in localStorage. What cannot be read or no longer fits is as if never stored. */

const prefix = 'eigenscope.';

/**
 * Reads a stored value if `fits` accepts it, otherwise gives `otherwise`.
 * @example
 * const base = stored('index-base', 0, (v): v is 0 | 1 => v === 0 || v === 1);
 */
export function stored<T>(key: string, otherwise: T, fits: (value: unknown) => value is T): T {
  try {
    const text = localStorage.getItem(prefix + key);
    if (text === null) return otherwise;
    const value: unknown = JSON.parse(text);
    return fits(value) ? value : otherwise;
  } catch {
    return otherwise;
  }
}

/** Keys of what is pleasant to have again and may be much: in a full store they make room. */
const dispensable = `${prefix}console.`;

/** Stores a value as JSON; a store that is forbidden, or full all the same, is not worth a word. */
export function store(key: string, value: unknown): void {
  const put = () => localStorage.setItem(prefix + key, JSON.stringify(value));
  try {
    put();
  } catch {
    // Private windows may forbid it; the value then lives as long as the page.
    try {
      for (const other of Object.keys(localStorage)) {
        if (other.startsWith(dispensable) && other !== prefix + key) localStorage.removeItem(other);
      }
      put();
    } catch {
      return;
    }
  }
}

/** Calls back when another window stored a value. */
export function onStored(key: () => string, callback: () => void): void {
  addEventListener('storage', (event) => {
    if (event.key === prefix + key()) callback();
  });
}

/** A check for `stored`: one of a few literals. */
export function oneOf<const T extends string | number | boolean>(...values: T[]): (value: unknown) => value is T {
  return (value): value is T => values.some((v) => v === value);
}
