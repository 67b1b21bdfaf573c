/** What happens when the engine asks the addon for a name it does not have. */
import { AppError } from '#shared/errors.ts';

/** Names that the language and the console ask any object for. */
const asked = new Set<string>(['then', 'toJSON', 'href', ...Object.getOwnPropertyNames(Object.prototype)]);

/**
 * Gives an object a prototype that refuses unknown names: an addon built from older sources is told apart from a
 * mistake, and the remedy is named. What the object has is found as fast as before.
 * @throws AppError 'io', on reading a name that is not there.
 * @example refuseUnknown({ gemm: 1 }).gemm // 1
 */
export function refuseUnknown<T extends object>(exports: T): T {
  const unknown = new Proxy(Object.prototype, {
    get(target, name, receiver): unknown {
      if (typeof name === 'symbol' || asked.has(name)) return Reflect.get(target, name, receiver);
      throw new AppError('io', `The native addon was built from other sources: it has no "${name}"`, {
        hint: 'npm start builds it anew; so does: node scripts/build-native.mjs',
      });
    },
  });
  return Object.setPrototypeOf(exports, unknown) as T;
}
