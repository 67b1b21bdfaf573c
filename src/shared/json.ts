import type { Json, JsonObject } from './notebook.ts';

export function isRecord(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
