/** Numbers as sentences and cards write them. */

/** A share as a percentage with as many nines as it takes not to claim all of it: "99.84 %", "99.99997 %". */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return 'not known';
  if (share >= 1) return '100 %';
  if (share <= 0) return '0 %';
  const missing = 1 - share;
  if (missing < 1e-13) return '100 %';
  if (share < 0.001) return `${significant(share * 100, 2)} %`;
  const places = missing < 0.1 ? Math.min(6, Math.max(2, 1 - Math.floor(Math.log10(missing * 100)))) : 1;
  return `${(Math.floor(share * 100 * 10 ** places + 1e-6) / 10 ** places).toFixed(places).replace(/(\.\d\d\d*?)0+$/, '$1')} %`;
}

/** A ratio that may pass 100 %: "13.4 %", "151 %", "0.82 %". */
export function ratioPercent(ratio: number): string {
  const value = ratio * 100;
  return `${value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : significant(value, 2)} %`;
}

/** `digits` significant digits, in scientific form only where plain digits would be long: "0.040", "7.1e-16". */
export function significant(value: number, digits: number): string {
  if (value === 0) return '0';
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-3) return value.toExponential(digits - 1).replace('e+', 'e');
  return value.toPrecision(digits).includes('e') ? String(Math.round(value)) : value.toPrecision(digits);
}

/** "18 × 12" */
export function dimensions(shape: readonly number[]): string {
  return shape.length === 1 ? `${shape[0]} × 1` : shape.join(' × ');
}

/** A time for people: "40 ms", "3.2 s", "2 min". */
export function duration(ms: number): string {
  if (ms < 1) return 'under 1 ms';
  if (ms < 995) return `${Math.round(ms)} ms`;
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < 90_000) return `${Math.round(ms / 1000)} s`;
  return `${Math.round(ms / 60_000)} min`;
}

/** "one", "two" … "ten", then digits: for counts inside sentences. */
export function counted(count: number): string {
  const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
  return words[count] ?? String(count);
}

/** The same text whose percent signs stay on the line of their numbers. */
export const unbroken = (text: string): string => text.replace(/(\d) %/g, '$1\u00a0%');
