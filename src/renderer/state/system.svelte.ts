/** The machine and the libraries below, as the compute process reports them. */
import type { Sample, SystemInfo } from '#shared/contract.ts';
import { compute, connection } from '../compute-client.ts';

class System {
  info = $state.raw<SystemInfo | null>(null);
  samples = $state.raw<Sample[] | null>(null);

  follow(): void {
    connection.onHello(() => {
      compute('system.info', {}).then(
        (info) => (this.info = info),
        () => undefined,
      );
      compute('samples.list', {}).then(
        (samples) => (this.samples = samples),
        () => undefined,
      );
    });
  }
}

export const system = new System();
