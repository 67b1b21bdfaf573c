/** Texts of Python as strings, and strings as texts in CPython's memory. */
import type { PythonApi } from './python-api.ts';

/** Letters of a word that are read one by one. */
const shortWord = 32;

export class Words {
  private readonly api: PythonApi;
  private readonly names = new Map<number, string>();

  constructor(api: PythonApi) {
    this.api = api;
  }

  /** A constant of our own Python code, which lives as long as the interpreter. */
  word(object: number): string {
    let found = this.names.get(object);
    if (found === undefined) {
      found = this.read(object);
      this.names.set(object, found);
      this.api._Py_IncRef(object);
    }
    return found;
  }

  /** A text of Python. */
  read(object: number): string {
    const from = this.api._PyUnicode_AsUTF8(object);
    const { HEAPU8 } = this.api;
    let to = from;
    let text = '';
    for (; HEAPU8[to] !== 0; to++) {
      if (HEAPU8[to] > 127 || to - from > shortWord) return this.decode(from);
      text += String.fromCharCode(HEAPU8[to]);
    }
    return text;
  }

  private decode(from: number): string {
    const { HEAPU8 } = this.api;
    return new TextDecoder().decode(HEAPU8.slice(from, HEAPU8.indexOf(0, from)));
  }

  /** The address of a text in CPython's memory, ended by a zero; it is the caller's to free. */
  text(value: string): number {
    const bytes = new TextEncoder().encode(value);
    const at = this.api._malloc(bytes.length + 1);
    this.api.HEAPU8.set(bytes, at);
    this.api.HEAPU8[at + bytes.length] = 0;
    return at;
  }
}
