/** What an import would make of a table, in words and numbers, before it is done. */
import type { ColumnType, TableColumn, TablePreview } from '#shared/contract.ts';
import { formatBytes, formatCount } from '../number-format.ts';

/** The columns that would be imported: those chosen, or every numeric one. */
export function chosenColumns(preview: TablePreview, columns: readonly number[] | null): number[] {
  if (columns !== null) return columns.filter((column) => column < preview.columns.length);
  return preview.columns.flatMap((column, index) => (column.type === 'number' ? [index] : []));
}

const reasons: Record<ColumnType, string> = {
  number: 'not chosen',
  text: 'text',
  date: 'dates',
  empty: 'empty',
};

const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** `class_name (text), when (dates)`; the first few of many. */
function listed(columns: readonly TableColumn[], most = 3): string {
  const shown = columns.slice(0, most).map((column) => `${column.name} (${reasons[column.type]})`);
  const rest = columns.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${formatCount(rest)} more` : shown.join(', ');
}

/** The sentence below the preview: shape, dtype, size and what is left out. */
export function importSentence(
  preview: TablePreview,
  columns: readonly number[] | null,
  missing: 'nan' | 'zero' | 'drop-row',
): string {
  const chosen = chosenColumns(preview, columns);
  if (chosen.length === 0) return 'No column is chosen.';
  const rows = preview.total_rows;
  const gaps = chosen.reduce(
    (sum, index) => sum + (preview.columns[index]?.missing ?? 0) + (preview.columns[index]?.invalid ?? 0),
    0,
  );
  const dropped = missing === 'drop-row' && gaps > 0;
  const size =
    rows === null
      ? `${plural(chosen.length, 'column')} of float64`
      : `${dropped ? 'At most ' : ''}${formatCount(rows)} × ${formatCount(chosen.length)} float64, ${formatBytes(rows * chosen.length * 8)}`;
  const left = preview.columns.filter((_, index) => !chosen.includes(index));
  const out = left.length === 0 ? '' : ` Left out: ${listed(left)}.`;
  const among = rows === null || rows > preview.rows.length ? ' so far' : '';
  const filled =
    gaps === 0
      ? ''
      : missing === 'nan'
        ? ` ${plural(gaps, 'missing cell becomes', 'missing cells become')} nan${among}.`
        : missing === 'zero'
          ? ` ${plural(gaps, 'missing cell becomes', 'missing cells become')} 0${among}.`
          : ' Rows with a missing cell are left out.';
  return `${size}.${out}${filled}`;
}
