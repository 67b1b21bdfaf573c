import { AppError } from '#shared/errors.ts';
import type { Complex } from '../scalar.ts';

/** A typed number with the Python type it would have. */
export type Value =
  { kind: 'bool' | 'int'; value: bigint } | { kind: 'float'; value: number } | { kind: 'complex'; value: Complex };

const deepest = 100;

const constants: Readonly<Record<string, Value>> = {
  pi: { kind: 'float', value: Math.PI },
  π: { kind: 'float', value: Math.PI },
  tau: { kind: 'float', value: 2 * Math.PI },
  e: { kind: 'float', value: Math.E },
  inf: { kind: 'float', value: Infinity },
  infinity: { kind: 'float', value: Infinity },
  '∞': { kind: 'float', value: Infinity },
  nan: { kind: 'float', value: NaN },
  true: { kind: 'bool', value: 1n },
  false: { kind: 'bool', value: 0n },
  i: { kind: 'complex', value: { re: 0, im: 1 } },
  j: { kind: 'complex', value: { re: 0, im: 1 } },
};

const functions: Readonly<Record<string, (x: number) => number>> = {
  sqrt: Math.sqrt,
  exp: Math.exp,
  log: Math.log,
  ln: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  arcsin: Math.asin,
  arccos: Math.acos,
  arctan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  radians: (x) => (x * Math.PI) / 180,
  degrees: (x) => (x * 180) / Math.PI,
};

/** A cursor over what a person typed; knows lines and columns for its errors. */
export class Reader {
  readonly text: string;
  pos = 0;
  /** True where a tab ends a value, as in cells copied from a spreadsheet. */
  tabsSeparate = false;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  get ended(): boolean {
    return this.pos >= this.text.length;
  }

  peek(): string {
    return this.text[this.pos] ?? '';
  }

  /** Passes over blanks (not line ends); true if there were any. */
  skipBlanks(): boolean {
    const from = this.pos;
    while (isBlank(this.text[this.pos]) && !(this.tabsSeparate && this.peek() === '\t')) this.pos++;
    return this.pos > from;
  }

  /** The error for what stands at `at`. */
  error(expected: string, at = this.pos): AppError {
    const found = this.text.slice(at).match(/^[^\S\n]*([\p{L}\p{N}_.]+|\S)/u)?.[1];
    const what =
      found === undefined ? (at >= this.text.length ? 'the end' : 'the end of the line') : `"${found.slice(0, 40)}"`;
    return this.fault(`expected ${expected}, found ${what}`, at);
  }

  /** An error at a place, named by line and column (both from 1). */
  fault(message: string, at = this.pos, hint?: string): AppError {
    const before = this.text.slice(0, at);
    const line = before.split('\n').length;
    const column = at - (before.lastIndexOf('\n') + 1) + 1;
    return new AppError('parse', `Line ${line}, column ${column}: ${message}`, {
      argument: 'text',
      ...(hint === undefined ? {} : { hint }),
    });
  }

  /**
   * Reads one number or expression. Where blanks separate values, `1 -2` is two and `1 - 2` is one, as in MATLAB.
   */
  expression(blanksSeparate: boolean): Value {
    if (++this.depth > deepest) throw this.fault('too many nested parentheses');
    let left = this.term(blanksSeparate);
    for (;;) {
      const from = this.pos;
      const blank = this.skipBlanks();
      const sign = this.peek();
      if (!isPlus(sign) && !isMinus(sign)) {
        this.pos = from;
        break;
      }
      if (blanksSeparate && blank && !isBlank(this.text[this.pos + 1])) {
        this.pos = from;
        break;
      }
      this.pos++;
      const right = this.term(blanksSeparate);
      left = isPlus(sign) ? add(left, right, 1) : add(left, right, -1);
    }
    this.depth--;
    return left;
  }

