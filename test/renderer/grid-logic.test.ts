import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestElement, ScrollRange, uniformAxis, variableAxis } from '#renderer/grid/axis.ts';
import { castValue } from '#renderer/grid/cell-cast.ts';
import { columnSizes, widestNumber } from '#renderer/grid/column-widths.ts';
import {
  moveSelection,
  nextCell,
  parseCell,
  regionOf,
  selectCell,
  selectColumns,
  type Selection,
} from '#renderer/grid/selection.ts';

describe('axes', () => {
  it('a uniform axis finds its lines, also the millionth', () => {
    const axis = uniformAxis(1_000_000, 26);
    expect(axis.total).toBe(26_000_000);
    expect(axis.indexAt(25_999_999.9)).toBe(999_999);
    expect(axis.indexAt(26 * 777_777)).toBe(777_777);
    expect(axis.indexAt(1e12)).toBe(999_999);
  });

  it('a variable axis inverts its offsets', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 300 }),
        fc.nat(),
        (sizes, pick) => {
          const axis = variableAxis(sizes);
          const index = pick % sizes.length;
          expect(axis.indexAt(axis.offset(index))).toBe(index);
          expect(axis.indexAt(axis.offset(index) + axis.size(index) - 0.01)).toBe(index);
          expect(axis.offset(sizes.length)).toBe(sizes.reduce((a, b) => a + b));
        },
      ),
    );
  });

  it('scrolling is exact while it fits and reaches both ends when compressed', () => {
    const plain = new ScrollRange(10_000, 500);
    expect(plain.compressed).toBe(false);
    expect(plain.offsetOf(1234)).toBe(1234);
    const long = new ScrollRange(26_000_000, 500);
    expect(long.compressed).toBe(true);
    expect(long.element).toBeLessThanOrEqual(longestElement);
    expect(long.offsetOf(0)).toBe(0);
    expect(long.offsetOf(long.element - 500)).toBe(26_000_000 - 500);
    for (const offset of [0, 1, 12_345_678, 25_999_500]) {
      expect(long.offsetOf(long.scrollOf(offset))).toBeCloseTo(offset, 4);
    }
    expect(new ScrollRange(100, 500).offsetOf(50)).toBe(0);
  });
});

