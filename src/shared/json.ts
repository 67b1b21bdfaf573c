import type { Json, JsonObject } from './notebook.ts';

export function isRecord(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/**
 * Takes keys named `__proto__` out of a value that JSON.parse gave, at every level, and returns it: the wire carries
 * none, because an object made of such a key would have another prototype.
 */
export function withoutPrototypes<T>(value: T): T {
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const each = waiting.pop();
    if (typeof each !== 'object' || each === null) continue;
    if (Object.hasOwn(each, '__proto__')) delete (each as Record<string, unknown>)['__proto__'];
    for (const inner of Object.values(each)) if (typeof inner === 'object') waiting.push(inner);
  }
  return value;
}
