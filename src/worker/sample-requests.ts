import { join } from 'node:path';
import type { Variable } from '#shared/contract.ts';
import { AppError } from '#shared/errors.ts';
import { numpy, quoted } from './code.ts';
import type { Desk } from './desk.ts';
import { isSceneName } from './sample-scenes.ts';
import { samplesFolder, shippedSamples } from './samples.ts';
import type { Group } from './serve.ts';
import { identifier } from './workspace.ts';

/** Tables, pictures and matrices that ship with the app. */
export function sampleRequests(desk: Desk): Group<'samples.list' | 'samples.open'> {
  return {
    'samples.list': async () =>
      (await shippedSamples()).map(({ name, title, kind, about, source, shape }) => ({
        name,
        title,
        kind,
        about,
        source,
        shape,
      })),

    async 'samples.open'({ name }, call): Promise<Variable> {
      const sample = (await shippedSamples()).find((one) => one.name === name);
      if (sample === undefined) throw new AppError('value', `There is no sample ${String(name)}`, { argument: 'name' });
      const title = `Opening ${sample.title}`;
      if (sample.scene !== undefined) {
        const { name: scene, width, height } = sample.scene;
        if (!isSceneName(scene)) throw new AppError('value', `There is no picture ${scene}`);
        const { array } = await desk.jobs.run(
          { task: 'scene', input: { scene, width, height }, title, lane: 'side' },
          call,
        );
        return desk.addVariable(
          {
            name: identifier(name),
            array,
            origin: `sample ${sample.title}`,
            kind: 'image',
            label: `Open ${sample.title}`,
          },
          (given) => [
            `# ${given}: a picture drawn by Eigenscope, ${height} × ${width} × 3 bytes`,
            ...numpy(`${given} = np.load("${given}.npy")`),
          ],
        );
      }
      const path = join(samplesFolder(), sample.file!);
      const header = sample.header === true;
      const answer = await desk.jobs.run(
        {
          task: 'table-import',
          input: {
            path,
            name: sample.file!,
            options: {
              delimiter: ',',
              decimal: '.',
              header,
              skip: 0,
              encoding: 'utf-8',
              columns: null,
              missing: 'nan',
            },
          },
          title,
          lane: 'side',
        },
        call,
      );
      return desk.addVariable(
        {
          name: identifier(name),
          array: answer.array,
          origin: `sample ${sample.title}`,
          columns: answer.columns,
          label: `Open ${sample.title}`,
        },
        (given) =>
          numpy(
            `${given} = np.loadtxt(${quoted(sample.file!)}, delimiter=","${header ? ', skiprows=1' : ''}, ndmin=2)`,
          ),
      );
    },
  };
}
