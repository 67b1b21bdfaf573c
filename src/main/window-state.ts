/** Where the last window stood, so that the next one opens there, if that place still exists. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface WindowState {
  bounds: Rectangle | null;
  maximized: boolean;
}

const smallest = { width: 800, height: 560 };
const usual = { width: 1360, height: 880 };
/** So much of a title bar must be on a screen for a person to grab it. */
const graspable = { width: 120, height: 24 };

function isRectangle(value: unknown): value is Rectangle {
  const rectangle = value as Partial<Rectangle> | null;
  return (['x', 'y', 'width', 'height'] as const).every((key) => Number.isFinite(rectangle?.[key]));
}

/** The state kept in `file`; a missing or unreadable one is an empty state. */
export function readWindowState(file: string): WindowState {
  try {
    const state = JSON.parse(readFileSync(file, 'utf8')) as { bounds?: unknown; maximized?: unknown };
    return { bounds: isRectangle(state.bounds) ? state.bounds : null, maximized: state.maximized === true };
  } catch {
    return { bounds: null, maximized: false };
  }
}

/** Never fails: where a window stood is not worth an error. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, JSON.stringify(state));
    renameSync(temporary, file);
  } catch {
    // The next window opens at the usual place.
  }
}

/**
 * Bounds for a new window: the kept ones when their title bar is on one of the screens' work areas, made to fit it;
 * the usual size, which the system centres, otherwise. Windows that are open already are not covered exactly.
 */
export function placeWindow(
  state: WindowState,
  workAreas: readonly Rectangle[],
  taken: readonly Rectangle[] = [],
): Partial<Rectangle> & { width: number; height: number } {
  const kept = state.bounds;
  if (kept === null) return fit(usual, workAreas[0]);
  let { x, y } = kept;
  while (taken.some((other) => Math.abs(other.x - x) < 16 && Math.abs(other.y - y) < 16)) {
    x += 32;
    y += 32;
  }
  const area = workAreas.find(
    (screen) =>
      Math.min(x + kept.width, screen.x + screen.width) - Math.max(x, screen.x) >= graspable.width &&
      y >= screen.y - 1 &&
      y + graspable.height <= screen.y + screen.height,
  );
  if (area === undefined) return fit(kept, workAreas[0]);
  return { x: Math.round(x), y: Math.round(y), ...fit(kept, area) };
}

function fit(size: { width: number; height: number }, area: Rectangle | undefined): { width: number; height: number } {
  const clamp = (value: number, least: number, most: number) => Math.round(Math.min(Math.max(value, least), most));
  return {
    width: clamp(size.width, smallest.width, Math.max(smallest.width, area?.width ?? Infinity)),
    height: clamp(size.height, smallest.height, Math.max(smallest.height, area?.height ?? Infinity)),
  };
}

export const smallestWindow = smallest;
