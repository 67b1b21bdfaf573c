import { describe, expect, it } from 'vitest';
import { AppError, fromErrorValue, toErrorValue, type ErrorCode } from '#shared/errors.ts';

const codes: ErrorCode[] = [
  'shape',
  'dtype',
  'value',
  'index',
  'linalg',
  'memory',
  'cancelled',
  'worker-lost',
  'parse',
  'io',
  'bug',
];

describe('errors as values', () => {
  it.each(codes)('%s makes the round trip with everything it carries', (code) => {
    const error = new AppError(code, 'Singular matrix', { argument: 'a', hint: 'try the pseudo-inverse' });
    const value = structuredClone(toErrorValue(error));
    expect(value).toEqual({ code, message: 'Singular matrix', argument: 'a', hint: 'try the pseudo-inverse' });
    const back = fromErrorValue(value);
    expect(back).toBeInstanceOf(AppError);
    expect(back).toMatchObject({ code, message: error.message, argument: 'a', hint: error.hint });
  });

  it('leaves absent fields absent', () => {
    expect(Object.keys(toErrorValue(new AppError('shape', 'no')))).toEqual(['code', 'message']);
  });

  it('keeps the codes of native routines, and no others', () => {
    const thrown = (code: string): Error => Object.assign(new Error('Unable to allocate 512 TiB'), { code });
    expect(toErrorValue(thrown('memory'))).toEqual({ code: 'memory', message: 'Unable to allocate 512 TiB' });
    expect(toErrorValue(thrown('linalg')).code).toBe('linalg');
    expect(toErrorValue(thrown('cancelled')).code).toBe('cancelled');
    expect(toErrorValue(thrown('ENOENT')).code).toBe('bug');
  });

  it('calls everything unexpected a bug and keeps its stack', () => {
    const value = toErrorValue(new TypeError('x is not a function'));
    expect(value.code).toBe('bug');
    expect(value.stack).toContain('errors.test.ts');
    expect(fromErrorValue(value).stack).toBe(value.stack);
    expect(toErrorValue('thrown text')).toEqual({ code: 'bug', message: 'thrown text' });
  });
});
