/**
 * What a person types into a cell, as a number: 1e-3, 2/3, pi, sqrt(2), -1+2j. Arithmetic as in Python, `^` as a
 * power like on paper.
 */
import { AppError } from '#shared/errors.ts';

export interface ComplexValue {
  re: number;
  im: number;
}

const constants = new Map<string, number>(
  Object.entries({
    pi: Math.PI,
    π: Math.PI,
    e: Math.E,
    tau: 2 * Math.PI,
    inf: Infinity,
    infinity: Infinity,
    '∞': Infinity,
    nan: NaN,
    true: 1,
    false: 0,
  }),
);

const functions = new Map<string, (x: number) => number>(
  Object.entries({
    sqrt: Math.sqrt,
    cbrt: Math.cbrt,
    exp: Math.exp,
    log: Math.log,
    log2: Math.log2,
    log10: Math.log10,
    sin: Math.sin,
    cos: Math.cos,
    tan: Math.tan,
    arcsin: Math.asin,
    arccos: Math.acos,
    arctan: Math.atan,
    sinh: Math.sinh,
    cosh: Math.cosh,
    tanh: Math.tanh,
    abs: Math.abs,
    floor: Math.floor,
    ceil: Math.ceil,
  }),
);

/** Signs as people and other programs write them. */
const spellings = new Map([
  ['−', '-'],
  ['–', '-'],
  ['×', '*'],
  ['·', '*'],
  ['÷', '/'],
  ['^', '**'],
]);

type Token =
  | { kind: 'number'; value: number; imaginary: boolean; at: number }
  | { kind: 'name'; name: string; at: number }
  | { kind: 'sign'; sign: string; at: number };

const number = /^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/;
const name = /^(?:[A-Za-z_][A-Za-z_0-9]*(?:\.[A-Za-z_][A-Za-z_0-9]*)?|π|∞|√)/;

function fail(text: string, message: string, hint?: string): never {
  throw new AppError('parse', `${JSON.stringify(text)} is not a number: ${message}`, {
    hint: hint ?? 'Numbers can be written as 0.5, 1e-3, 2/3, pi or sqrt(2)',
  });
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const space = /^\s+/.exec(rest);
    if (space !== null) {
      at += space[0].length;
      continue;
    }
    const digits = number.exec(rest);
    if (digits !== null) {
      const after = rest.slice(digits[0].length);
      const imaginary = /^[ij](?![A-Za-z_0-9])/.test(after);
      tokens.push({ kind: 'number', value: Number(digits[0]), imaginary, at });
      at += digits[0].length + (imaginary ? 1 : 0);
      continue;
    }
    const word = name.exec(rest);
    if (word !== null) {
      tokens.push({ kind: 'name', name: word[0], at });
      at += word[0].length;
      continue;
    }
    const sign = rest.startsWith('**') ? '**' : (rest[0] as string);
    const plain = spellings.get(sign) ?? sign;
    if (sign === ',' && /\d,\d/.test(text)) fail(text, 'it has a comma', 'Write the decimals after a point: 3.14');
    if (!['+', '-', '*', '/', '**', '(', ')'].includes(plain)) fail(text, `${JSON.stringify(sign)} is not understood`);
    tokens.push({ kind: 'sign', sign: plain, at });
    at += sign.length;
  }
  return tokens;
}

const product = (a: ComplexValue, b: ComplexValue): ComplexValue =>
  // Real factors stay real: an infinity times a zero imaginary part would be NaN.
  a.im === 0 && b.im === 0
    ? { re: a.re * b.re, im: 0 }
    : { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re };

function quotient(a: ComplexValue, b: ComplexValue): ComplexValue {
  if (b.im === 0) return { re: a.re / b.re, im: a.im === 0 ? 0 : a.im / b.re };
  const size = b.re * b.re + b.im * b.im;
  return { re: (a.re * b.re + a.im * b.im) / size, im: (a.im * b.re - a.re * b.im) / size };
}

/**
 * The value of an expression.
 * @throws AppError 'parse' that says what is wrong
 * @example
 * parseExpression('2/3'); // { re: 0.6666666666666666, im: 0 }
 */
export function parseExpression(text: string): ComplexValue {
  const whole = text.trim();
  if (whole === '') fail(text, 'it is empty');
  if (whole.length > 1000) fail(`${whole.slice(0, 20)}…`, 'it is too long');
  const tokens = tokensOf(whole);
  let next = 0;
  const take = (sign: string): boolean => {
    const token = tokens[next];
    if (token?.kind !== 'sign' || token.sign !== sign) return false;
    next++;
    return true;
  };

  function sum(): ComplexValue {
    let left = term();
    for (;;) {
      if (take('+')) {
        const right = term();
        left = { re: left.re + right.re, im: left.im + right.im };
      } else if (take('-')) {
        const right = term();
        left = { re: left.re - right.re, im: left.im - right.im };
      } else return left;
    }
  }

  function term(): ComplexValue {
    let left = signed();
    for (;;) {
      if (take('*')) left = product(left, signed());
      else if (take('/')) left = quotient(left, signed());
      else return left;
    }
  }

  function signed(): ComplexValue {
    if (take('+')) return signed();
    if (take('-')) {
      const value = signed();
      return { re: -value.re, im: value.im === 0 ? 0 : -value.im };
    }
    return power();
  }

  function power(): ComplexValue {
    const base = atom();
    if (!take('**')) return base;
    const exponent = signed();
    if (base.im !== 0 || exponent.im !== 0) fail(whole, 'powers of complex numbers are not understood here');
    return { re: base.re ** exponent.re, im: 0 };
  }

  function atom(): ComplexValue {
    const token = tokens[next];
    if (token === undefined) fail(whole, 'something is missing at the end');
    next++;
    if (token.kind === 'number') return token.imaginary ? { re: 0, im: token.value } : { re: token.value, im: 0 };
    if (token.kind === 'sign') {
      if (token.sign !== '(') fail(whole, `${JSON.stringify(token.sign)} stands where a number should`);
      const inner = sum();
      if (!take(')')) fail(whole, 'a ")" is missing');
      return inner;
    }
    return named(token.name);
  }

  function named(written: string): ComplexValue {
    const plain = written.replace(/^(?:np|numpy|math)\./, '').toLowerCase();
    if (plain === 'j' || plain === 'i') return { re: 0, im: 1 };
    const value = constants.get(plain);
    if (value !== undefined) return { re: value, im: 0 };
    const call = plain === '√' ? Math.sqrt : functions.get(plain);
    if (call === undefined) fail(whole, `${JSON.stringify(written)} is not known`);
    if (plain !== '√' && !take('(')) fail(whole, `${plain} needs its argument in parentheses`);
    const argument = plain === '√' ? atom() : sum();
    if (plain !== '√' && !take(')')) fail(whole, 'a ")" is missing');
    if (argument.im !== 0) fail(whole, `${plain} of a complex number is not understood here`);
    return { re: call(argument.re), im: 0 };
  }

  const value = sum();
  const left = tokens[next];
  if (left !== undefined) {
    const word = left.kind === 'number' ? 'a number' : JSON.stringify(left.kind === 'name' ? left.name : left.sign);
    fail(whole, `${word} follows where it should end`);
  }
  return value;
}
