/** Outlines of the symbols of points, as large as Plotly draws them. */
import type { Json } from '#shared/notebook.ts';

type Outline = (r: number) => [number, number][][];

const polygon =
  (corners: number, from: number, share = 1, inner = 1): Outline =>
  (r) => [
    Array.from({ length: corners }, (_, at) => {
      const angle = ((from + (360 * at) / corners) * Math.PI) / 180;
      const reach = r * share * (at % 2 === 1 ? inner : 1);
      return [reach * Math.cos(angle), -reach * Math.sin(angle)] as [number, number];
    }),
  ];

const plus =
  (turn: number): Outline =>
  (r) => {
    const [thin, long] = [0.4 * r, 1.2 * r];
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    const arms: [number, number][] = [
      ...([
        [thin, -long],
        [thin, -thin],
        [long, -thin],
        [long, thin],
        [thin, thin],
        [thin, long],
      ] as const),
      ...([
        [-thin, long],
        [-thin, thin],
        [-long, thin],
        [-long, -thin],
        [-thin, -thin],
        [-thin, -long],
      ] as const),
    ].map(([x, y]) => [x * cos - y * sin, x * sin + y * cos]);
    return [arms];
  };

const strokes =
  (...ends: [number, number, number, number][]): Outline =>
  (r) =>
    ends.map(([a, b, c, d]) => [
      [a * r, b * r],
      [c * r, d * r],
    ]);

const outlines: Record<string, Outline | null> = {
  circle: null,
  square: polygon(4, 45, Math.SQRT2),
  diamond: polygon(4, 0, 1.3),
  cross: plus(0),
  x: plus(Math.PI / 4),
  'triangle-up': polygon(3, 90, 1.1),
  'triangle-down': polygon(3, -90, 1.1),
  'triangle-left': polygon(3, 180, 1.1),
  'triangle-right': polygon(3, 0, 1.1),
  pentagon: polygon(5, 90),
  hexagon: polygon(6, 30),
  hexagon2: polygon(6, 0),
  octagon: polygon(8, 22.5),
  star: polygon(10, 90, 1.4, 0.4),
};
/** Symbols that are lines only. */
const thin: Record<string, Outline> = {
  'cross-thin': strokes([-1.4, 0, 1.4, 0], [0, -1.4, 0, 1.4]),
  'x-thin': strokes([-1, -1, 1, 1], [-1, 1, 1, -1]),
  'line-ns': strokes([0, -1.4, 0, 1.4]),
  'line-ew': strokes([-1.4, 0, 1.4, 0]),
};

const nameOf = (symbol: string): string => symbol.replace(/-open$/, '');

export const isSymbol = (symbol: Json): symbol is string =>
  typeof symbol === 'string' && (nameOf(symbol) in outlines || nameOf(symbol) in thin);

export interface Look {
  symbol: string;
  /** Across, in pixels. */
  size: number;
  fill: string;
  edge: { color: string; width: number } | null;
}

/** Draws one symbol around (x, y). */
export function drawSymbol(
  to: CanvasRenderingContext2D,
  x: number,
  y: number,
  { symbol, size, fill, edge }: Look,
): void {
  const name = nameOf(symbol);
  const lines = thin[name];
  const isOpen = symbol.endsWith('-open') || lines !== undefined;
  to.beginPath();
  const outline = lines ?? outlines[name] ?? null;
  if (outline === null) to.arc(x, y, size / 2, 0, 2 * Math.PI);
  else {
    for (const part of outline(size / 2)) {
      part.forEach(([a, b], at) => (at === 0 ? to.moveTo(x + a, y + b) : to.lineTo(x + a, y + b)));
      if (lines === undefined) to.closePath();
    }
  }
  if (!isOpen) {
    to.fillStyle = fill;
    to.fill();
  }
  if (isOpen || (edge !== null && edge.width > 0)) {
    to.strokeStyle = isOpen ? fill : (edge?.color ?? fill);
    to.lineWidth = edge?.width ?? 1;
    to.stroke();
  }
}
