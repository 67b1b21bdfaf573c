import { beforeAll, describe, expect, it } from 'vitest';
import { wheelZoom } from '#renderer/wheel-zoom.ts';

beforeAll(() => {
  globalThis.WheelEvent ??= { DOM_DELTA_PIXEL: 0, DOM_DELTA_LINE: 1, DOM_DELTA_PAGE: 2 } as typeof WheelEvent;
});

const turn = (deltaY: number, ctrlKey = false, deltaMode = 0) =>
  wheelZoom({ deltaY, ctrlKey, deltaMode } as WheelEvent);

describe('a turn of the wheel', () => {
  it('magnifies by about a quarter for a notch, with Ctrl and without, in pixels and in lines', () => {
    for (const factor of [turn(-120), turn(-120, true), turn(-5, false, 1), turn(-5, true, 1)])
      expect(factor).toBeCloseTo(1.27, 1);
  });

  it('is undone by the turn back', () => {
    for (const delta of [120, 8, 1])
      for (const ctrl of [true, false]) expect(turn(delta, ctrl) * turn(-delta, ctrl)).toBeCloseTo(1, 12);
  });

  it('follows the fingers of a pinch', () => {
    expect(turn(-8, true)).toBeCloseTo(1.083, 2);
  });
});
