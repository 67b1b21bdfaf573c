#!/usr/bin/env node
/** `npm run --silent cli -- info FILE`: Eigenscope without a window. `--help` tells more. */
import process from 'node:process';
import { SetUpError, setUp } from './setup.mjs';

try {
  // What is set up is told beside the result, not in it.
  await setUp({ log: (line) => console.error(line) });
  // Names are meant from where the person is; npm runs scripts in the package's folder.
  process.chdir(process.env.INIT_CWD ?? process.cwd());
  const { run } = await import(new URL('../out/main/cli.js', import.meta.url).href);
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof SetUpError ? error.message : (error.stack ?? error));
  process.exitCode = 1;
}
// A pool of threads stands by for more work.
process.exit();
