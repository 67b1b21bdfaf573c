/** Code as tutorials print it, made runnable. */

const prompt = /^\s*(?:>>> ?|In \[\d+\]: ?)/;
const continued = /^\s*(?:\.\.\. ?|\s*\.\.\.: ?)/;

/**
 * Prompts go, and what was printed under them: `>>> 1 + 1` and `2` become `1 + 1`. Other text stays as it is.
 * @example
 * withoutPrompts('>>> a = 1\n>>> a\n1'); // 'a = 1\na'
 */
export function withoutPrompts(text: string): string {
  const lines = text.split(/\r\n|\n|\r/);
  if (!lines.some((line) => prompt.test(line))) return text;
  const kept: string[] = [];
  let inside = false;
  for (const line of lines) {
    if (prompt.test(line)) {
      kept.push(line.replace(prompt, ''));
      inside = true;
    } else if (inside && continued.test(line)) kept.push(line.replace(continued, ''));
    else {
      inside = false;
      if (line.trim().startsWith('#')) kept.push(line.trim());
    }
  }
  return kept.join('\n').trimEnd();
}
