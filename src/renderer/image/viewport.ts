/** Which part of a picture is seen through a stage, and how large: fit, zoom about a point, pan, what to ask for. */
import type { Region } from '#shared/contract.ts';

export interface Size {
  width: number;
  height: number;
}

/** `scale` CSS pixels per picture pixel; (x, y) is the picture's point at the stage's upper left corner. */
export interface Viewport {
  scale: number;
  x: number;
  y: number;
}

/** Most that a picture pixel is enlarged. */
const largestScale = 32;

/** The scale at which the whole picture just fits; small pictures are enlarged up to eight times. */
export function fitScale(picture: Size, room: Size): number {
  if (picture.width < 1 || picture.height < 1) return 1;
  return Math.max(1e-4, Math.min(room.width / picture.width, room.height / picture.height, 8));
}

/** The stage at a scale: as large as the picture needs, and no larger than the room. */
export function stageSize(picture: Size, room: Size, scale: number): Size {
  return {
    width: Math.max(1, Math.round(Math.min(room.width, picture.width * scale))),
    height: Math.max(1, Math.round(Math.min(room.height, picture.height * scale))),
  };
}

/** Keeps the scale in its limits and the picture on the stage. */
export function clampViewport(view: Viewport, picture: Size, room: Size): Viewport {
  const scale = Math.min(largestScale, Math.max(fitScale(picture, room), view.scale));
  const stage = stageSize(picture, room, scale);
  const within = (value: number, whole: number, seen: number) => Math.max(0, Math.min(value, whole - seen / scale));
  return { scale, x: within(view.x, picture.width, stage.width), y: within(view.y, picture.height, stage.height) };
}

/** The whole picture. */
export function fitted(picture: Size, room: Size): Viewport {
  return { scale: fitScale(picture, room), x: 0, y: 0 };
}

/** Another scale, with the picture's point under (px, py) of the room left where it is; the stage is centred in it. */
export function zoomedAt(
  view: Viewport,
  picture: Size,
  room: Size,
  at: { px: number; py: number },
  scale: number,
): Viewport {
  const clamped = Math.min(largestScale, Math.max(fitScale(picture, room), scale));
  const before = stageSize(picture, room, view.scale);
  const after = stageSize(picture, room, clamped);
  const pointX = view.x + (at.px - (room.width - before.width) / 2) / view.scale;
  const pointY = view.y + (at.py - (room.height - before.height) / 2) / view.scale;
  return clampViewport(
    {
      scale: clamped,
      x: pointX - (at.px - (room.width - after.width) / 2) / clamped,
      y: pointY - (at.py - (room.height - after.height) / 2) / clamped,
    },
    picture,
    room,
  );
}

/** The whole picture pixels that are seen. */
export function visibleRegion(view: Viewport, picture: Size, stage: Size): Region {
  return {
    row0: Math.max(0, Math.floor(view.y + 1e-6)),
    row1: Math.min(picture.height, Math.ceil(view.y + stage.height / view.scale - 1e-6)),
    col0: Math.max(0, Math.floor(view.x + 1e-6)),
    col1: Math.min(picture.width, Math.ceil(view.x + stage.width / view.scale - 1e-6)),
  };
}

/** How many pixels to ask for: those of the screen, and never more than the picture has there. */
export function targetSize(region: Region, scale: number, density: number): Size {
  const across = (count: number) => Math.max(1, Math.min(count, Math.round(count * scale * density)));
  return { width: across(region.col1 - region.col0), height: across(region.row1 - region.row0) };
}

export function sameRegion(a: Region, b: Region): boolean {
  return a.row0 === b.row0 && a.row1 === b.row1 && a.col0 === b.col0 && a.col1 === b.col1;
}
