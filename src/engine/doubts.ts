/** Words of doubt about results that are given all the same: what SciPy warns of. They are sought only while somebody listens. */

let heard: string[] | null = null;

/**
 * From now on doubts are kept.
 * @example listen(); doubt('An ill-conditioned matrix'); unlisten() // ['An ill-conditioned matrix']
 */
export function listen(): void {
  heard = [];
}

/**
 * The doubts since `listen`, after which nobody listens any more.
 * @example listen(); unlisten() // []
 */
export function unlisten(): readonly string[] {
  const said = heard ?? [];
  heard = null;
  return said;
}

/** Whether looking for doubts is worth its time. */
export function listening(): boolean {
  return heard !== null;
}

/** Says what makes a result doubtful. */
export function doubt(words: string): void {
  heard?.push(words);
}