  private term(blanksSeparate: boolean): Value {
    let left = this.factor(blanksSeparate);
    for (;;) {
      const from = this.pos;
      this.skipBlanks();
      const sign = this.peek();
      if (sign === '*' || sign === '×' || sign === '·') {
        this.pos++;
        left = multiply(left, this.factor(blanksSeparate));
      } else if (sign === '/') {
        const at = this.pos++;
        left = this.divide(left, this.factor(blanksSeparate), at);
      } else {
        this.pos = from;
        return left;
      }
    }
  }

  private factor(blanksSeparate: boolean): Value {
    this.skipBlanks();
    let negative = false;
    while (isPlus(this.peek()) || isMinus(this.peek())) {
      if (isMinus(this.peek())) negative = !negative;
      this.pos++;
      if (!blanksSeparate) this.skipBlanks();
    }
    const base = this.atom();
    const from = this.pos;
    if (!blanksSeparate) this.skipBlanks();
    let value = base;
    if (this.peek() === '^' || this.text.startsWith('**', this.pos)) {
      const at = this.pos;
      this.pos += this.peek() === '^' ? 1 : 2;
      if (++this.depth > deepest) throw this.fault('too many nested powers');
      const exponent = this.factor(blanksSeparate);
      this.depth--;
      value = this.power(base, exponent, at);
    } else {
      this.pos = from;
    }
    return negative ? negate(value) : value;
  }

  private atom(): Value {
    const at = this.pos;
    if (this.peek() === '(') {
      this.pos++;
      const value = this.expression(false);
      this.closeParenthesis(at);
      return value;
    }
    if (this.peek() === '√') {
      this.pos++;
      return this.call('sqrt', this.atom(), at);
    }
    const digits = /(?:0[xX][\da-fA-F]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+\-−]?\d+)?)/y;
    digits.lastIndex = at;
    const number = digits.exec(this.text)?.[0];
    if (number !== undefined) {
      this.pos += number.length;
      return this.suffixed(literal(number.replaceAll('_', '').replace('−', '-')), at);
    }
    const word = /(?:np\.|numpy\.|math\.)?([\p{L}∞][\p{L}\p{N}_]*)/uy;
    word.lastIndex = at;
    const match = word.exec(this.text);
    if (match === null) throw this.error('a number');
    const name = match[1].toLowerCase();
    this.pos += match[0].length;
    const constant = Object.hasOwn(constants, name) ? constants[name] : undefined;
    if (constant !== undefined && this.peek() !== '(') return constant;
    if (name === 'abs' || Object.hasOwn(functions, name)) {
      if (this.peek() !== '(') throw this.error(`"(" after ${match[1]}`);
      const open = this.pos++;
      const argument = this.expression(false);
      this.closeParenthesis(open);
      return this.call(name, argument, at);
    }
    this.pos = at;
    throw this.error('a number');
  }

  private closeParenthesis(open: number): void {
    this.skipBlanks();
    if (this.peek() !== ')') {
      if (this.ended || this.peek() === '\n') throw this.fault('this "(" is never closed', open);
      throw this.error('")"');
    }
    this.pos++;
  }

  /** A number followed by j or i is imaginary; one followed by other letters is a mistake. */
  private suffixed(value: Value, at: number): Value {
    const next = this.peek();
    if (next === 'j' || next === 'i' || next === 'J') {
      this.pos++;
      if (/[\p{L}\p{N}_.]/u.test(this.peek())) throw this.error('a number', at);
      return { kind: 'complex', value: { re: 0, im: Number(value.value) } };
    }
    if (/[\p{L}_.]/u.test(next)) throw this.error('a number', at);
    return value;
  }

  private call(name: string, argument: Value, at: number): Value {
    if (argument.kind === 'complex') {
      const { re, im } = argument.value;
      if (name === 'abs') return { kind: 'float', value: Math.hypot(re, im) };
      throw this.fault(`${name} of a complex number cannot be typed here`, at);
    }
    if (name === 'abs') {
      if (argument.kind === 'float') return { kind: 'float', value: Math.abs(argument.value) };
      return { kind: 'int', value: argument.value < 0n ? -argument.value : argument.value };
    }
    return { kind: 'float', value: functions[name](Number(argument.value)) };
  }

  private divide(a: Value, b: Value, at: number): Value {
    const zero = b.kind === 'complex' ? b.value.re === 0 && b.value.im === 0 : Number(b.value) === 0;
    if (zero) throw this.fault('division by zero', at, 'Write inf or nan if that is what is meant.');
    if (a.kind !== 'complex' && b.kind !== 'complex')
      return { kind: 'float', value: Number(a.value) / Number(b.value) };
    const [x, y] = [complex(a), complex(b)];
    const scale = y.re * y.re + y.im * y.im;
    return {
      kind: 'complex',
      value: { re: (x.re * y.re + x.im * y.im) / scale, im: (x.im * y.re - x.re * y.im) / scale },
    };
  }

  private power(a: Value, b: Value, at: number): Value {
    if (a.kind === 'complex' || b.kind === 'complex')
      throw this.fault('powers of complex numbers cannot be typed here', at);
    if (a.kind !== 'float' && b.kind !== 'float' && b.value >= 0n) {
      const bits = BigInt(a.value.toString(2).length) * b.value;
      if (bits > 256n && a.value !== 1n && a.value !== 0n && a.value !== -1n)
        throw this.fault('the whole number is too large for 64 bits', at, 'Write 2.0^100 for a decimal number.');
      const exponent = bits > 256n ? b.value % 2n || 2n : b.value;
      return { kind: 'int', value: a.value ** exponent };
    }
    const [x, y] = [Number(a.value), Number(b.value)];
    if (x === 0 && y < 0) throw this.fault('0 cannot be raised to a negative power', at);
    return { kind: 'float', value: x === 1 ? 1 : x ** y };
  }
}

