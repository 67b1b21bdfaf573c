/** Opening one of the samples that come with the app. */
import type { Sample } from '#shared/contract.ts';
import { compute } from '../compute-client.ts';
import { layout } from '../state/layout.svelte.ts';
import { notices } from '../state/notices.svelte.ts';
import { workspace } from '../state/workspace.svelte.ts';
import { naturalView } from '../views.ts';

/** Opens a sample and looks at it; failures are told in the frame. */
export async function openSample(sample: Sample): Promise<void> {
  try {
    const variable = await compute('samples.open', { name: sample.name });
    workspace.select(variable.id);
    layout.showView(variable, naturalView(variable));
  } catch (thrown) {
    notices.fail(`${sample.title} could not be opened`, thrown);
  }
}
