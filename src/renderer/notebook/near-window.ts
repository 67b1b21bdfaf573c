/** Tells elements when they come near the window and when they are far again; one observer for all of them. */

const told = new WeakMap<Element, (near: boolean) => void>();
let watcher: IntersectionObserver | null = null;

/** @returns what ends it. */
export function watchNear(element: Element, tell: (near: boolean) => void): () => void {
  watcher ??= new IntersectionObserver(
    (entries) => {
      for (const entry of entries) told.get(entry.target)?.(entry.isIntersecting);
    },
    { rootMargin: '1000px 0px' },
  );
  told.set(element, tell);
  watcher.observe(element);
  return () => {
    told.delete(element);
    watcher?.unobserve(element);
  };
}
