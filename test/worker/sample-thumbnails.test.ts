import { describe, expect, it } from 'vitest';
import type { Jobs } from '#worker/jobs.ts';
import { sceneTask } from '#worker/scene-task.ts';
import { sampleThumbnailRequests } from '#worker/sample-thumbnails.ts';
import { shippedSamples } from '#worker/samples.ts';

// The pictures are drawn on a thread of the compute process; here its task is called where it stands.
const jobs = {
  run: (plan: { input: Parameters<typeof sceneTask>[0] }) => Promise.resolve(sceneTask(plan.input)),
} as unknown as Jobs;
const { 'samples.thumbnail': thumbnail } = sampleThumbnailRequests({ jobs });
const call = {} as never;

describe('samples.thumbnail', () => {
  it('shows every sample that ships, with finite values or colours', async () => {
    for (const { name, kind } of await shippedSamples()) {
      const shown = await thumbnail({ name, width: 60, height: 40 }, call);
      if (kind === 'image') {
        expect(shown.rgba).toHaveLength(60 * 40 * 4);
        expect(new Set(shown.rgba).size).toBeGreaterThan(10);
      } else {
        expect(shown.values).toHaveLength(shown.width * shown.height);
        expect(shown.values?.every(Number.isFinite)).toBe(true);
        expect(shown.limit).toBeGreaterThan(0);
      }
    }
  });

  it('keeps the cells of a small matrix and averages those of a large one', async () => {
    const magic = await thumbnail({ name: 'magic', width: 60, height: 40 }, call);
    expect([magic.width, magic.height]).toEqual([4, 4]);
    expect([...(magic.values ?? [])].slice(0, 4)).toEqual([16, 3, 2, 13]);
    const one = await thumbnail({ name: 'magic', width: 1, height: 1 }, call);
    expect([...(one.values ?? [])]).toEqual([8.5]);
  });

  it('refuses unknown names and sizes', async () => {
    await expect(thumbnail({ name: 'nothing', width: 6, height: 4 }, call)).rejects.toMatchObject({ code: 'value' });
    await expect(thumbnail({ name: 'magic', width: 0, height: 4 }, call)).rejects.toMatchObject({ code: 'value' });
    await expect(thumbnail({ name: 'magic', width: 4e4, height: 4e4 }, call)).rejects.toMatchObject({ code: 'value' });
  });
});
