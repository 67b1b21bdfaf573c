/** Outputs in a few words, for who listens to the page. */
import { isRecord, textOf } from '#shared/json.ts';
import { type NotebookOutput, plotlyMediaType } from '#shared/notebook.ts';

const longest = 200;

/**
 * What a cell put out, shortened; its error, if it has one.
 * @example
 * spoken([{ output_type: 'stream', name: 'stdout', text: '42' }]); // '42'
 */
export function spoken(outputs: readonly NotebookOutput[]): string {
  const failure = outputs.find((output) => output.output_type === 'error');
  if (failure !== undefined) return `${textOf(failure['ename'])}: ${textOf(failure['evalue'])}`.slice(0, longest);
  const parts = outputs.map((output) => {
    if (output.output_type === 'stream') return textOf(output['text']);
    const data = isRecord(output['data']) ? output['data'] : {};
    if (data[plotlyMediaType] !== undefined) return 'a plot';
    return textOf(data['text/plain']) || 'an output';
  });
  const text = parts.join(', ').replace(/\s+/g, ' ').trim();
  if (text === '') return 'done, without output';
  return text.length > longest ? `${text.slice(0, longest)} and more` : text;
}
