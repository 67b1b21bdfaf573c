/** What every journey shares: an app of its own, a photograph when it fails, and no complaint from the page. */
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { type App, closeBrowser, launch, type LaunchOptions, photograph } from './launch.ts';

export interface JourneyOptions extends LaunchOptions {
  timeout?: number;
  /** Console messages that belong to the journey, such as a connection that is lost on purpose. */
  expects?: RegExp;
}

/** Declares a journey: `steps` with a freshly started app. It fails on any error the page reported meanwhile. */
export function journey(name: string, steps: (app: App) => Promise<void>, options: JourneyOptions = {}): void {
  const { timeout = 180_000, expects, ...launching } = options;
  const once = async (): Promise<void> => {
    const app = await launch(launching);
    onTestFinished(() => app.close());
    try {
      await steps(app);
    } catch (error) {
      await photograph(app.page, name);
      throw error;
    }
    const unexpected = app.complaints.filter((complaint) => expects === undefined || !expects.test(complaint));
    expect(unexpected, 'errors in the console, of the page or of its policy').toEqual([]);
  };
  it(name, { timeout }, async () => {
    try {
      await once();
    } catch (error) {
      // A browser that breaks by itself is begun anew; a page that breaks it does so again.
      if (!(error instanceof Error) || !/(?:Target|Page) crashed/.test(error.message)) throw error;
      console.warn(`${name}: the browser broke (${error.message.split('\n')[0]}) and is begun anew, once`);
      await once();
    }
  });
}

/** To be called once in each file of journeys. */
export function browserEndsAfterwards(): void {
  afterAll(closeBrowser);
}
