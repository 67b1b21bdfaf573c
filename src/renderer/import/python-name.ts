/** Names that Python takes for a variable, for everything that gets one here. */

const keywords = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);

/** True for what Python accepts on the left of `=`. */
export const isPythonName = (name: string): boolean =>
  /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*$/u.test(name) && !keywords.has(name);

/** What is wrong with a name, for the field it is typed in; null when nothing is. */
export function nameProblem(name: string, taken: readonly string[]): string | null {
  if (name === '') return 'A variable needs a name';
  if (keywords.has(name)) return `${name} is a word of Python's own`;
  if (/^\d/.test(name)) return 'A name cannot begin with a digit';
  if (!isPythonName(name)) return 'Letters, digits and _ make a name';
  if (taken.includes(name)) return `The name ${name} is taken`;
  return null;
}

/** A free name near a wish: letters and digits of it, with a number behind when it is taken. */
export function freeName(wish: string, taken: readonly string[], otherwise = 'table'): string {
  let name = wish
    .normalize('NFC')
    .replace(/[^\p{L}\p{Nd}_]+/gu, '_')
    .replace(/^_+|_+$/g, '');
  if (name === '') name = otherwise;
  if (/^\d/.test(name)) name = `_${name}`;
  if (keywords.has(name)) name = `${name}_`;
  if (!taken.includes(name)) return name;
  const stem = /\d$/.test(name) ? `${name}_` : name;
  for (let n = 2; ; n++) if (!taken.includes(`${stem}${n}`)) return `${stem}${n}`;
}

/** The name a file suggests: iris.csv gives iris. */
export const nameOfFile = (file: string, taken: readonly string[]): string =>
  freeName(file.replace(/\.[^.]*$/, ''), taken);
