import { native } from '#engine/native.ts';
import { memoryAvailable } from '#engine/memory.ts';
import type { Desk } from './desk.ts';
import { memoryLimit, memoryTotal } from './memory.ts';
import type { Group } from './serve.ts';

/** What the app runs on. */
export function systemRequests(desk: Desk): Group<'system.info'> {
  return {
    'system.info': () => {
      const { name, version, core, threads, ilp64 } = native().blas();
      return {
        app: desk.app,
        node: process.versions.node,
        platform: `${process.platform} ${process.arch}`,
        blas: { name, version, core, threads, ilp64 },
        memory_total: memoryTotal(),
        memory_free: memoryAvailable(),
        memory_limit: memoryLimit(),
        session: desk.session,
      };
    },
  };
}