/** True for blanks inside a line, among them the no-break spaces of web pages. */
export function isBlank(char: string | undefined): boolean {
  return (
    char === ' ' ||
    char === '\t' ||
    char === '\u00a0' ||
    char === '\u202f' ||
    char === '\u2009' ||
    char === '\r' ||
    char === '\ufeff'
  );
}

function isPlus(char: string): boolean {
  return char === '+';
}

function isMinus(char: string): boolean {
  return char === '-' || char === '−';
}

function literal(text: string): Value {
  if (/^(?:\d+|0[xX][\da-fA-F]+)$/.test(text)) return { kind: 'int', value: BigInt(text) };
  return { kind: 'float', value: Number(text) };
}

function complex(value: Value): Complex {
  return value.kind === 'complex' ? value.value : { re: Number(value.value), im: 0 };
}

function add(a: Value, b: Value, sign: 1 | -1): Value {
  if (a.kind === 'complex' || b.kind === 'complex') {
    const [x, y] = [complex(a), complex(b)];
    return { kind: 'complex', value: { re: x.re + sign * y.re, im: x.im + sign * y.im } };
  }
  if (a.kind === 'float' || b.kind === 'float')
    return { kind: 'float', value: Number(a.value) + sign * Number(b.value) };
  return { kind: 'int', value: a.value + BigInt(sign) * b.value };
}

function multiply(a: Value, b: Value): Value {
  if (a.kind === 'complex' || b.kind === 'complex') {
    const [x, y] = [complex(a), complex(b)];
    return { kind: 'complex', value: { re: x.re * y.re - x.im * y.im, im: x.re * y.im + x.im * y.re } };
  }
  if (a.kind === 'float' || b.kind === 'float') return { kind: 'float', value: Number(a.value) * Number(b.value) };
  return { kind: 'int', value: a.value * b.value };
}

function negate(a: Value): Value {
  if (a.kind === 'complex') return { kind: 'complex', value: { re: -a.value.re, im: -a.value.im } };
  return a.kind === 'float' ? { kind: 'float', value: -a.value } : { kind: 'int', value: -a.value };
}
