/** What was measured, as a table for people and JSON for machines. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

export interface Figure {
  part: 'app' | 'engine' | 'python';
  name: string;
  value: number;
  unit: string;
  /** What is to be reached, when there is such a figure. */
  target?: { at: 'most' | 'least'; value: number };
  note?: string;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) return NaN;
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)];
  return low + (sorted[Math.ceil(at)] - low) * (at - Math.floor(at));
}

export function reached({ value, target }: Figure): boolean | null {
  if (target === undefined) return null;
  return target.at === 'most' ? value <= target.value : value >= target.value;
}

function rounded(value: number): string {
  if (!Number.isFinite(value)) return 'not measured';
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toPrecision(3);
}

/** A Markdown table; the verdict is spelled out. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const target = figure.target
      ? `${figure.target.at === 'most' ? '≤' : '≥'} ${figure.target.value} ${figure.unit}`
      : '';
    const verdict = { true: 'reached', false: 'missed', null: '' }[
      String(reached(figure)) as 'true' | 'false' | 'null'
    ];
    return [figure.name, `${rounded(figure.value)} ${figure.unit}`, target, verdict, figure.note ?? ''];
  });
  const head = ['Figure', 'Measured', 'Target', '', 'How'];
  const widths = head.map((cell, i) => Math.max(cell.length, 3, ...rows.map((row) => row[i].length)));
  const line = (cells: string[]): string => `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

export function machine(): string {
  const [cpu] = cpus();
  return `${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}, Node ${process.version}`;
}

/** Writes build/bench/<part>.json and .md. */
export function save(root: string, part: string, figures: readonly Figure[], more: Record<string, unknown> = {}): void {
  const folder = join(root, 'build/bench');
  mkdirSync(folder, { recursive: true });
  const content = { date: new Date().toISOString(), machine: machine(), ...more, figures };
  writeFileSync(join(folder, `${part}.json`), `${JSON.stringify(content, null, 2)}\n`);
  writeFileSync(join(folder, `${part}.md`), `${machine()}\n\n${table(figures)}\n`);
}