describe('moving the selection', () => {
  const extent = { rows: 100, columns: 8 };
  const at = (row: number, column: number): Selection => selectCell({ row, column });
  const press = (key: string, shift = false, control = false) => ({ key, shift, control });

  it.each([
    ['ArrowDown', false, [5, 3]],
    ['ArrowLeft', false, [4, 2]],
    ['ArrowDown', true, [99, 3]],
    ['ArrowUp', true, [0, 3]],
    ['ArrowRight', true, [4, 7]],
    ['PageDown', false, [24, 3]],
    ['PageUp', false, [0, 3]],
    ['Home', false, [4, 0]],
    ['End', false, [4, 7]],
    ['Home', true, [0, 0]],
    ['End', true, [99, 7]],
  ] as const)('%s (control %s)', (key, control, [row, column]) => {
    expect(moveSelection(at(4, 3), press(key, false, control), extent, 20)).toEqual(at(row, column));
  });

  it('stops at the edges and knows which keys are its own', () => {
    expect(moveSelection(at(0, 0), press('ArrowUp'), extent, 20)).toEqual(at(0, 0));
    expect(moveSelection(at(99, 7), press('ArrowRight'), extent, 20)).toEqual(at(99, 7));
    expect(moveSelection(at(0, 0), press('x'), extent, 20)).toBeNull();
  });

  it('Shift extends from the active cell', () => {
    const one = moveSelection(at(4, 3), press('ArrowDown', true), extent, 20) as Selection;
    const two = moveSelection(one, press('ArrowRight', true), extent, 20) as Selection;
    expect(two.active).toEqual({ row: 4, column: 3 });
    expect(regionOf(two)).toEqual({ row0: 4, row1: 6, col0: 3, col1: 5 });
  });

  it('Tab and Enter go round within a selected rectangle', () => {
    let now: Selection = { active: { row: 1, column: 1 }, reach: { row: 2, column: 2 } };
    const seen: string[] = [];
    for (let i = 0; i < 4; i++) {
      seen.push(`${now.active.row},${now.active.column}`);
      const region = { active: now.active, reach: now.reach };
      now = nextCell(region, 'column', 1, extent);
      if (i === 0) expect(now.active).toEqual({ row: 1, column: 2 });
    }
    expect(nextCell(at(4, 3), 'row', -1, extent)).toEqual(at(3, 3));
    expect(regionOf(selectColumns(2, 1, extent))).toEqual({ row0: 0, row1: 100, col0: 1, col1: 3 });
  });

  it.each([
    ['4,3', 0, [4, 3]],
    [' [4, 3] ', 0, [4, 3]],
    ['4 3', 0, [4, 3]],
    ['1,1', 1, [0, 0]],
    ['-1,-1', 0, [99, 7]],
    ['7', 0, [7, 2]],
    ['width', 0, [9, 1]],
    ['WIDTH', 0, [9, 1]],
    ['5, width', 0, [5, 1]],
    ['4,8', 0, null],
    ['0,0', 1, null],
    ['height', 0, null],
    ['', 0, null],
  ] as const)('go to %j counting from %s', (text, base, found) => {
    const names = ['length', 'width', 'c', 'd', 'e', 'f', 'g', 'h'];
    const cell = parseCell(text, extent, names, base, { row: 9, column: 2 });
    expect(cell === null ? null : [cell.row, cell.column]).toEqual(found);
  });
});

describe('casting as NumPy assigns', () => {
  const real = (re: number) => ({ re, im: 0 });
  it('floats take everything real', () => {
    expect(castValue(real(NaN), 'float64').note).toBeNull();
    expect(() => castValue({ re: 0, im: 1 }, 'float64')).toThrow("can't convert complex to float");
  });
  it('integers cut fractions and say so', () => {
    expect(castValue(real(-2.5), 'int64')).toEqual({
      value: real(-2),
      note: 'int64 holds whole numbers: -2.5 is stored as -2',
    });
    expect(() => castValue(real(NaN), 'int32')).toThrow('cannot convert float NaN to integer');
    expect(() => castValue(real(Infinity), 'int32')).toThrow('cannot convert float infinity to integer');
    expect(() => castValue(real(300), 'uint8')).toThrow('Python integer 300 out of bounds for uint8');
    expect(castValue(real(255), 'uint8').note).toBeNull();
  });
  it('bool and complex', () => {
    expect(castValue(real(3), 'bool').value.re).toBe(1);
    expect(castValue({ re: 1, im: 2 }, 'complex128').value).toEqual({ re: 1, im: 2 });
  });
});

describe('column widths', () => {
  const measure = { digit: 7, name: (text: string) => text.length * 6 };
  it('make room for the widest number and the name, and share what is left', () => {
    const sizes = columnSizes(['a', 'a much longer name'], 2, 0, 6, new Map(), measure, 0);
    expect([...sizes]).toEqual([62, 128]);
    const stretched = columnSizes(['a', 'b'], 2, 0, 6, new Map([[0, 40]]), measure, 300);
    expect([...stretched]).toEqual([40, 118]);
  });
  it('know the widest number in each format', () => {
    const range = { min: -123.456, max: 9.5, absmax: 123.456, nan: 0, inf: 0 };
    expect(widestNumber(range, 'float64', { kind: 'fixed', digits: 2 })).toBe('-123.46'.length);
    expect(widestNumber({ ...range, nan: 1, inf: 0, min: 0, max: 5, absmax: 5 }, 'int64', { kind: 'auto' })).toBe(3);
  });
});
